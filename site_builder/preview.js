// Only in `clairplan serve`: reloads the page after a build, and shows what is wrong over the last good version.

const mine = new URL(import.meta.url).searchParams.get("build");
const events = new EventSource(new URL("events", import.meta.url));
let panel;

events.addEventListener("site", ({ data }) => {
  if (data !== mine) location.reload();
  panel?.remove();
});

events.addEventListener("problem", ({ data }) => {
  panel?.remove();
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
