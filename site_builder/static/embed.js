// Puts a calculator where this script stands: <script src="…/embed.js" data-family="…" data-lang="fr" async></script>.
// data-theme, data-title and data-height (before it has fitted itself) are the frame's; all other data- attributes are
// inputs, by the names that the calculator has for them: data-plan, data-action, data-quantity, data-options.training.
(() => {
  "use strict";
  const TITLES = {}; // the frame's title by language, from the build
  const script = document.currentScript;
  if (!script?.dataset.family) return console.error("embed.js: a plain <script> with data-family is needed, no module");
  const { family, theme, title, height, lang: wanted, ...inputs } = script.dataset;
  const lang = [wanted, document.documentElement.lang.slice(0, 2)].find((one) => one in TITLES) ?? Object.keys(TITLES)[0];
  const address = new URL(`embed/${lang}/${encodeURIComponent(family)}/`, script.src);
  if (theme) address.searchParams.set("theme", theme);
  address.hash = Object.keys(inputs).length ? `q=${encoded(request())}` : "";

  const frame = document.createElement("iframe");
  frame.title = title ?? TITLES[lang];
  frame.loading = "lazy";
  frame.allow = "clipboard-write";
  // what the calculator needs, and nothing that would let it lead this page elsewhere
  const rights = ["scripts", "same-origin", "forms", "popups", "popups-to-escape-sandbox", "downloads", "modals"];
  frame.sandbox = rights.map((right) => `allow-${right}`).join(" ");
  Object.assign(frame.style, { display: "block", width: "100%", height: `${Number(height) || 760}px`, border: "0" });
  frame.addEventListener("load", () => {
    addEventListener("message", fit); // again: a frame that was moved has loaded anew
    frame.contentWindow.postMessage({ clairplan: "fit" }, address.origin);
  });
  frame.src = address.href;
  script.after(frame);

  function fit({ origin, source, data }) {
    if (!frame.isConnected) return removeEventListener("message", fit);
    if (origin !== address.origin || source !== frame.contentWindow) return;
    const pixels = data?.clairplan?.height;
    if (Number.isInteger(pixels) && pixels > 0 && pixels < 30000) frame.style.height = `${pixels}px`;
  }

  /** The inputs as the calculator's links hold them; what stands in brackets is a list, the other texts it reads itself. */
  function request() {
    const read = (text) => (text === "true" ? true : text.startsWith("[") ? JSON.parse(text) : text);
    const found = { options: {} };
    for (const [name, text] of Object.entries(inputs)) {
      const [first, option] = name.split(".");
      if (option) found.options[option] = read(text);
      else found[first] = first === "plan" ? `${family}/${text}` : read(text);
    }
    return found;
  }

  function encoded(value) {
    const bytes = new TextEncoder().encode(JSON.stringify(value));
    return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
})();
