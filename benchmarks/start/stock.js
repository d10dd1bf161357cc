// The calculator as the documentation of Pyodide would have it: the whole runtime, our wheel, no image.
// Kind to the stock side: on the main thread (no Worker to start), all files asked for at once, a page without fonts.
import { loadPyodide } from "./pyodide.mjs";
import { build } from "{sheet}";

const data = await (await fetch("{data}")).json();
const [wheel, catalogue, locales] = data.files.map((name) => fetch(name));
const text = new URLSearchParams(location.hash.slice(1)).get("q").replace(/-/g, "+").replace(/_/g, "/");
const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const request = JSON.parse(new TextDecoder().decode(bytes));
const python = await loadPyodide({ indexURL: "{index}" });
python.unpackArchive(await (await wheel).arrayBuffer(), "wheel");
const wire = python.pyimport(data.door);
wire.load(await (await catalogue).text(), await (await locales).text());
const answer = JSON.parse(wire.serve("quote", JSON.stringify({ request, lang: "en" })));
document.getElementById("quote-output").replaceChildren(build(answer.elements));
globalThis.benchServe = (kind, payload) => wire.serve(kind, payload);
globalThis.benchMemory = () => python._module.HEAP8.length;
