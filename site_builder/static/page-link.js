// A quote's address: #q=<request as base64url JSON>&c=<fingerprint of the catalogue>. Fragments reach no server.
// The engine writes them; here they are read, before it has started.

/** {request, fingerprint}, or null where the fragment holds no request. */
export function readLinkFragment(fragment) {
  const params = new URLSearchParams(fragment.replace(/^#/, ""));
  if (!params.has("q")) return null;
  try {
    const text = atob(params.get("q").replace(/-/g, "+").replace(/_/g, "/"));
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const request = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof request !== "object" || request === null || Array.isArray(request)) return null;
    return { request, fingerprint: params.get("c") ?? "" };
  } catch {
    return null;
  }
}
