// The form: shows the fields that the chosen plan and action need, reads them as a request and fills them from one.
// What a field may hold beyond its type is the engine's to judge.

import { asTyped, parseDate, spell, today } from "./page-dates.js";

const LIST_TYPES = new Set(["minutes", "text_list"]);

export class Form {
  /** data: the page's data block; `fields[plan][action]` lists what wire.fields says. */
  constructor(root, data) {
    this.root = root;
    this.data = data;
    this.blocks = [...root.querySelectorAll("[data-field]")];
    this.touched = new Set();
    root.addEventListener("focusout", ({ target }) => this.#left(target));
    for (const picker of root.querySelectorAll("[data-picker]")) this.#connectPicker(picker);
    this.write({ on: today() });
    this.show();
  }

  get plan() {
    return this.root.elements.plan.value;
  }

  get action() {
    return this.root.elements.action.value;
  }

  /** Shows what applies; values of hidden fields stay, for when they apply again. */
  show() {
    const offered = this.data.fields[this.plan];
    for (const input of this.root.querySelectorAll("[name=action]")) {
      input.closest("label").hidden = !(input.value in offered);
      input.disabled = !(input.value in offered);
    }
    if (!(this.action in offered)) this.#choose("action", Object.keys(offered)[0]);
    document.getElementById("actions").hidden = Object.keys(offered).length < 2;
    const asked = new Map(offered[this.action].map((field) => [field.name, field]));
    for (const block of this.blocks) {
      const field = asked.get(block.dataset.field);
      block.hidden = !field || !this.#mine(block) || !this.#wanted(field);
      const unit = block.querySelector(".unit");
      if (unit && field) unit.textContent = field.unit ? `(${field.unit})` : "";
    }
    const more = document.getElementById("more-fields");
    more.hidden = !more.querySelector("[data-field]:not([hidden])");
    this.#spellDates();
  }

  /** {request, missing: labels, problems: {field name: sentence}}; the request is complete when the others are empty. */
  read() {
    const request = { plan: `${this.data.family}/${this.plan}`, action: this.action };
    const missing = [];
    const problems = {};
    const asked = new Map(this.data.fields[this.plan][this.action].map((field) => [field.name, field]));
    for (const block of this.blocks.filter(({ hidden }) => !hidden)) {
      const { field: name } = block.dataset;
      const { value, problem } = this.#value(block);
      if (problem) problems[name] = problem;
      else if (value !== undefined) set(request, name, value);
      else if (asked.get(name).required || asked.get(name).required_with) missing.push({ name, label: this.#label(block) });
    }
    const quantity = this.#block("quantity")?.querySelector("input");
    if (request.serials && quantity?.value === quantity?.defaultValue) delete request.quantity; // serials count themselves
    return { request, missing, problems };
  }

  /** Puts a request's values into the form; fields that it does not name are left as they are. */
  write(request) {
    if (request.plan) this.#choose("plan", String(request.plan).split("/").pop());
    if (request.action) this.#choose("action", request.action);
    const { plan, action, options, ...values } = request;
    for (const [name, value] of Object.entries(options ?? {})) values[`options.${name}`] = value;
    for (const block of this.blocks) {
      if (this.#mine(block) && block.dataset.field in values) this.#fill(block, values[block.dataset.field]);
    }
  }

  /** Empties every field but the plan and the action, so that nothing of an earlier quote stays in a new one. */
  clear() {
    for (const block of this.blocks) {
      for (const input of block.querySelectorAll("input, select")) {
        if (input.type === "checkbox") input.checked = false;
        else if (input.tagName === "SELECT") input.selectedIndex = [...input.options].findIndex((one) => one.defaultSelected);
        else input.value = input.defaultValue;
      }
    }
    this.touched.clear();
  }

  /** Shows sentences beside their fields and in the summary; those of fields never left yet wait, unless `all`. */
  showErrors(messages, all) {
    const summary = document.getElementById("error-summary");
    const entries = [];
    for (const block of this.blocks) {
      const name = block.dataset.field;
      const message = !block.hidden && (all || this.touched.has(name)) ? messages[name] : undefined;
      const input = block.querySelector("input, select");
      const error = block.querySelector(".error");
      block.classList.toggle("wrong", Boolean(message));
      error.hidden = !message;
      error.textContent = message ?? "";
      if (message) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      if (message) entries.push([this.#named(this.#label(block), message), input.id]);
    }
    const known = new Set(this.blocks.map((block) => block.dataset.field));
    for (const [name, message] of Object.entries(messages).filter(([field]) => !known.has(field))) {
      const chosen = this.root.querySelector(`[name=${name === "action" ? "action" : "plan"}]:checked`);
      entries.push([this.#named(chosen.closest("fieldset").querySelector("legend").textContent, message), chosen.id]);
    }
    summary.hidden = !entries.length;
    const said = JSON.stringify(entries);
    // what has not changed stays: pressing a link in it leaves a field, and must not replace the link under the pointer
    if (said !== this.said) summary.querySelector("ul").replaceChildren(...entries.map(([message, id]) => entry(message, id)));
    this.said = said;
    return entries.map(([message]) => message);
  }

  /** A sentence that says of which field it speaks; the engine's own often do. */
  #named(field, message) {
    if (message.startsWith(field)) return message;
    return this.data.text.error.replace("{field}", () => field).replace("{message}", () => message);
  }

  #wanted({ required_with: condition }) {
    return Object.entries(condition ?? {}).every(([option, wanted]) => {
      const block = this.#block(`options.${option}`);
      return block && (this.#value(block).value ?? false) === wanted;
    });
  }

  // a block of plans (`care`) or of their actions (`care/renew`) is for these alone
  #mine = ({ dataset: { plan } }) => !plan || plan.split(" ").some((one) => [this.plan, `${this.plan}/${this.action}`].includes(one));

  #block(name) {
    return this.blocks.find((block) => block.dataset.field === name && this.#mine(block));
  }

  #label(block) {
    return (block.querySelector("label, legend").firstChild?.textContent ?? "").trim();
  }

  #choose(name, value) {
    const input = [...this.root.querySelectorAll(`[name=${name}]`)].find((one) => one.value === value);
    if (input) input.checked = true;
  }

  /** {value}, {problem} or, for an empty field, {}. */
  #value(block) {
    const type = block.dataset.type;
    if (type === "plan_list") {
      const chosen = [...block.querySelectorAll(":checked")].map((input) => input.value);
      return chosen.length ? { value: chosen } : {};
    }
    const input = block.querySelector("[name]");
    if (type === "boolean") return input.checked ? { value: true } : {};
    const text = input.value.trim();
    if (!text) return {};
    if (type === "date") return this.#date(text);
    if (type === "integer") return this.#integer(text);
    if (!LIST_TYPES.has(type)) return { value: text };
    const items = text.split(type === "minutes" ? /[\s,;+]+/ : /[\n,;]+/).map((item) => item.trim()).filter(Boolean);
    if (type === "text_list") return { value: items };
    const numbers = items.map((item) => this.#integer(item));
    return numbers.find(({ problem }) => problem) ?? { value: numbers.map(({ value }) => value) };
  }

  #integer(text) {
    const digits = text.replace(/[\s\u00a0\u202f]/g, "");
    return /^\d{1,15}$/.test(digits) ? { value: Number(digits) } : { problem: this.data.text.not_whole };
  }

  #date(text) {
    const found = parseDate(text, [this.data.lang, "fr", "en"]);
    if (found.iso) return { value: found.iso };
    const [first, second] = (found.readings ?? []).map((reading) => spell(reading, this.data.lang));
    const problem = this.data.text[found.problem === "ambiguous" ? "ambiguous_date" : "unreadable_date"];
    return { problem: problem.replace("{first}", first).replace("{second}", second) };
  }

  #fill(block, value) {
    const input = block.querySelector("[name]");
    if (block.dataset.type === "boolean") input.checked = value === true;
    else if (block.dataset.type === "plan_list") {
      for (const one of block.querySelectorAll("input")) one.checked = Array.isArray(value) && value.includes(one.value);
    } else if (block.dataset.type === "date") input.value = asTyped(String(value ?? ""), this.data.lang);
    else input.value = Array.isArray(value) ? value.join(", ") : String(value ?? "");
    const more = block.closest("details");
    if (more && value !== undefined) more.open = true;
  }

  #left(target) {
    const block = target.closest("[data-field]");
    if (block && target.value && !this.touched.has(block.dataset.field)) {
      this.touched.add(block.dataset.field);
      this.root.dispatchEvent(new Event("recheck"));
    }
  }

  #spellDates() {
    for (const block of this.blocks.filter(({ dataset, hidden }) => dataset.type === "date" && !hidden)) {
      const { value } = this.#value(block);
      block.querySelector(".spelled").textContent = value ? spell(value, this.data.lang) : "";
    }
  }

  /** The calendar of the browser beside a typed date: an aid for the pointer, not in the way of the keyboard. */
  #connectPicker(picker) {
    const typed = picker.parentElement.querySelector("[type=text]");
    const native = picker.querySelector("input");
    typed.placeholder = asTyped(typed.placeholder, this.data.lang);
    picker.hidden = !native.showPicker;
    picker.addEventListener("click", () => {
      native.value = parseDate(typed.value, [this.data.lang]).iso ?? today();
      native.showPicker();
    });
    native.addEventListener("change", () => {
      typed.value = native.value ? asTyped(native.value, this.data.lang) : typed.value;
      typed.dispatchEvent(new Event("input", { bubbles: true }));
      typed.focus();
    });
  }
}

function set(request, name, value) {
  const option = name.startsWith("options.") ? name.slice("options.".length) : "";
  if (option) (request.options ??= {})[option] = value;
  else request[name] = value;
}

function entry(message, id) {
  const link = document.createElement("a");
  link.href = `#${id}`;
  link.textContent = message;
  link.addEventListener("click", (event) => {
    event.preventDefault(); // the address keeps the quote
    document.getElementById(id)?.focus();
  });
  const item = document.createElement("li");
  item.append(link);
  return item;
}
