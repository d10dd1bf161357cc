// What every page runs. Pages are complete without it; it adds the calculator and fits the comparison to a phone.

import { startCalculator } from "./page-calculator.js";

/** A phone shows two plans side by side, and choosing a third lets go of the one chosen longest ago. */
function pairOnPhones() {
  const tools = document.querySelector("[data-compare-tools]");
  const narrow = matchMedia("(max-width: 40rem)");
  if (!tools) return;
  const boxes = [...tools.querySelectorAll("[data-column]")];
  let chosen = boxes.slice(0, 2);
  const limit = () => {
    if (narrow.matches && boxes.length > 2) for (const box of boxes) box.checked = chosen.includes(box);
  };
  for (const box of boxes) {
    box.addEventListener("change", () => {
      chosen = chosen.filter((one) => one !== box);
      if (box.checked) chosen = [...chosen, box].slice(-2);
      limit();
    });
  }
  narrow.addEventListener("change", () => {
    for (const box of boxes) box.checked = true;
    limit();
  });
  limit();
}

/** Words typed narrow the list of what is covered; accents and capitals do not matter. */
function filterNeeds() {
  const field = document.getElementById("needs-filter");
  if (!field) return;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const items = [...document.querySelectorAll(".need")];
  const count = field.parentElement.querySelector("output");
  field.parentElement.hidden = false;
  field.addEventListener("input", () => {
    const words = plain(field.value).split(/\s+/);
    for (const item of items) item.hidden = !words.every((word) => plain(item.textContent).includes(word));
    const left = items.filter((item) => !item.hidden).length;
    count.textContent = field.value.trim() && count.dataset.count.replace("{n}", left).replace("{total}", items.length);
  });
}

/** The YAML of a guide can be copied whole. */
function copyCode() {
  for (const head of document.querySelectorAll('[data-language="yaml"] > figcaption')) {
    const { copy, copied } = head.closest("[data-copy]").dataset;
    const button = Object.assign(document.createElement("button"), { className: "button quiet", textContent: copy });
    const done = () => (button.textContent = copied);
    button.onclick = () => navigator.clipboard.writeText(head.nextElementSibling.textContent).then(done);
    head.append(button);
  }
}

/** Hands what this visit has fetched to the Service Worker, which keeps it for visits without a network. */
async function keepForOffline() {
  const { worker, offline } = document.documentElement.dataset;
  if (!worker || !navigator.serviceWorker) return;
  await navigator.serviceWorker.register(worker);
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage([location.href, new URL(offline, location.href).href]);
}

document.documentElement.classList.remove("no-script");
pairOnPhones();
filterNeeds();
copyCode();
startCalculator();
// once it is idle, and again when the calculator's files are there too; a browser that keeps nothing just does not
for (const moment of ["idle", "quoted"]) addEventListener(moment, () => keepForOffline().catch(() => {}), { once: true });
addEventListener("load", () => setTimeout(() => dispatchEvent(new Event("idle")), 3000));
document.querySelector("[data-reload]")?.addEventListener("click", () => location.reload());
