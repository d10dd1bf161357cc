// The calculator of a page: asks the engine as one types, shows the sheet, keeps the quote in the address.

import { today, spell } from "./page-dates.js";
import { Form } from "./page-form.js";
import { readLinkFragment } from "./page-link.js";
import { box, build, bullets, button, save, spoken } from "./page-sheet.js";

const byId = (id) => document.getElementById(id);

class Calculator {
  constructor(data) {
    this.data = data;
    this.text = data.text;
    this.form = new Form(byId("quote-form"), data);
    this.opened = null; // the link that was opened, until its inputs are changed
    this.shown = null; // the request whose quote is on the page
    this.link = ""; // the fragment that opens it again
    this.page = document.body.dataset.page ?? ""; // where a calculator in a frame leads to; empty: it is on that page
    this.frame = 0;
    this.turn = 0;
    this.again = "";
    this.#watchTotal();
    this.#listen();
    // a rule's address has no room for the quote: the history keeps it for whoever loads the page again
    if (!this.#open(location.hash) && !this.#open(history.state?.quote, false)) this.#startWhenNear();
  }

  #listen() {
    const { root } = this.form;
    root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submitted();
    });
    root.addEventListener("input", () => this.#changed());
    root.addEventListener("recheck", () => this.#schedule());
    for (const pressed of document.querySelectorAll("#quote-more [data-done]")) {
      pressed.addEventListener("click", () => this.#handOver(pressed));
    }
    byId("print-sheet").addEventListener("click", () => this.#print());
    addEventListener("beforeprint", () => this.#paper(true));
    addEventListener("afterprint", () => this.#paper(false));
    addEventListener("hashchange", () => {
      if (this.shown && location.hash === this.link) byId("quote-output").scrollIntoView();
      else if (!this.#open(location.hash) && this.shown) history.replaceState({ quote: this.link }, "");
    });
    for (const link of document.querySelectorAll("[data-choose-plan]")) {
      link.addEventListener("click", () => this.#choosePlan(link.dataset.choosePlan));
    }
    for (const link of document.querySelectorAll("[data-keep-quote]")) {
      link.addEventListener("click", () => this.shown && (link.hash = this.link));
    }
  }

  /** Where the sheet is below the form, its total follows the reader through the questions. */
  #watchTotal() {
    const update = () => {
      const total = this.shown && document.querySelector("#quote-output .total");
      const bar = byId("total-bar");
      bar.hidden = !total || this.sheetSeen || !this.formSeen;
      if (total) bar.querySelector("span").textContent = total.querySelector("th").textContent;
      if (total) bar.querySelector("strong").textContent = total.querySelector("td").textContent;
    };
    this.showTotal = update;
    const watch = (id, name) =>
      new IntersectionObserver(([entry]) => {
        this[name] = entry.isIntersecting;
        update();
      }).observe(byId(id));
    watch("quote-output", "sheetSeen");
    watch("quote-form", "formSeen");
  }

  #changed() {
    this.edited = true;
    this.opened = null;
    byId("link-notice").hidden = true;
    this.form.show();
    this.#schedule();
  }

  /** The button for those who want one: checks every field and takes the reader to what came of it. */
  async #submitted() {
    this.edited = true;
    await this.#refresh(true);
    const summary = byId("error-summary");
    const target = summary.hidden ? byId("quote-output") : summary;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
  }

  #choosePlan(plan) {
    this.#fill({ plan: `${this.data.family}/${plan}` });
  }

  /** One question for each frame at most; the engine drops those that a newer one has overtaken. */
  #schedule() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.#refresh(false));
  }

  /** Shows the inputs of a quote's address at once; the answer follows when Python has started. */
  #open(fragment, move = true) {
    const link = readLinkFragment(fragment ?? "");
    if (!link) return false;
    this.opened = link;
    this.form.clear();
    const added = link.request.action === "add" && { existing: 0 }; // what a link leaves out is none, and not where forms begin
    this.form.write(link.fingerprint ? { ...added, ...link.request } : { on: today(), ...link.request });
    this.form.show();
    this.#linkNotice(link);
    if (move && !this.page) byId("calculator").scrollIntoView({ behavior: "instant" });
    this.#refresh(Boolean(link.fingerprint)); // without one, it is only a start: what is missing is no mistake yet
    return true;
  }

  #linkNotice({ request, fingerprint }) {
    const notice = byId("link-notice");
    const said = [];
    const changed = fingerprint && fingerprint !== this.data.fingerprint;
    if (changed) said.push(this.text.link_changed);
    const other = typeof request.on === "string" && request.on !== today();
    if (other && !Number.isNaN(Date.parse(request.on))) {
      said.push(this.text.link_day.replace("{day}", spell(request.on, this.data.lang)));
    }
    notice.replaceChildren(...said.map((sentence) => box("", sentence)));
    if (other) notice.append(button(this.text.link_today, () => this.#fill({ on: today() })));
    notice.classList.toggle("warn", Boolean(changed));
    notice.hidden = !said.length;
  }

  #fill(request) {
    this.form.write(request);
    this.#changed();
  }

  /** Python costs megabytes: it starts when the calculator comes into view or is used, not before. */
  #startWhenNear() {
    if (navigator.connection?.saveData) return; // who counts bytes is not sent them before the form is used
    const near = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        near.disconnect();
        this.#refresh(false);
      },
      { rootMargin: "200px" },
    );
    near.observe(byId("calculator-app"));
  }

  async #refresh(all) {
    const turn = ++this.turn; // what is typed meanwhile begins another one, and nobody waits for this answer
    const { request, missing, problems } = this.form.read();
    const errors = this.form.showErrors(problems, all);
    if (errors.length) this.#announce(errors.join(" "));
    if (missing.length || Object.keys(problems).length) {
      this.#incomplete(missing);
      this.#start().catch((error) => turn === this.turn && this.#failed(error));
      return;
    }
    // a field was left, or a change taken back: the quote on the page is the answer already
    const known = !all && JSON.stringify(request) === JSON.stringify(this.shown);
    byId("quote-output").firstElementChild?.classList.toggle("stale", !known);
    if (known) return;
    try {
      await this.#start();
      const answer = await this.#ask("quote", request);
      if (answer && turn === this.turn) this.#answer(request, answer, all);
    } catch (error) {
      if (turn === this.turn) this.#failed(error);
    }
  }

  /** The engine, started once; its script and its manifest are loaded only now, side by side. */
  async #start() {
    const fetched = async () => (await fetch(this.data.manifest)).json();
    this.loading ??= Promise.all([import(this.data.engine + this.again), fetched()]).catch((error) => {
      this.loading = null;
      this.again += "#"; // by the same address some browsers would not ask a second time
      throw Object.assign(error, { reason: "offline" });
    });
    const [{ Engine }, manifest] = await this.loading;
    this.engine ??= new Engine({ onprogress: (progress) => this.#progress(progress) });
    if (!this.ready) this.#progress({ phase: "download", loaded: 0, total: 0 });
    await this.engine.start({ manifest, lang: this.data.language });
    this.ready = true;
    byId("engine-status").hidden = true;
    return this.engine;
  }

  #progress({ phase, loaded, total }) {
    const status = byId("engine-status");
    const bar = status.querySelector("progress");
    const size = (bytes) => new Intl.NumberFormat(this.data.lang, { maximumFractionDigits: 1 }).format(bytes / 1e6);
    const sentence = !total ? this.text.preparing : phase === "start" || loaded >= total ? this.text.starting : this.text.downloading;
    status.querySelector("p").textContent = sentence.replace("{loaded}", size(loaded)).replace("{total}", size(total));
    if (phase !== "start" && loaded < total) {
      bar.max = total;
      bar.value = loaded;
    } else bar.removeAttribute("value");
    status.hidden = false;
  }

  #answer(request, { sheet: quote, elements, link }, all) {
    if (!quote.ok) {
      const messages = Object.fromEntries(quote.errors.toReversed().map((error) => [error.field || "plan", error.message]));
      const said = this.form.showErrors(messages, true);
      this.shown = null;
      this.#output(box("notice-box warn", this.text.refused, bullets(quote.errors.map((error) => error.message))));
      this.#announce(said.join(" "));
      this.#mark([]);
      return;
    }
    this.form.showErrors({}, all);
    this.shown = request;
    this.link = link;
    this.#output(build(elements));
    byId("quote-more").hidden = false;
    byId("save-dates").hidden = !quote.deadlines.length && !quote.notices.length;
    for (const scope of document.querySelectorAll("[data-contract]")) scope.hidden = scope.dataset.contract !== this.form.plan;
    this.#announce(spoken(quote));
    dispatchEvent(new Event("quoted"));
    this.#mark(quote.rows.map((row) => row.clause));
    if (this.edited) history.replaceState(null, "", link);
    if (!this.page) this.exploring = setTimeout(() => this.#explore(request), 400);
  }

  /** What one asks next, once typing has come to rest: the Worker answers one question after the other. */
  async #explore(request) {
    const answer = await this.#ask("explore").catch(() => null);
    if (answer && request === this.shown) byId("quote-explore").replaceChildren(...answer.elements.map((one) => build(one)));
  }

  /** What the engine makes of a request, or of the quote on the page; mails and paper lead to the page's own address. */
  #ask(kind, request = this.shown) {
    const address = document.querySelector("[rel=canonical]").href;
    return this.engine.askLatest(kind, { request, lang: this.data.language, page: this.page, address });
  }

  #incomplete(missing) {
    this.shown = null;
    this.#mark([]);
    const labels = missing.map(({ label }) => label);
    const told = labels.length ? box("notice-box", this.text.needed, bullets(labels)) : box("notice-box", this.text.correct);
    const example = this.data.examples[this.form.plan]?.[this.form.action];
    const { on, ...inputs } = example ?? {};
    if (inputs.expiry) inputs.on = on; // without a contract to renew, the reader's own day serves
    if (labels.length && example) told.append(button(this.text.example, () => this.#fill(inputs)));
    this.#output(told);
  }

  #output(element) {
    clearTimeout(this.exploring);
    byId("quote-more").hidden = true;
    byId("quote-explore").replaceChildren();
    byId("quote-output").replaceChildren(element);
    this.showTotal();
  }

  #failed(error) {
    this.shown = null;
    this.ready = false;
    byId("engine-status").hidden = true;
    const sentence = this.text[`failed_${error.reason ?? "crashed"}`] ?? this.text.failed_crashed;
    this.#output(box("notice-box warn", sentence, box("", this.text.failed_instead), button(this.text.retry, () => this.#refresh(true))));
    this.#announce(sentence);
  }

  /** Rules that the quote on the page has used lead back to it. */
  #mark(clauses) {
    const used = new Set(clauses);
    for (const back of document.querySelectorAll("[data-clauses]")) {
      back.hidden = !back.dataset.clauses.split(" ").some((clause) => used.has(clause));
    }
  }

  /** Said once typing has come to rest, so that a screen reader is not interrupted at each key. */
  #announce(sentence) {
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => (byId("announcer").textContent = sentence), 700);
  }

  /** A button that hands the quote over: what the engine `make`s becomes a file to save or goes to the clipboard. */
  async #handOver(pressed) {
    const { make, part, type, file, done, failed, label } = pressed.dataset;
    const made = make && this.#ask(make);
    const blob = async (name, kind) => new Blob([(await made)[name]], { type: kind });
    const work = async () => {
      if (file) return save(await blob(part, type), file);
      history.replaceState(null, "", this.link);
      if (!make) return navigator.clipboard.writeText(new URL(this.page + this.link, location.href).href);
      const card = { "text/html": blob("html", "text/html"), "text/plain": blob("text", "text/plain") };
      return navigator.clipboard.write([new ClipboardItem(card)]);
    };
    const said = await work().then(() => done, () => failed);
    pressed.textContent = said;
    this.#announce(said);
    setTimeout(() => (pressed.textContent = label), 4000);
  }

  #print() {
    this.#paper(true); // not every browser says beforehand that it prints
    print();
    this.#paper(false);
  }

  /** A page with a quote prints the quote, not the page around it. */
  #paper(on) {
    document.documentElement.classList.toggle("print-sheet", on && Boolean(this.shown));
  }
}

export function startCalculator() {
  const block = byId("calculator-data");
  if (!block) return;
  for (const element of document.querySelectorAll(".needs-script")) element.hidden = true;
  byId("calculator-app").hidden = false;
  new Calculator(JSON.parse(block.textContent));
}
