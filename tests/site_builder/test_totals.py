"""Totals say whether taxes are in them: by VAT where there is VAT, and wherever a country says so."""

import json
from pathlib import Path

import pytest

from site_builder.cli import main
from tests.site_builder.starter_site import change, start

OWN = "country: CA\nlocales: {fr: fr-CA, en: en-CA}"
FRANCE = "country: FR\nlocales: {fr: fr-FR, en: en-GB}"
ASKED = {"plan": "studio-care/complete", "action": "buy", "on": "2026-06-01", "quantity": 4}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return start(tmp_path)


@pytest.mark.parametrize(
    ("locales", "lang", "region", "labels"),
    [
        (FRANCE, "en", "FR", ["Total excl. VAT", "VAT (20%)", "Total incl. VAT"]),
        (FRANCE, "fr", "FR", ["Total HT", "TVA (20 %)", "Total TTC"]),
        (FRANCE, "en", "CA-AB", ["Total excl. tax", "GST (5%)", "Total incl. tax"]),
        (FRANCE, "en", "US-VA", ["Total excl. tax"]),
        (OWN, "en", "FR", ["Total excl. VAT", "VAT (20%)", "Total incl. VAT"]),
        (OWN, "en", "CA-QC", ["Subtotal", "GST (5%)", "QST (9.975%)", "Total"]),
        (OWN, "fr", "CA-AB", ["Sous-total", "TPS (5 %)", "Total"]),
        (OWN, "en", "US-VA", ["Total, taxes not included"]),
    ],
)
def test_totals(
    locales: str, lang: str, region: str, labels: list[str], site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(site, OWN, locales)
    (site / "ask.json").write_text(json.dumps(ASKED | {"region": region}))
    assert main(["quote", "ask.json", "--lang", lang]) == 0
    rows = capsys.readouterr().out.replace("\u00a0", " ").replace("\u202f", " ").splitlines()
    found = [row for row in rows if row.startswith(("Total", "Subtotal", "Sous-total", *labels[1:-1]))]
    assert [row[: len(label)] for row, label in zip(found, labels, strict=True)] == labels
    assert all(row[len(label)] == " " for row, label in zip(found, labels, strict=True))
