"""A short fuzzing of what editors write, the same at each run; `python -m scripts.fuzz` goes on for longer."""

import random

import pytest

from site_builder.locales import load_all
from tests.fuzz.mutations import HOME, PLAN, hostile_markdown, mutated, try_markdown, try_page, try_plan
from tests.fuzz.sites import a_desk


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_broken_plan_file_is_answered_in_words(seed: int) -> None:
    chance, languages = random.Random(seed), load_all()
    said = [try_plan(mutated(PLAN, chance), languages) for _ in range(15)]
    assert any(said)
    assert not any("Traceback" in text for text in said)


def test_the_file_that_is_broken_is_right_before() -> None:
    assert try_plan(PLAN, load_all()) == ""
    assert try_page(HOME) == ""


def test_a_broken_page_is_answered_in_words() -> None:
    chance = random.Random(7)
    said = [try_page(mutated(HOME, chance)) for _ in range(60)]
    assert any(said)


def test_hostile_markdown_is_harmless() -> None:
    chance = random.Random(7)
    for _ in range(400):
        try_markdown(hostile_markdown(chance))
    for found in ("[a](JaVaScRiPt&#58;alert(1))", "[a](java\tscript:alert(1))", "[a](&#106;avascript&colon;alert(1))"):
        try_markdown(found)


@pytest.mark.slow
def test_a_site_with_a_broken_file_is_answered_in_words() -> None:
    chance = random.Random(3)
    with a_desk(load_all()) as desk:
        said = [desk.attempt(*broken) for broken in (desk.broken(chance) for _ in range(40))]
    assert any(said)
    assert not any("Traceback" in text for text in said)
    assert desk.accepted > desk.built > 0


def test_a_family_that_calls_itself_as_another_file_does_is_said() -> None:
    assert "is not called as its file" in try_plan(PLAN.replace("family: studio-care", "family: other", 1), load_all())
