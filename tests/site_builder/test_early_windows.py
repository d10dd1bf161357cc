"""A discount that ends before the expiry, where readers meet it: page, comparison, lists, warnings, mails."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from calculator import wire
from calculator.explore import explore
from calculator.timeline import timeline
from site_builder.campaign.due import Due, NotDue, judge
from site_builder.cli import main
from site_builder.rendering import SiteInput, render_site
from tests.calculator.asking import one_plan
from tests.site_builder.small_site import PLANS, made_site
from tests.site_builder.starter_site import change, start

ON_TIME = (
    '        - {id: on_time, until_day: 0, starts: after_expiry, adjust: [{code: on_time_discount, percent: "-10"}]}\n'
)
EARLY = """\
        - {id: early, until_day: -30, starts: after_expiry, adjust: [{code: early_discount, percent: "-15"}]}
        - {id: on_time, from_day: -29, until_day: 0, starts: after_expiry}
"""
AHEAD = """\
  - id: ahead
    title: {fr: Un mois à l’avance, en: A month ahead}
    request: {plan: care/full, action: renew, on: 2026-03-01, expiry: 2026-03-31, quantity: 5}
    expect: {window: early, lines: {price: "600.00", early_discount: "-90.00"}, valid_until: 2026-03-01}
"""
THREE = """\
        - {id: early_90, until_day: -90, starts: after_expiry, adjust: [{code: early_discount, percent: "-15"}]}
        - {id: early_60, from_day: -89, until_day: -60, starts: after_expiry,
           adjust: [{code: early_discount, percent: "-7"}]}
        - {id: early_30, from_day: -59, until_day: -30, starts: after_expiry,
           adjust: [{code: early_discount, percent: "-5"}]}
        - {id: on_time, from_day: -29, until_day: 0, starts: after_expiry}
"""


@cache
def files() -> dict[str, bytes]:
    assert ON_TIME in PLANS
    return render_site(made_site(PLANS.replace(ON_TIME, EARLY) + AHEAD))


def page(name: str) -> str:
    return files()[name].decode().replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["Early renewal", "Up to 30 days before expiry", "From 29 days before expiry to the last covered day",
                "If you pay at least 30 days before expiry, ", "Early renewal discount: 15% off the price."]),
        ("fr", ["Renouvellement anticipé", "Jusqu’à 30 jours avant l’échéance",
                "De 29 jours avant l’échéance au dernier jour couvert",
                "Si vous payez au moins 30 jours avant l’échéance, ",
                "Rabais pour renouvellement anticipé : 15 % de moins sur le prix."]),
    ],
)  # fmt: skip
def test_the_page_tells_the_rule_its_days_and_its_discount(lang: str, said: list[str]) -> None:
    text = page(f"{lang}/care/index.html")
    assert [sentence for sentence in said if sentence not in text] == []
    assert 'id="rule-full.renewal.windows.early"' in text
    assert '<ol class="timeline-bands bands-even">' in text and '<rect class="bar-early"' in text
    assert "tag early" in text  # the worked example's


@cache
def several() -> SiteInput:
    """The site with three early windows."""
    return made_site(PLANS.replace(ON_TIME, THREE))


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("en", ["Early, at least 90 days ahead", "Early, from 89 to 60 days ahead", "Early, from 59 to 30 days ahead",
                "On time"]),
        ("fr", ["Par anticipation, au moins 90 jours avant l’échéance",
                "Par anticipation, de 89 à 60 jours avant l’échéance",
                "Par anticipation, de 59 à 30 jours avant l’échéance", "À temps"]),
    ],
)  # fmt: skip
def test_windows_of_one_kind_have_the_names_on_the_line_that_quotes_give_them(lang: str, names: list[str]) -> None:
    site = several()
    engine, data = site.families.engine, site.locale_data[lang]
    labels = []
    for on in ("2026-05-04", "2026-07-15", "2026-08-15", "2026-09-20"):
        request = {"plan": "care/full", "action": "renew", "on": on, "expiry": "2026-09-30", "quantity": 5}
        window: Any = wire.present(wire.quote(engine, request), data)["window"]
        badge = window["label"]
        line = timeline(engine, data, request)
        assert line
        bands: Any = line["bands"]
        assert [band["label"] for band in bands[:4]] == names
        assert [band["label"] for band in bands if band["now"]] == [badge]
        (wait, *_) = explore(engine, data, request, str)
        rows: Any = wait["rows"]
        assert rows[0]["detail"] == badge
        labels.append(badge)
    assert labels == names
    drawn = render_site(site)[f"{lang}/care/index.html"].decode()
    assert all(f"<h4>{name}</h4>" in drawn for name in names[:3])


def test_renewing_before_the_expiry_is_answered_window_by_window() -> None:
    text = page("en/rules/index.html")
    part = text[text.index('id="early"') :]
    part = part[: part.index("</section>")]
    points = [
        "Up to 30 days before expiry:",
        "Early renewal discount: −15%",
        "From 29 days before expiry to the last covered",
    ]
    places = [part.index(point) for point in points]
    assert places == sorted(places)


def test_programs_get_the_days_below_zero() -> None:
    windows = json.loads(files()["plans.json"])["families"][0]["plans"]["full"]["renewal"]["windows"]
    assert [(one["id"], one["from_day"], one["until_day"]) for one in windows][:2] == [
        ("early", None, -30), ("on_time", -29, 0),
    ]  # fmt: skip


def warned(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], windows: str) -> str:
    site = start(folder / "site")
    monkeypatch.chdir(site)
    change(site, "        - {id: on_time, until_day: 0, starts: after_expiry}\n", windows)
    assert main(["check", "--on", "2026-06-01"]) == 0
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("day", "adjust", "told"),
    [
        (-30, ", adjust: [{code: early_discount, percent: \"-10\"}]", []),
        (-30, "", ["the window `early` gives the same as `on_time`"]),
        (-400, ", adjust: [{code: early_discount, percent: \"-10\"}]",
         ["the window `early` ends before the term that it renews begins"]),
        (-30, ", adjust: [{code: early_discount, percent: \"10\"}]", ["a discount of +10 % adds to the price"]),
    ],
)  # fmt: skip
def test_early_windows_without_effect_are_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], day: int, adjust: str,
    told: list[str],
) -> None:  # fmt: skip
    windows = (
        f"        - {{id: early, until_day: {day}, starts: after_expiry{adjust}}}\n"
        f"        - {{id: on_time, from_day: {day + 1}, until_day: 0, starts: after_expiry}}\n"
    )
    said = warned(tmp_path, monkeypatch, capsys, windows)
    whats = ["gives the same as", "before the term that it renews begins", "adds to the price"]
    assert [what in said for what in whats] == [any(what in one for one in told) for what in whats]
    assert all(one in said for one in told)


def test_a_campaign_reminds_in_an_early_window_as_in_any_before_the_expiry() -> None:
    windows = [
        {"id": "early", "until_day": -30, "starts": "after_expiry"},
        {"id": "on_time", "from_day": -29, "until_day": 0, "starts": "after_expiry"},
    ]
    catalogue = one_plan({"renewal": {"windows": windows}})

    def judged(on: str) -> Due | NotDue:
        request = {"plan": "made/plan", "action": "status", "on": on, "expiry": "2026-03-31"}
        return judge(wire.quote(catalogue, request), "2026-03-31", (60, 20), 10)

    assert judged("2026-01-29") == NotDue("not due", "due from 2026-01-30")
    assert judged("2026-02-15") == Due("reminder", "reminder-60", "2026-03-31")
    assert judged("2026-03-11") == Due("reminder", "reminder-20", "2026-03-31")
    assert isinstance(judged("2026-04-01"), NotDue)
