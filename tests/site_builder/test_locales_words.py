"""The shipped words: nothing that an answer can hold is without them, and French is set as its readers expect."""

import re
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from calculator.plan import ACTIONS
from calculator.wire import quote
from calculator.wording import Text, present
from site_builder.locales import load_all, translator
from site_builder.plans import Families, load_families
from site_builder.rules import language_data, unworded

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = load_all()
LOCALES = [(language, locale) for language in LANGUAGES.values() for locale in language.locales.values()]
ERRORS = (
    "unknown_field", "missing", "wrong_type", "bad_date", "out_of_range", "unknown_plan", "unknown_region",
    "action_not_offered", "unknown_option", "bad_option", "quantity_differs_from_serials", "extension_over_limit",
    "contract_not_active", "too_late_to_renew", "length_too_short", "align_not_offered", "align_out_of_range",
    "limit_reached", "not_eligible", "price_on_request", "no_price_at_date",
)  # fmt: skip
WINDOWS = ("new", "on_time", "grace", "late", "extension", "addition")
DEADLINES = ("last_day_on_time", "last_day_of_grace", "last_day_of_window", "extension_limit", "auto_renewal_billing",
             "last_day_to_renew")  # fmt: skip
NOTES = ("tax_exempt", "taxes_not_included", "illustrative_price", "reading", "credit_expired", "lapses")
LINES = ("price", "prorated_price", "further_months", "extension")
FIELDS = (
    "plan", "action", "on", "quantity", "existing", "expiry", "anchor", "months", "align_to", "region", "tax_exempt",
    "serials", "holds", "options",
)  # fmt: skip


@cache
def families() -> Families:
    return load_families(ROOT / "plans")


def flat(text: Text) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


KEYS = [
    *(f"error.{code}" for code in (*ERRORS, "leave_empty", "other")),
    *(f"window.{code}.{part}" for code in WINDOWS for part in ("label", "detail")),
    *(f"deadline.{code}" for code in DEADLINES),
    *(f"note.{code}" for code in NOTES),
    *(f"line.{code}" for code in (*LINES, "discount", "fee")),
    *(f"field.{name}.{part}" for name in (*FIELDS, "request", "pack") for part in ("label", "help")),
    *(f"{part}.{action}" for part in ("title", "action") for action in ACTIONS),
    *(f"validity.{key}" for key in ("until", "day_only", "open")),
    *(f"tax.{code}" for code in ("GST", "QST", "HST", "PST", "RST", "VAT")),
    *(f"expected.{kind}" for kind in ("boolean", "integer", "list", "object", "text")),
]


@pytest.mark.parametrize("lang", sorted(LANGUAGES))
def test_everything_that_an_answer_can_hold_has_words(lang: str) -> None:
    assert [key for key in KEYS if key not in LANGUAGES[lang].texts] == []


@pytest.mark.parametrize("lang", sorted(LANGUAGES))
def test_every_error_has_a_sentence_even_without_details(lang: str) -> None:
    """The last alternative may count on the field's name only (or on what the engine always gives)."""
    always = {"field", "name", "max_bytes"}
    for code in ERRORS:
        text = flat(LANGUAGES[lang].texts[f"error.{code}"])[-1]
        assert set(re.findall(r"{(\w+)", text)) <= always, code
        assert text.endswith((".", "?")), code


@pytest.mark.parametrize(("language", "locale"), LOCALES, ids=[locale.tag for _, locale in LOCALES])
def test_texts_are_typeset(language: Any, locale: Any) -> None:
    for key, text in locale.strings.items():
        for one in flat(text):
            assert "'" not in one and '"' not in one and "..." not in one, key
            assert one == one.strip() or key in ("detail.times", "rule.part.times", "rule.join", "ui.price.join"), key
            assert "  " not in one, key
            if language.lang == "fr":
                # No mark stands after an ordinary space, none of those that want one stands without.
                assert not re.search(r" [:;?!»%$€]|« ", one), (key, one)
                assert not re.search(r"[^\s\u00a0\u202f][»]|«[^\u00a0\u202f]", one), (key, one)


def test_spaces_and_words_differ_by_country() -> None:
    canada, france = (LANGUAGES["fr"].locales[tag].strings for tag in ("fr-CA", "fr-FR"))
    assert canada["rule.join"] == "; "
    assert france["rule.join"] == "\u202f; "
    assert (canada["line.discount"], france["line.discount"]) == ("Rabais", "Remise")
    assert (canada["entitlement_name.technical_support"], france["entitlement_name.technical_support"]) == (
        "Soutien technique",
        "Assistance technique",
    )
    assert LANGUAGES["en"].locales["en-US"].strings["unit_one.licence"] == "license"


def test_france_pays_before_tax_and_writes_e_mails() -> None:
    canada, france = (LANGUAGES["fr"].locales[tag].strings for tag in ("fr-CA", "fr-FR"))
    differing = {
        "ui.form.copy_card": ("Copier pour un courriel", "Copier pour un e-mail"),
        "ui.price.tax_none": ("Taxes non comprises", "Prix hors taxes"),
        "total.subtotal": ("Sous-total", "Total HT"),
        "total.total_taxed": ("Total", "Total TTC"),
        "total.total_untaxed": ("Total, taxes non comprises", "Total HT"),
        "unit_one.seat": ("siège", "poste"),
    }
    assert {key: (canada[key], france[key]) for key in differing} == differing


def test_a_sheet_of_france_goes_from_before_tax_to_with_tax() -> None:
    held = families()
    for region, plan, labels in (
        ("FR", "sketchup/maintenance", ["Total HT", "TVA (20\u00a0%)", "Total TTC"]),
        ("CH", "sketchup/maintenance", ["Total HT"]),
        ("CA-ON", "solidxperts/subscription", ["Sous-total", "TVH (13\u00a0%)", "Total"]),
        ("CH", "solidxperts/subscription", ["Total, taxes non comprises"]),
    ):
        request = {"plan": plan, "action": "buy", "on": "2026-03-02", "region": region}
        sheet = present(quote(held.engine, request), language_data(LANGUAGES["fr"], held))
        assert [row["label"] for row in sheet["totals"]] == labels


def test_units_agree_with_their_number() -> None:
    t = translator(LANGUAGES["fr"]).t
    assert [t("unit.user", n=n) for n in (0, 1, 2)] == ["utilisateur", "utilisateur", "utilisateurs"]
    t = translator(LANGUAGES["en"]).t
    assert [t("unit.user", n=n) for n in (0, 1, 2)] == ["users", "user", "users"]


def test_a_template_that_asks_for_too_much_or_too_little_fails_the_build() -> None:
    t = translator(LANGUAGES["fr"]).t
    with pytest.raises(KeyError, match=r"`no\.key` has no text in `fr-CA`"):
        t("no.key")
    with pytest.raises(KeyError, match=r"`fact\.term_value` needs end"):
        t("fact.term_value", start="2026-01-01")


def test_every_code_of_every_family_has_words() -> None:
    lacking = {
        f"{lang}: {key}"
        for lang, language in LANGUAGES.items()
        for file in families().files.values()
        if file.family
        for key in unworded(file.family, file.words, language)
    }
    assert lacking == set()


@pytest.mark.parametrize("family", sorted(path.stem for path in (ROOT / "plans").glob("*.yaml")))
def test_no_code_or_placeholder_shows_in_a_sheet(family: str, data: dict[str, Any]) -> None:
    for example in families().words[family].examples:
        response = quote(families().engine, example.request)
        for lang in families().words[family].locales:
            said = list(_texts(present(response, data[lang], example.request.get("plan"))))
            assert said
            odd = [text for text in said if not text or re.search(r"[{}]|\w_\w|\?$| \? |None", text)]
            assert odd == [], (example.id, lang)


VALUES: tuple[Any, ...] = (
    "",
    "x",
    "{on}",
    "2026-02-30",
    "2026-03-31",
    "\u0660",
    -1,
    0,
    1,
    7,
    10**30,
    True,
    None,
    [],
    [1],
    {},
    {"a": []},
)


@pytest.mark.parametrize("lang", sorted(LANGUAGES))
def test_whatever_is_asked_gets_an_answer_in_words(lang: str, data: dict[str, Any]) -> None:
    """A sheet is made in the reader's browser: no request, however odd, may break it."""
    drawn = Random(2)
    plans = [f"{name}/{plan}" for name, file in families().files.items() if file.family for plan in file.family.plans]
    for _ in range(400):
        request: dict[str, Any] = {name: drawn.choice(VALUES) for name in drawn.sample([*FIELDS, "{}", "hours"], 6)}
        request |= {"plan": drawn.choice(plans)} if drawn.random() < 0.9 else {}
        request |= {
            "action": drawn.choice(ACTIONS),
            "on": "2026-03-31",
            "expiry": drawn.choice(["2026-03-01", "2026-05-01"]),
        }
        request |= {"options": {name: drawn.choice(VALUES) for name in ("pack", "level", "km", "{x}", "2026-02-30")}}
        sheet = present(quote(families().engine, request), data[lang], request.get("plan"))
        assert sheet["ok"] or all(error["message"] for error in sheet["errors"])


def _texts(value: Any, key: str = "") -> Any:
    """Every worded text of a sheet; codes, dates and clauses are not words."""
    if isinstance(value, dict):
        for name, held in value.items():
            if name not in ("code", "kind", "clause", "date", "field", "lang", "ok"):
                yield from _texts(held, name)
    elif isinstance(value, list):
        for held in value:
            yield from _texts(held, key)
    elif value or key not in ("detail", "validity"):
        yield value


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return {lang: language_data(language, families()) for lang, language in LANGUAGES.items()}


def test_builder_texts_stay_at_home(data: dict[str, Any]) -> None:
    for strings in (strings for value in data.values() for strings in value["strings"].values()):
        assert not [key for key in strings if key.startswith(("rule.", "ui."))]


NOT_SAID = {
    "fr": {"facteur": "coefficient", "exempt": "exonéré", "la source": "le texte d’origine"},
    "it": {"se paga oggi": "a quote is for its own day"},
}
"""What the texts of a language do not say, and what they say instead."""


@pytest.mark.parametrize(("lang", "word"), [(lang, word) for lang, words in NOT_SAID.items() for word in words])
def test_one_word_is_said_for_one_thing(lang: str, word: str) -> None:
    known = ("ui.campaign.column.",)  # names that columns of a list may have, old ones too
    said = {key: text for key, text in LANGUAGES[lang].texts.items() if not key.startswith(known)}
    assert [key for key, text in said.items() if word in str(text).lower()] == []
