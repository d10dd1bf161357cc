"""A language is a folder: complete and right, or the build fails and says where."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from calculator.wording import present
from site_builder.errors import InputError
from site_builder.locales import LOCALES, load, load_all, locale_data, translator

FRENCH = {
    "locale.yaml": 'name: français\ndefault: fr-CA\nfirst_day: 1er\nduration: {hours: "{h} h", minutes: "{m} min", '
    'both: "{h} h {mm}"}\n',
    "fr-CA.yaml": 'spacing: {":": nbsp, ";": none, "«": nbsp, "»": nbsp, "%": nbsp}\nstrings: {}\n',
    "fr-FR.yaml": 'spacing: {":": nbsp, ";": nnbsp}\nstrings:\n  mail: e-mail\n',
    "words.yaml": 'mail: courriel\nlist:\n  days: "{n} {n:jour|jours} ; fin"\n  either: ["« {a} » : 5 %", "rien"]\n',
}
ENGLISH = {
    "locale.yaml": 'name: English\ndefault: en-CA\nfirst_day: "1"\nduration: {hours: "{h} h", minutes: "{m} min", '
    'both: "{h} h {m} min"}\n',
    "en-CA.yaml": "spacing: {}\nstrings: {}\n",
    "words.yaml": 'mail: e-mail\nlist:\n  days: "{n} {n:day|days}; end"\n  either: ["“{a}”: 5%", "nothing"]\n',
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two small languages that are right."""
    for lang, files in (("fr", FRENCH), ("en", ENGLISH)):
        (tmp_path / "locales" / lang).mkdir(parents=True)
        for name, text in files.items():
            (tmp_path / "locales" / lang / name).write_text(text, encoding="utf-8")
    return tmp_path / "locales"


def issues(folder: Path) -> list[str]:
    """What loading the folder says: each issue as `place: what`."""
    with pytest.raises(InputError) as caught:
        load_all(folder, folder.parent)
    return [f"{issue.place}: {issue.what}" for issue in caught.value.issues]


def test_a_language_has_its_locales_and_their_words(folder: Path) -> None:
    french = load_all(folder, folder.parent)["fr"]
    assert (french.name, french.default, sorted(french.locales)) == ("français", "fr-CA", ["fr-CA", "fr-FR"])
    canada, france = french.locales["fr-CA"].strings, french.locales["fr-FR"].strings
    assert (canada["mail"], france["mail"]) == ("courriel", "e-mail")


def test_spaces_are_the_locales(folder: Path) -> None:
    french = load_all(folder, folder.parent)["fr"]
    canada, france = french.locales["fr-CA"], french.locales["fr-FR"]
    assert canada.strings["list.days"] == "{n} {n:jour|jours}; fin"
    assert france.strings["list.days"] == "{n} {n:jour|jours}\u202f; fin"
    assert canada.strings["list.either"] == ["«\u00a0{a}\u00a0»\u00a0: 5\u00a0%", "rien"]
    assert canada.spaced("À 12:30 ; voir https://exemple.org : oui") == ("À 12:30; voir https://exemple.org\u00a0: oui")
    assert (canada.formats["colon"], france.formats["colon"]) == ("\u00a0:", "\u00a0:")


def change(path: str, old: str, new: str) -> Callable[[Path], None]:
    """A file with some text replaced."""

    def apply(folder: Path) -> None:
        file = folder / path
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return apply


WRONG: list[tuple[str, Callable[[Path], None], list[str]]] = [
    (
        "missing text",
        change("en/words.yaml", "mail: e-mail\n", ""),
        ["locales/en/words.yaml: `mail` is missing in `en`"],
    ),
    (
        "text too many",
        change("fr/words.yaml", "mail: courriel\n", "mail: courriel\nfax: télécopie\n"),
        ["locales/en/words.yaml: `fax` is missing in `en`"],
    ),
    ("no text at all", change("fr/words.yaml", "courriel", ""), ["locales/fr/words.yaml:1:1: `mail` has no text"]),
    ("empty text", change("fr/words.yaml", "courriel", '" "'), ["locales/fr/words.yaml:1:1: `mail` has no text"]),
    (
        "empty alternative",
        change("fr/words.yaml", '"rien"', '""'),
        ["locales/fr/words.yaml:4:3: `list.either` has no text"],
    ),
    (
        "other placeholder",
        change("en/words.yaml", "“{a}”", "“{b}”"),
        ["locales/fr/words.yaml:4:3: `list.either` lacks {b}, has {a} alone"],
    ),
    (
        "too many plural forms",
        change("fr/words.yaml", "jour|jours", "jour|jours|journées"),
        ["locales/fr/words.yaml:3:3: `list.days`: {n:jour|jours|journées} needs 2 plural forms, one after each `|`"],
    ),
    (
        "overlay of nothing",
        change("fr/fr-FR.yaml", "mail:", "mial:"),
        ["locales/fr/fr-FR.yaml:3:3: `mial` is not a key of the language"],
    ),
    (
        "overlay with another placeholder",
        change("fr/fr-FR.yaml", "e-mail", '"e-mail {x}"'),
        ["locales/fr/fr-FR.yaml:3:3: `mail` has {x} alone"],
    ),
    (
        "overlay with too many plural forms",
        change("fr/fr-FR.yaml", "mail: e-mail", 'list:\n    days: "{n} {n:j|js|jss}"'),
        ["locales/fr/fr-FR.yaml:4:5: `list.days`: {n:j|js|jss} needs 2 plural forms, one after each `|`"],
    ),
    (
        "a word of another country",
        change("fr/fr-FR.yaml", "strings:\n  mail: e-mail\n", "instead: {Courriel: e-mail}\n"),
        ["locales/fr/words.yaml:1:1: `mail` says “courriel”"],
    ),
    (
        "a word of another country in the locale's own text",
        change("fr/fr-FR.yaml", "  mail: e-mail\n", "  mail: Les courriels\ninstead: {courriel: e-mail}\n"),
        ["locales/fr/fr-FR.yaml:3:3: `mail` says “courriel”"],
    ),
    (
        "a word of another country among plural forms and alternatives",
        change("fr/fr-FR.yaml", "strings:", "instead: {journée: x, jours: journées, rien: zéro}\nstrings:"),
        [
            "locales/fr/words.yaml:3:3: `list.days` says “jours”",
            "locales/fr/words.yaml:4:3: `list.either` says “rien”",
        ],
    ),
    (
        "words of other countries without those of this one",
        change("fr/fr-FR.yaml", "strings:", "instead: [courriel]\nstrings:"),
        ["locales/fr/fr-FR.yaml:2:1: `instead` is not a mapping of words"],
    ),
    (
        "unknown space",
        change("fr/fr-FR.yaml", "nnbsp", "thin"),
        ["locales/fr/fr-FR.yaml:1:27: `;: thin` names no space"],
    ),
    (
        "unknown key",
        change("fr/fr-FR.yaml", "spacing:", "spaces:"),
        ["locales/fr/fr-FR.yaml:1:1: `spaces` is not a key of this file"],
    ),
    (
        "no default locale",
        change("en/locale.yaml", "en-CA", "en-AU"),
        ["locales/en/locale.yaml: the default locale `en-AU` has no file"],
    ),
    (
        "settings that lack a word",
        change("fr/locale.yaml", "first_day: 1er\n", ""),
        ["locales/fr/locale.yaml:1:1: `first_day` is missing or empty"],
    ),
    (
        "a key in two files",
        change("fr/more.yaml", "", "mail: poste\n"),
        ["locales/fr/words.yaml:1:1: the key `mail` is written twice"],
    ),
    (
        "a locale that nobody knows",
        change("fr/fr-ZZ.yaml", "", "spacing: {}\nstrings: {}\n"),
        ["locales/fr/fr-ZZ.yaml: `fr-ZZ` is not a locale that Babel knows"],
    ),
]


@pytest.mark.parametrize(("apply", "said"), [pytest.param(*rest, id=name) for name, *rest in WRONG])
def test_a_language_that_is_not_right_stops_the_build(
    folder: Path, apply: Callable[[Path], None], said: list[str]
) -> None:
    apply(folder)
    assert issues(folder) == said


def test_names_of_parameters_and_parts_of_words_are_no_words_of_another_country(folder: Path) -> None:
    change("fr/fr-FR.yaml", "strings:", "instead: {a: x, n: y, our: z}\nstrings:")(folder)
    assert load_all(folder, folder.parent)["fr"].locales["fr-FR"].strings["mail"] == "e-mail"


def test_a_word_of_another_country_is_answered_with_the_one_to_write(folder: Path) -> None:
    change("fr/fr-FR.yaml", "strings:\n  mail: e-mail\n", "instead: {rien: zéro, courriel: e-mail, jour: j}\n")(folder)
    with pytest.raises(InputError) as caught:
        load_all(folder, folder.parent)
    said = str(caught.value)
    assert "why: `fr-FR` says “e-mail” instead" in said
    assert "a text of its own under `strings` in locales/fr/fr-FR.yaml" in said


def test_a_folder_without_settings_is_no_language(folder: Path) -> None:
    (folder / "en" / "locale.yaml").unlink()
    assert issues(folder) == ["locales/en/locale.yaml: the file is missing"]


def test_all_issues_come_at_once_with_their_excerpts(folder: Path) -> None:
    change("fr/words.yaml", "courriel", '""')(folder)
    change("en/words.yaml", "{n:day|days}", "{n:daily}")(folder)
    with pytest.raises(InputError) as caught:
        load_all(folder, folder.parent)
    said = str(caught.value)
    assert '    1 | mail: ""\n' in said
    assert "{n:daily} has an unknown kind" in said
    assert said.endswith("\n\n2 errors\n")


def test_an_unknown_language_is_named_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="there is no language `xx`"):
        load("xx")


def test_a_third_language_is_data_only(tmp_path: Path) -> None:
    """Italian: a folder beside the others, here with English words, and Italian formats from CLDR."""
    shutil.copytree(LOCALES / "en", tmp_path / "locales" / "it")
    shutil.copytree(LOCALES / "fr", tmp_path / "locales" / "fr")
    italian = tmp_path / "locales" / "it"
    for file in italian.glob("en-*.yaml"):
        file.unlink()
    (italian / "it-IT.yaml").write_text("spacing: {}\nstrings: {}\n", encoding="utf-8")
    change("it/locale.yaml", "default: en-CA", "default: it-IT")(tmp_path / "locales")
    language = load_all(tmp_path / "locales", tmp_path)["it"]
    t = translator(language, currency="EUR")
    assert t.t("fact.term_value", start="2026-03-01", end="2027-02-28") == "1 marzo 2026 to 28 febbraio 2027"
    assert t.money("1234.50", "EUR") == "1.234,50\u00a0€"
    refusal = {"contract": 1, "ok": False, "errors": [{"code": "missing", "field": "on", "params": {}}]}
    sheet = present(refusal, locale_data(language, {}))
    assert (sheet["lang"], len(sheet["errors"])) == ("it-IT", 1)
