"""What `clairplan check` says of settings, pages and plan files that do not go together, and what then helps."""

import json
import re
from pathlib import Path
from typing import Any

import yaml

from site_builder.errors import InputError, Issue
from site_builder.reading import read_sources
from tests.site_builder.starter_site import FAMILY, change

SETTINGS = "content/site.yaml"


def issues(site: Path) -> tuple[Issue, ...]:
    try:
        read_sources(Path("plans"), Path("content"))
    except InputError as error:
        return error.issues
    return ()


def test_a_language_that_the_program_does_not_speak_is_said_alone(site: Path) -> None:
    change(site, "languages: [fr, en]", "languages: [fr, en, es]", SETTINGS)
    (issue,) = issues(site)
    assert issue.what == "the language `es` has no texts"
    assert issue.why.endswith("has them in `en`, `fr`, `it`")
    assert issue.fix.startswith("leave it out; ")
    assert "clairplan guide add-a-language" in issue.fix


def test_words_for_a_unit_go_where_its_neighbours_are(site: Path) -> None:
    change(site, "unit: seat", "unit: truck")
    template = "truck: {fr: {one: …, other: …}, en: {one: …, other: …}}"
    line = (site / FAMILY).read_text("utf-8").split("\n").index("units:") + 1
    issue = issues(site)[0]
    assert issue.fix.endswith(f"or its words below `units` (line {line}): `{template}`")
    change(site, "\nunits:\n", f"\nunits:\n  {template.replace('…', 'truck')}\n")
    assert not [one for one in issues(site) if "truck" in one.what]


def test_words_for_a_unit_bring_their_key_where_there_is_none(site: Path) -> None:
    text = (site / FAMILY).read_text("utf-8")
    own = text[text.index("\nunits:\n") :].partition("\n\n")[0]
    (site / FAMILY).write_text(text.replace(own, "").replace("unit: seat", "unit: truck"), "utf-8")
    fix = issues(site)[0].fix
    template = "units: {truck: {fr: {one: …, other: …}, en: {one: …, other: …}}}"
    assert fix.endswith(f"or its words in this file: `{template}`")
    change(site, "\nplans:\n", f"\n{template.replace('…', 'truck')}\nplans:\n")
    assert not issues(site)


def test_an_example_of_a_family_without_the_page_s_language_is_told_from_none(site: Path) -> None:
    family = yaml.load((site / FAMILY).read_text("utf-8"), yaml.BaseLoader)
    (site / FAMILY).write_text(without_french(family), "utf-8")
    (issue,) = issues(site)
    assert issue.place.file == "content/fr/home.md"
    assert issue.what == "the example `studio-care/complete-ten-days-late` is not in the language of this page"
    assert issue.why == "its family is in `en` alone, as its `locales` say"
    assert issue.fix == "leave it out, or give the family this language"


def without_french(value: Any) -> str:
    """The value as YAML in one line, without what is in French."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {without_french(held)}' for key, held in value.items() if key != 'fr')}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(without_french, value))}]"
    return value if re.fullmatch(r"-?[0-9]+|[a-z_]+", value) else json.dumps(value, ensure_ascii=False)
