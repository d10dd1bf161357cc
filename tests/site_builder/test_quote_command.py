"""`clairplan quote`: what those who write JSON are told beside the words that a form's readers know."""

import json
from pathlib import Path
from typing import Any

import pytest

from site_builder.cli import main
from tests.site_builder.starter_site import FAMILY, start

OPTION = "    unit: seat\n    options: {night: {label: {fr: Nuit, en: Night}, type: boolean, actions: [buy]}}\n"
ASKED = {"plan": "studio-care/complete", "action": "buy", "on": "2026-06-01"}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new site, one of whose plans has a box to tick."""
    site = start(tmp_path / "site")
    text = (site / FAMILY).read_text("utf-8")
    head, plan, rest = text.partition("  complete:\n")
    (site / FAMILY).write_text(head + plan + rest.replace("    unit: seat\n", OPTION, 1), "utf-8")
    monkeypatch.chdir(site)
    return site


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"action": "purchase"}, 'action: write one of "buy", "renew", "add", "status"'),
        ({"options": {"night": "yes"}}, "options.night: write true or false, without quotation marks"),
        ({"options": {"nights": True}}, "options.nights: did you mean `night`?"),
        ({"options": {"gold": True}}, "options.gold: leave it out; what is asked there: `night`"),
        (
            {"action": "renew", "expiry": "2026-06-30", "options": {"night": True}},
            "options.night: leave it out; it is asked for `buy`",
        ),
        ({"on": "06/01/2026"}, "on: write `2026-01-06`, or `2026-06-01` if the month stands first"),
        ({"quantity": "40"}, "quantity: it is text in quotation marks: write 40 without them"),
        ({"plan": "studio-care/compleat"}, "plan: did you mean `studio-care/complete`?"),
        ({"region": "ca-qc"}, "region: did you mean `CA-QC`?"),
        ({"region": "Québec"}, 'region: write "CA-QC"'),
        ({"region": "nova scotia"}, 'region: write "CA-NS"'),
        ({"region": "scotia"}, 'region: write "CA-NS"'),
        ({"region": "Nouvelle-Ecosse"}, 'region: write "CA-NS"'),
        (
            {"plan": "studio-care/essential", "options": {"gold": True}},
            "options.gold: leave it out",
        ),
    ],
)
def test_a_refusal_names_what_json_takes(
    site: Path, capsys: pytest.CaptureFixture[str], changed: dict[str, Any], line: str
) -> None:
    (site / "ask.json").write_text(json.dumps(ASKED | changed))
    assert main(["quote", "ask.json"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert f"  {line}" in said
    assert said[0].startswith(f"- {line.partition(':')[0]} – ")


def test_a_quote_and_a_refusal_of_another_kind_have_no_more_lines(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changes: list[dict[str, Any]] = [
        {}, {"on": "soon"}, {"on": 20260601}, {"options": []}, {"quantity": 4.5}, {"quantity": "many"},
    ]  # fmt: skip
    for changed in changes:
        (site / "ask.json").write_text(json.dumps(ASKED | changed))
        assert main(["quote", "ask.json"]) == (1 if changed else 0)
        said = capsys.readouterr().out
        assert "write" not in said and not [line for line in said.splitlines() if line.startswith(tuple(
            f"  {field}: " for field in changed
        ))]  # fmt: skip


def test_a_region_is_likened_to_none_that_the_site_does_not_have(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "ask.json").write_text(json.dumps(ASKED | {"region": "ZZ-ZZ"}))
    assert main(["quote", "ask.json", "--lang", "fr"]) == 1
    said, _, codes = capsys.readouterr().out.partition("  region: ")
    assert "CA-QC" not in said
    assert codes.startswith("write one of `AD`")


def test_a_made_up_name_moves_no_cursor(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "ask.json").write_text(json.dumps(ASKED | {"options": {"\x1b[2J": True}}))
    assert main(["quote", "ask.json"]) == 1
    assert "options.\\u001b[2J: leave it out; what is asked there: `night`" in capsys.readouterr().out


def test_the_help_shows_a_request(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["quote", "--help"])
    shown = capsys.readouterr().out
    request = json.loads(next(line for line in shown.splitlines() if "FAMILY/PLAN" in line).partition(":")[2])
    assert set(request) == {"plan", "action", "on", "expiry", "quantity"}


@pytest.mark.parametrize("changed", [{}, {"quantity": 0}])
def test_a_family_is_not_worded_in_a_language_that_it_does_not_speak(
    site: Path, capsys: pytest.CaptureFixture[str], changed: dict[str, Any]
) -> None:
    (site / "ask.json").write_text(json.dumps(ASKED | changed))
    assert main(["quote", "ask.json", "--lang", "it"]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "`studio-care` has no words in `it`: write --lang fr or --lang en\n")
    assert main(["quote", "ask.json", "--lang", "fr"]) == (1 if changed else 0)
    assert main(["quote", "ask.json", "--lang", "it", "--json"]) == (1 if changed else 0)


def test_a_plan_that_there_is_not_is_refused_in_any_language(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "ask.json").write_text(json.dumps(ASKED | {"plan": "other/plan"}))
    assert main(["quote", "ask.json", "--lang", "it"]) == 1
    assert "other/plan" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{plan: "a/b"}', 'request.json:1:2: this is not JSON: a name belongs here, in double quotation marks: "plan"'),
        ('{"on": 2026-06-01}', "request.json:1:12: this is not JSON: a comma, or the end of the request, is missing"),
        ('{"on": juin}', "request.json:1:8: this is not JSON: a value belongs here; texts and days stand in double"),
        ('{"on" "2026-06-01"}', "request.json:1:7: this is not JSON: a colon is missing"),
        ('{"on": "2026-06-01}', "request.json:1:8: this is not JSON: a quotation mark is opened here"),
        ('{"on": "2026-06-01",}', "request.json:1:20: this is not JSON: remove this comma"),
        ('{"on": "2026-06-01"}}', "request.json:1:21: this is not JSON: the request has ended before this"),
    ],
)
def test_what_is_not_json_is_told_in_plain_words(
    site: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    (site / "request.json").write_text(text)
    assert main(["quote", "request.json"]) == 2
    assert capsys.readouterr().err.startswith(said)


@pytest.mark.parametrize(("typed", "meant"), [("chek", "check"), ("biuld", "build"), ("quotes", "quote")])
def test_a_command_that_was_nearly_typed_is_named(capsys: pytest.CaptureFixture[str], typed: str, meant: str) -> None:
    assert main([typed, "plans"]) == 2
    assert capsys.readouterr().err == f"there is no command `{typed}`: did you mean `clairplan {meant}`?\n"
