// What the engine words as elements, made: it says which, here they come to be.

const make = (tag, className, ...children) => build([tag, className ? { class: className } : {}, ...children]);

/** The element that `[tag, attributes, children…]` stands for; a text stands for itself. A picture names its `xmlns`. */
export function build(node, around = "http://www.w3.org/1999/xhtml") {
  if (!Array.isArray(node)) return node;
  const [tag, { xmlns = around, ...attributes }, ...children] = node;
  const element = document.createElementNS(xmlns, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.map((child) => build(child, xmlns)));
  return element;
}

/** What is said aloud when a quote arrives: its title, its window and its total. */
export function spoken(quote) {
  const total = quote.totals.find(({ kind }) => kind === "total");
  return [quote.title, quote.window?.label, total && `${total.label} ${total.amount}`].filter(Boolean).join(". ");
}

/** A box with a sentence, and a list or a button where there is one. */
export const box = (className, text, ...more) => make("div", className, make("p", "", text), ...more);

export const bullets = (items) => make("ul", "", ...items.map((item) => make("li", "", item)));

export function button(text, action) {
  const element = make("button", "button quiet", text);
  element.type = "button";
  element.addEventListener("click", action);
  return element;
}

/** Hands a file to the reader, as a download. */
export function save(blob, name) {
  const link = build(["a", { href: URL.createObjectURL(blob), download: name }]);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
