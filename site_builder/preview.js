// Only in `clairplan serve`: reloads the page after a build, shows what is wrong over the last good version, and notes
// in a corner what a colleague would notice.

const OPEN = "clairplan-warnings-open";
const mine = new URL(import.meta.url).searchParams.get("build");
const events = new EventSource(new URL("events", import.meta.url));
let panel, note;

events.addEventListener("site", ({ data }) => {
  if (data !== mine) location.reload();
  panel?.remove();
});

events.addEventListener("problem", ({ data }) => {
  panel?.remove();
  note?.remove();
  panel = document.createElement("section");
  panel.setAttribute("role", "alert");
  panel.lang = "en";
  panel.className = "clairplan-problem";
  // set here and not in a style sheet: the page's policy allows no other style than the site's
  Object.assign(panel.style, {
    position: "fixed", inset: "auto 0 0 0", maxHeight: "70vh", overflow: "auto", zIndex: "2147483647",
    padding: "1rem 1.5rem", background: "#1f1513", color: "#ffe9e4", borderTop: "4px solid #e5533d",
    font: "14px/1.5 ui-monospace, monospace", boxShadow: "0 -8px 32px rgb(0 0 0 / 40%)",
  });
  const text = document.createElement("pre");
  Object.assign(text.style, { margin: "0", whiteSpace: "pre-wrap", background: "none", color: "inherit", font: "inherit" });
  text.textContent = data;
  panel.append(text);
  document.body.append(panel);
});

events.addEventListener("warnings", ({ data }) => {
  const { heading, texts } = JSON.parse(data);
  note?.remove();
  if (window.top === window && texts.length) document.body.append((note = noteOf(heading, texts)));
});

// Its own tree: none of the site's styles reach it, and it is not printed with the page.
const LOOKS = `
  :host { position: fixed; inset: auto auto 4rem 0; z-index: 2147483646; max-width: 100vw; }
  @media (min-width: 60rem) { :host { bottom: 1rem; } }
  :host([open]) { right: 0; bottom: 0; }
  details { background: #1c1812; color: #fff3d9; font: 14px/1.5 ui-monospace, monospace; border-left: 4px solid #e8a93a; }
  details[open] { max-height: 50vh; overflow: auto; border: 0; border-top: 4px solid #e8a93a; }
  summary { padding: 0.4rem 0.9rem; cursor: pointer; }
  details[open] summary { position: sticky; top: 0; background: #1c1812; padding: 0.6rem 1.5rem; }
  summary:hover { text-decoration: underline; }
  summary:focus-visible { outline: 2px solid #ffd27a; outline-offset: -3px; }
  ul { margin: 0; padding: 0 1.5rem 1rem; list-style: none; }
  li + li { margin-top: 1rem; }
  pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
  @media print { :host { display: none; } }`;

function noteOf(heading, texts) {
  const host = document.createElement("aside");
  host.lang = "en";
  host.className = "clairplan-warnings";
  host.setAttribute("aria-label", "Clairplan");
  const tree = host.attachShadow({ mode: "open" });
  const looks = new CSSStyleSheet();
  looks.replaceSync(LOOKS);
  tree.adoptedStyleSheets = [looks];
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  const list = document.createElement("ul");
  list.setAttribute("role", "list");
  summary.textContent = heading;
  for (const said of texts) {
    const text = document.createElement("pre");
    text.textContent = said;
    list.append(document.createElement("li"));
    list.lastChild.append(text);
  }
  details.append(summary, list);
  details.addEventListener("toggle", () => {
    host.toggleAttribute("open", details.open);
    sessionStorage.setItem(OPEN, details.open ? "1" : "");
  });
  details.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    details.open = false;
    summary.focus();
  });
  // whoever mends them, and saves, wants to see them go
  details.open = Boolean(sessionStorage.getItem(OPEN));
  host.toggleAttribute("open", details.open);
  tree.append(details);
  return host;
}
