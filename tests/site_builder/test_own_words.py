"""A site's own words: strict, laid over all that is said, and never stale."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from site_builder import cli
from site_builder.caching import Memory, Store
from site_builder.errors import InputError
from site_builder.locales import as_yaml, in_own_words, kept_in_own_words, load_all, own_words, translator
from site_builder.locales.regional import HEARD
from tests.site_builder.starter_site import build, files, start

ROOT = Path(__file__).parents[2]
LANGUAGES = load_all()


def write(folder: Path, text: str, name: str = "fr.yaml") -> None:
    (folder / "content" / "words").mkdir(parents=True, exist_ok=True)
    (folder / "content" / "words" / name).write_text(text, "utf-8")


def spoken(folder: Path) -> Any:
    return in_own_words(LANGUAGES, own_words(LANGUAGES, folder / "content", folder))


def refused(folder: Path, text: str, name: str = "fr.yaml") -> str:
    write(folder, text, name)
    with pytest.raises(InputError) as caught:
        own_words(LANGUAGES, folder / "content", folder)
    return str(caught.value)


def test_a_site_without_words_of_its_own_speaks_as_the_program_does(tmp_path: Path) -> None:
    assert spoken(tmp_path) is LANGUAGES


def test_an_empty_file_says_nothing_and_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a shell leaves it that is about to write into it what `clairplan words` says."""
    for empty in ("", "\n", "# later\n"):
        write(tmp_path, empty)
        assert spoken(tmp_path)["fr"].texts == LANGUAGES["fr"].texts
    site = start(tmp_path / "site")
    write(site, "")
    monkeypatch.chdir(site)
    assert cli.main(["words", "fr", "--having", "forfait"]) == 0
    assert cli.main(["check"]) == 0


def test_a_word_is_said_everywhere_with_the_spaces_of_each_country(tmp_path: Path) -> None:
    write(tmp_path, 'ui: {form: {plan: "Quel contrat ?"}}\nunit: {plan: "{n:contrat|contrats}"}\n')
    french = spoken(tmp_path)["fr"]
    assert translator(french, "fr-FR").t("ui.form.plan") == "Quel contrat\u202f?"
    assert translator(french, "fr-CA").t("ui.form.plan") == "Quel contrat?"
    assert [translator(french, tag).t("unit.plan", n=2) for tag in french.locales] == ["contrats"] * 2
    assert spoken(tmp_path)["en"] is LANGUAGES["en"]


def test_a_vendors_word_wins_over_a_countrys_and_its_own_variant_over_that(tmp_path: Path) -> None:
    write(tmp_path, "total: {subtotal: Somme}\nline: {discount: Ristourne}\n")
    write(tmp_path, "line: {discount: Escompte}\n", "fr-CA.yaml")
    canada, france = (spoken(tmp_path)["fr"].locales[tag].strings for tag in ("fr-CA", "fr-FR"))
    assert LANGUAGES["fr"].locales["fr-FR"].strings["total.subtotal"] == "Total HT"
    assert (canada["total.subtotal"], france["total.subtotal"]) == ("Somme", "Somme")
    assert (canada["line.discount"], france["line.discount"]) == ("Escompte", "Ristourne")


WRONG = [
    ("unit: {plam: x}", "fr.yaml", "content/words/fr.yaml:1:8: `unit.plam` is not the key of a text",
     "fix: did you mean `unit.plan`?"),
    ("unit: contrat", "fr.yaml", "content/words/fr.yaml:1:1: `unit` is not the key of a text",
     "fix: write one of its texts below it: `unit."),
    ("strings: {unit: {plan: x}}", "fr.yaml", "fr.yaml:1:18: `strings.unit.plan` is not the key of a text",
     "fix: write `unit.plan`, without `strings`"),
    ("window: {new: {label: [[x]]}}", "fr.yaml", "fr.yaml:1:16: `window.new.label` has no text",
     "why: it would be said in the place of the program's text"),
    ("window:\n  new:\n    label:", "fr.yaml", "fr.yaml:3:5: `window.new.label` has no text",
     "fix: the text, or a list"),
    ('title:\n  buy: "Achat"', "fr.yaml", "fr.yaml:2:3: `title.buy` lacks {plan}",
     "why: the program says “Achat : {plan}”"),
    ('title:\n  buy: "{plan}, {days}"', "fr.yaml", "fr.yaml:2:3: `title.buy` has {days} alone",
     "fix: take `{days}` out"),
    ('unit: {plan: "{n:contrat}"}', "fr.yaml", "{n:contrat} has an unknown kind", "fix: {name}, {name:kind}"),
    ('unit: {plan: "{n:un|deux|trois}"}', "fr.yaml", "{n:un|deux|trois} needs 2 plural forms", ""),
    ('unit: {plan: "{n} {n:contrat|contrats"}', "fr.yaml", "a brace outside a placeholder", ""),
    ('entitlement: {support_time: ["{minutes} de {carried}"]}', "fr.yaml",
     "`entitlement.support_time` has other alternatives than the program's text",
     "fix: a list of 3 texts, with the same placeholders in each"),
    ("ui: {campaign: {column: {plan: [contrat]}}}", "fr.yaml",
     "`ui.campaign.column.plan` and `ui.campaign.column.contract` both hold “contrat”",
     "fix: take it out of one of them"),
    ("- contrat", "fr.yaml", "fr.yaml:1:1: the file is not a mapping of texts", "`clairplan words fr` writes them all"),
    ("unit: {plan: x}", "fr.yml", "content/words/fr.yml: this file would not be read", "rename it to `fr.yaml`"),
    ("unit: {plan: x}", "fr-CB.yaml", "there is no language and no locale `fr-CB`", "fix: did you mean `fr-CA`?"),
    ("unit: {plan: x", "fr.yaml", "content/words/fr.yaml:1:15: `}` is missing at the end of this line", "fix: add `}`"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "what", "advice"), WRONG, ids=[what for *_, what, _ in WRONG])
def test_what_nobody_could_say_is_refused_with_its_place(
    text: str, name: str, what: str, advice: str, tmp_path: Path
) -> None:
    said = refused(tmp_path, f"{text}\n", name)
    assert what in said
    assert advice in said
    assert said.endswith("\n\n1 error\n")


@pytest.mark.parametrize(
    ("slug", "what", "advice"),
    [
        ("Règles comparées", "`ui.across.slug` cannot be a part of an address", "`regles-comparees`"),
        ("regles/prix", "`ui.across.slug` cannot be a part of an address", "`regles-prix`"),
        ("[regles]", "`ui.across.slug` cannot be a part of an address", "small letters, digits and hyphens"),
        ("offline", "no page of all plans is called `offline`", "another word"),
        ("docs", "no page of all plans is called `docs`", "another word"),
        ("changements", "two pages have one address", "another word"),
    ],
)
def test_a_word_that_ends_an_address_can_stand_in_one(slug: str, what: str, advice: str, tmp_path: Path) -> None:
    said = refused(tmp_path, f"ui: {{across: {{slug: {slug}}}}}\n")
    assert said.startswith("content/words/fr.yaml:1:") and what in said and advice in said
    write(tmp_path, "ui: {across: {slug: prix-compares}}\n")
    assert spoken(tmp_path)["fr"].texts["ui.across.slug"] == "prix-compares"


def test_two_files_make_no_two_pages_of_one_address(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    site = start(tmp_path)
    write(site, "ui: {across: {slug: prix}}\n")
    write(site, "ui: {changes: {slug: prix}}\n", "fr-CA.yaml")
    with pytest.raises(InputError) as caught:
        build(site)
    said = str(caught.value)
    assert said.startswith("content/words/fr-CA.yaml:1:16: two pages have one address\n") and "\n1 error\n" in said
    assert "`/fr/prix/` is the page of all families’ rules (content/words/fr.yaml:1:15)" in said


def test_a_mistake_is_said_with_all_others_and_the_site_before_stays(tmp_path: Path) -> None:
    site = start(tmp_path / "site")
    build(site)
    before = files(site / "public")
    write(site, "unit: {plam: x}\n")
    home = site / "content/fr/home.md"
    home.write_text(home.read_text("utf-8").replace("heading:", "haeding:"), "utf-8")
    with pytest.raises(InputError) as caught:
        build(site)
    assert "`unit.plam` is not the key of a text" in str(caught.value)
    assert "`haeding` is not known here" in str(caught.value)
    assert files(site / "public") == before


@pytest.mark.parametrize("tag", ["fr", "fr-FR", "fr-CA", "en", "en-US", "it"])
def test_what_the_command_prints_says_the_same_when_it_is_pasted(tag: str, tmp_path: Path) -> None:
    lang = tag.partition("-")[0]
    write(tmp_path, as_yaml(LANGUAGES[lang], tag), f"{tag}.yaml")
    language, again = LANGUAGES[lang], spoken(tmp_path)[lang]
    assert again.texts == language.texts
    where = tag if tag != lang else language.default
    own = language.locales[where].strings
    assert {key: text for key, text in again.locales[where].strings.items() if own[key] != text} == (
        {} if tag != lang else {key: again.locales[where].strings[key] for key in language.locales[where].said}
    )


def test_texts_with_a_word_are_found_in_every_form_and_with_what_countries_say(tmp_path: Path) -> None:
    text = as_yaml(LANGUAGES["fr"], "fr", "FORFAIT")
    assert '  plan: "{n:forfait|forfaits}"\n' in text
    assert "  # fr-FR: Ce forfait est réservé" in text
    assert "column" not in text  # what lists may call a column is heard, not said
    assert any(key.startswith(HEARD) for key in LANGUAGES["fr"].texts)
    write(tmp_path, text.replace("forfait", "contrat").replace("Forfait", "Contrat"))
    assert as_yaml(spoken(tmp_path)["fr"], "fr", "forfait") == ""
    assert "forfait" not in as_yaml(spoken(tmp_path)["fr"], "fr-FR", "forfait")
    assert as_yaml(LANGUAGES["fr"], "fr", "orfait") == ""  # no word begins so


def test_the_command_prints_where_the_words_belong(tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["words", "fr-FR", "--having", "réservé"]) == 0
    assert capsys.readouterr().out == (
        "# content/words/fr-FR.yaml\nnote:\n  customers_only: Ce forfait est réservé à nos clients. Un achat en ligne"
        " qui ne remplit pas cette condition est annulé.\n"
    )
    assert cli.main(["words", "fr", "--having", "forfaix"]) == 0
    assert capsys.readouterr() == ("", "No text of `fr` has a word that begins with “forfaix”.\n")
    assert cli.main(["words", "fr-CB"]) == 2
    assert capsys.readouterr().err == "there is no language `fr-CB`: did you mean `fr-CA`?\n"


CHANGES = (
    ("fr.yaml", "ui: {family: {compare: Voir tous les contrats}}\nunit: {seat: '{n:place|places}'}\n"),
    ("fr.yaml", "ui: {family: {compare: Comparer nos contrats}}\n"),
    ("fr-CA.yaml", "window: {on_time: {label: Dans les temps}}\n"),
    ("en.yaml", "total: {total_untaxed: Net total}\n"),
    ("fr.yaml", ""),
)


@pytest.mark.parametrize("kind", [Store, Memory])
def test_what_changes_in_a_file_of_words_is_built_and_nothing_stale_remains(kind: type[Store], tmp_path: Path) -> None:
    """After each change, also when a file goes, the kept site has the bytes of a fresh one; in a preview too."""
    site, store = start(tmp_path / "site"), kind(tmp_path / "cache")
    build(site, cache=store)
    plain = seen = files(site / "public")
    for number, (name, text) in enumerate(CHANGES):
        write(site, text, name)
        if not text:
            shutil.rmtree(site / "content/words")
        if isinstance(store, Memory):
            store.turn()
        build(site, cache=store)
        build(site, tmp_path / "fresh", tmp_path / f"cache-{number}")
        now = files(site / "public")
        assert now == files(tmp_path / "fresh")
        assert now != seen
        seen = now
    assert seen == plain


def test_words_reach_pages_and_the_calculator(tmp_path: Path) -> None:
    site = start(tmp_path / "site")
    write(site, CHANGES[0][1])
    build(site)
    assert "Voir tous les contrats" in (site / "public/fr/studio-care/index.html").read_text("utf-8")
    assert "{n:place|places}" in (site / "public/assets/calculator/manifest.json").read_text("utf-8")


def test_words_reach_quotes_and_mails(tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    site = start(tmp_path / "site")
    write(site, "window: {on_time: {label: Dans les temps}}\n")
    monkeypatch.chdir(site)
    request = '{"plan": "studio-care/complete", "action": "renew", "on": "2026-03-01", "expiry": "2026-03-31"}'
    Path("request.json").write_text(request)
    assert cli.main(["quote", "request.json", "--lang", "fr"]) == 0
    assert "Dans les temps" in capsys.readouterr().out
    assert cli.main(["email", "request.json", "--lang", "fr", "--out", "draft.eml"]) == 0
    assert "Dans les temps" in Path("draft.eml").read_text("ascii")
    Path("list.csv").write_text("contract,email,plan,expiry\nA-1,ann@example.org,studio-care/complete,2026-03-31\n")
    given = ["campaign", "list.csv", "--on", "2026-03-01", "--lang", "fr", "--out", "mails"]
    assert cli.main([*given, "--from", "us@example.org"]) == 0
    assert "Dans les temps" in next(Path("mails").glob("*.eml")).read_text("ascii")


def test_what_was_kept_is_the_same_object_until_a_file_changes(tmp_path: Path) -> None:
    """Texts that were told once are looked up by their locale."""
    memory = Memory(tmp_path / "cache")
    memory.folder.mkdir()
    write(tmp_path, "line: {discount: Ristourne}\n")

    def kept(store: Store) -> Any:
        return kept_in_own_words(store, "key", LANGUAGES, tmp_path / "content", tmp_path)

    first = kept(memory)
    memory.turn()
    assert kept(memory) is first
    write(tmp_path, "line: {discount: Remise}\n")
    assert kept(memory)["fr"].texts["line.discount"] == "Remise"
    assert kept(Store(tmp_path / "cache"))["fr"].texts["line.discount"] == "Remise"


def test_what_a_system_or_an_editor_leaves_is_no_file_of_words(tmp_path: Path) -> None:
    write(tmp_path, "nonsense", ".fr.yaml")
    (tmp_path / "content/words/en.yaml").mkdir()
    assert spoken(tmp_path) is LANGUAGES


def test_words_that_cannot_be_read_are_told_and_those_of_a_check_are_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    write(tmp_path, "unit_one: {plan: contrat}\n")
    store = Store(tmp_path / ".cache")
    given: Any = (store, "key", LANGUAGES, tmp_path / "content", tmp_path)
    assert kept_in_own_words(*given)["fr"].texts["unit_one.plan"] == "contrat"
    assert not store.folder.exists()
    monkeypatch.setattr(Path, "read_bytes", unreadable)
    with pytest.raises(InputError, match="cannot be read"):
        kept_in_own_words(*given)
