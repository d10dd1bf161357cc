// The site's Service Worker: pages that were opened, and the calculator if it was used, work without a network.
// It knows of no build: names of assets carry a hash of their content, so that a page finds only those that it was
// built with. Nothing is fetched in advance: what is kept is what a visit has left in the browser's own cache.
const ON = true; // where the site is built without it this says false, and the file takes away what it left
const SITE = registration.scope;
const ASSETS = `${SITE}assets/`;
const NAME = `clairplan 1 ${SITE}`; // other sites may live at the same origin
const OFFLINE = "/offline.html";
const PAGES = 30; // that many are kept, those opened last
const PATIENCE = 5000; // milliseconds that the network has where there is a kept page to show instead

const address = (url) => url.replace(/[?#].*/, "").replace(/index\.html$/, "");
const sound = (response) => (response?.status === 200 && response.type === "basic" && !response.redirected ? response : null);
const fetched = (href) => fetch(href, { cache: "only-if-cached", mode: "same-origin" }).then(sound, () => null);
const urls = async (cache, wanted) => (await cache.keys()).map(({ url }) => url).filter(wanted);
const isPage = (url) => !url.startsWith(ASSETS);
const wasOpened = (url) => isPage(url) && !url.endsWith(OFFLINE);

/** Adds to `found` the assets that a text refers to, and that those refer to in turn; `open` yields an asset or null. */
async function follow(text, base, open, found = new Map()) {
  for (const [reference] of text.matchAll(/[\w./-]+-[0-9a-f]{10}\.\w+/g)) {
    const { href } = new URL(reference, base);
    if (isPage(href) || found.has(href)) continue;
    const file = await open(href);
    found.set(href, file);
    if (file && /\.(js|css|json)$/.test(href)) await follow(await file.clone().text(), href, open, found);
  }
  return found;
}

/** Keeps a page and the assets that its visit has fetched; the page last, so that it is never there without them. */
async function keep(cache, url) {
  const page = sound(await fetch(url, { cache: "force-cache" }));
  const assets = await follow(await page.clone().text(), url, async (href) => (await cache.match(href)) ?? fetched(href));
  for (const [href, file] of assets) if (file && !(await cache.match(href))) await cache.put(href, file);
  await cache.put(url, page);
}

/** Lets go of the oldest pages, and of the assets that no kept page refers to. */
async function tidy(cache) {
  for (const url of (await urls(cache, wasOpened)).slice(0, -PAGES)) await cache.delete(url);
  const needed = new Map();
  const open = (href) => cache.match(href);
  for (const url of await urls(cache, isPage)) await follow(await (await open(url)).text(), url, open, needed);
  for (const url of await urls(cache, (url) => !isPage(url) && !needed.has(url))) await cache.delete(url);
}

/** Stands for a page that was never opened: says so in its language, or in the last reader's, and lists those that were. */
async function offlinePage(cache, wanted) {
  const own = SITE + wanted.slice(SITE.length).split("/")[0] + OFFLINE;
  const page = (await cache.match(own)) ?? (await cache.match((await urls(cache, (url) => url.endsWith(OFFLINE))).at(-1)));
  const entries = (await urls(cache, wasOpened)).reverse().map(async (url) => {
    const text = await (await cache.match(url)).text();
    return `<li><a href="${url}"${/<html( lang="[\w-]*")/.exec(text)[1]}>${/<title>([^<]*)/.exec(text)[1]}</a></li>`;
  });
  const text = (await page.text()).replace("<!-- kept -->", `<ul>${(await Promise.all(entries)).join("")}</ul>`);
  return new Response(text, { status: 503, headers: page.headers });
}

/** A page from the network; else as it was when it was kept, which a class tells its reader. */
async function navigate(event, cache) {
  const wanted = address(event.request.url);
  const kept = await cache.match(wanted);
  const network = fetch(event.request).catch(() => null);
  const answer = await Promise.race([network, ...(kept ? [new Promise((done) => setTimeout(done, PATIENCE))] : [])]);
  if ([404, 410].includes(answer?.status)) event.waitUntil(cache.delete(wanted));
  if (answer && !(kept && answer.status >= 500)) return answer;
  if (!kept) return offlinePage(cache, wanted).catch(() => Response.error());
  return new Response((await kept.text()).replace("no-script", "no-script offline"), { headers: kept.headers });
}

let turn = ON && caches.open(NAME); // one visit after the other, so that none tidies away what another is putting down
async function listen(cache, addresses) {
  for (const url of addresses) await keep(cache, address(url)).catch(() => {}); // a full disk is no reader's fault
  await tidy(cache).catch(() => {});
  return cache;
}

async function begin() {
  const mine = (await caches.keys()).filter((name) => name.startsWith("clairplan ") && name.endsWith(` ${SITE}`));
  for (const name of mine) if (!ON || name !== NAME) await caches.delete(name);
  if (!ON) await registration.unregister();
}

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(begin()));
addEventListener("message", (event) => ON && event.waitUntil((turn = turn.then((cache) => listen(cache, event.data)))));
addEventListener("fetch", (event) => {
  const { request } = event;
  const asset = request.url.startsWith(ASSETS);
  if (!ON || request.method !== "GET" || request.headers.has("range") || !(asset || request.mode === "navigate")) return;
  const stored = async (cache) => (await cache.match(address(request.url), { ignoreVary: true })) ?? fetch(request);
  const answer = caches.open(NAME).then((cache) => (asset ? stored(cache) : navigate(event, cache)));
  event.respondWith(answer.catch(() => fetch(request)));
});
