// What the page in a partner's frame adds: the colours asked for, its height for who holds it, links that leave it.
(() => {
  "use strict";
  const root = document.documentElement;
  const theme = new URLSearchParams(location.search).get("theme");
  if (theme === "light" || theme === "dark") choose(theme);

  /** The style sheet asks for the visitor's scheme; what it asks becomes always true, or never. */
  function choose(scheme) {
    root.style.colorScheme = scheme;
    const always = scheme === "dark" ? "(min-width: 0)" : "(max-width: 0)";
    for (const { media } of document.styleSheets[0].cssRules) {
      if (media) media.mediaText = media.mediaText.replace("(prefers-color-scheme: dark)", always);
    }
  }

  // The loader asks once for each load, and only the page right above gets an answer, at the address it asked from.
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== parent || parent === window || data?.clairplan !== "fit") return;
    root.classList.add("fitted");
    const tell = () => parent.postMessage({ clairplan: { height: Math.ceil(document.body.getBoundingClientRect().height) } }, origin);
    new ResizeObserver(tell).observe(document.body);
  });

  // Quotes open here, everything else beside the partner's page.
  addEventListener("click", ({ target }) => {
    const link = target.closest?.("a[href]");
    if (!link || link.download || !/^https?:/.test(link.protocol)) return;
    if (link.pathname === location.pathname && link.host === location.host) return;
    link.target = "_blank";
    link.rel = "noopener";
  }, true);
})();
