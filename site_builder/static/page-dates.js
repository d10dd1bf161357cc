// Dates as people type them. A date that two people could read in two ways is not guessed but asked again.

const pad = (number) => String(number).padStart(2, "0");
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The ISO date of a day that exists, else null. */
function iso(year, month, day) {
  const text = `${year}-${pad(month)}-${pad(day)}`;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(+date) && date.toISOString().slice(0, 10) === text ? text : null;
}

/** Today where the reader is; the engine reads no clock. */
export function today() {
  const now = new Date();
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}

const nameLists = new Map();

function monthNames(lang) {
  if (!nameLists.has(lang)) {
    const name = new Intl.DateTimeFormat(lang, { month: "long", timeZone: "UTC" });
    nameLists.set(lang, [...Array(12).keys()].map((month) => plain(name.format(new Date(Date.UTC(2026, month, 1))))));
  }
  return nameLists.get(lang);
}

/** The month that a name, or its first letters (three at least), stands for in one of the languages; else 0. */
function monthOf(name, langs) {
  const start = plain(name).replace(/\.$/, "");
  for (const lang of start.length < 3 ? [] : langs) {
    const found = monthNames(lang).flatMap((month, index) => (month.startsWith(start) ? [index + 1] : []));
    if (found.length === 1) return found[0];
  }
  return 0;
}

/** Whether all who read pages of a locale write the day first: not in Canada, nor in English, read in other countries. */
const dayFirst = (locale) =>
  !locale.startsWith("en") && new Intl.DateTimeFormat(locale).formatToParts(0)[0].type === "day";

/**
 * Reads 2026-03-31, 31/03/2026, 31 mars 2026, March 31, 2026 and the like. Returns {iso}, or {problem} which is
 * "unreadable" or, for 03/04/2026 where the first locale does not settle it, "ambiguous" with both `readings`.
 */
export function parseDate(typed, langs) {
  const text = typed.trim().replace(/[\u00a0\u202f]/g, " ");
  const answer = (date) => (date ? { iso: date } : { problem: "unreadable" });
  let parts = text.match(/^(\d{4})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})$/);
  if (parts && (parts[0].length === 8 || /\D/.test(parts[0]))) return answer(iso(parts[1], +parts[2], +parts[3]));
  parts = text.match(/^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/);
  if (parts) {
    const readings = [iso(parts[3], +parts[2], +parts[1]), iso(parts[3], +parts[1], +parts[2])].filter(Boolean);
    if (new Set(readings).size > 1 && !dayFirst(langs[0])) return { problem: "ambiguous", readings };
    return answer(readings[0]);
  }
  parts = text.match(/^(?:\p{L}+\.?,? )?(\d{1,2})(?:er|st|nd|rd|th)? (\p{L}{3,}\.?),? (\d{4})$/iu);
  if (parts) return answer(iso(parts[3], monthOf(parts[2], langs), +parts[1]));
  parts = text.match(/^(\p{L}{3,}\.?) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/iu);
  return answer(parts && iso(parts[3], monthOf(parts[1], langs), +parts[2]));
}

/** A day as the readers of a locale type it, where it is read in one way only; else, and what is no day, unchanged. */
export function asTyped(date, locale) {
  if (!dayFirst(locale) || parseDate(date, [locale]).iso !== date) return date;
  const form = { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC" };
  const text = new Intl.DateTimeFormat(locale, form).format(new Date(`${date}T00:00:00Z`));
  return parseDate(text, [locale]).iso === date ? text : date;
}

/** The day in full, with its weekday: what was understood, said back. */
export function spell(date, lang) {
  const form = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  const text = new Intl.DateTimeFormat(lang, form).format(new Date(`${date}T00:00:00Z`));
  return lang.startsWith("fr") ? text.replace(" 1 ", " 1er ") : text;
}
