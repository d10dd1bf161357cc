"""What a tax is called in each language: in its region's file, and then wherever taxes are named."""

import json
from pathlib import Path

import pytest

from site_builder.cli import main
from site_builder.errors import InputError
from tests.site_builder.starter_site import build, change, start

CANADA = "plans/regions/canada.yaml"
GST = "- {code: GST, rates:"
NAMED = '- {code: GST, name: {fr: "TPS fédérale", en: "Federal GST"}, rates:'
ASKED = {"plan": "studio-care/complete", "action": "buy", "on": "2026-06-01", "quantity": 4, "region": "CA-QC"}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return start(tmp_path)


def page(site: Path, lang: str) -> str:
    return (site / "public" / lang / "studio-care/index.html").read_text("utf-8").replace("\u00a0", " ")


def test_a_tax_is_called_by_its_name_on_pages_and_in_the_calculator(site: Path) -> None:
    build(site)
    assert "Federal GST" not in page(site, "en")
    change(site, GST, NAMED, CANADA)
    build(site)
    assert "Federal GST" in page(site, "en") and "TPS fédérale" in page(site, "fr")
    told = (site / "public/assets/calculator/manifest.json").read_text("utf-8")
    assert '"tax.GST":"Federal GST"' in told and '"tax.GST":"TPS fédérale"' in told
    assert '"name"' not in (site / "public/assets/calculator/engine.js").read_text("utf-8")


def test_a_quote_says_it_in_the_reader_s_language(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(site, GST, '- {code: sales, name: {fr: "Taxe de vente", en: "Sales tax"}, rates:', CANADA)
    text = (site / CANADA).read_text("utf-8")
    (site / CANADA).write_text(text.replace(GST, "- {code: sales, rates:"), "utf-8")
    (site / "ask.json").write_text(json.dumps(ASKED))
    said = {}
    for lang in ("en", "fr"):
        assert main(["quote", "ask.json", "--lang", lang]) == 0
        said[lang] = capsys.readouterr().out
    assert "Sales tax (5%)" in said["en"] and "Taxe de vente (5" in said["fr"]
    main(["check"])
    assert "would be shown as" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("{fr: TPS}", "the name of the tax `GST` is missing in `en`"),
        ("{fr: TPS, en: ''}", "the name of the tax `GST`"),
        ("GST", "the name of the tax `GST`"),
    ],
)
def test_a_name_is_in_every_language_of_the_plans(name: str, what: str, site: Path) -> None:
    change(site, GST, f"- {{code: GST, name: {name}, rates:", CANADA)
    with pytest.raises(InputError) as caught:
        build(site)
    assert f"{CANADA}:14:" in str(caught.value) and what in str(caught.value)


def test_a_language_that_the_site_may_learn_is_welcome(site: Path) -> None:
    change(site, GST, "- {code: GST, name: {fr: TPS, en: GST, it: GST}, rates:", CANADA)
    build(site)


def test_a_code_has_one_name(site: Path) -> None:
    text = (site / CANADA).read_text("utf-8")
    (site / CANADA).write_text(
        text.replace(GST, NAMED, 1).replace(GST, "- {code: GST, name: {fr: A, en: B}, rates:", 1)
    )
    with pytest.raises(InputError) as caught:
        build(site)
    said = str(caught.value)
    assert "the tax `GST` has another name at plans/regions/canada.yaml:14:" in said
    assert "give one of the two taxes a code of its own" in said
