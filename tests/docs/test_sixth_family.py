"""A family that was written from scratch, in YAML alone, by following the guide: it loads, computes and speaks."""

import shutil
from pathlib import Path

from site_builder.locales import load_all
from site_builder.plans import load_families, run_examples
from site_builder.rules import rules_of, unworded
from tests.docs.schemas import as_editor, plan_file, refusals

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def test_the_family_of_the_newcomer(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "plans" / "regions", tmp_path / "plans" / "regions")
    shutil.copy(HERE / "marinor.yaml", tmp_path / "plans")
    families = load_families(tmp_path / "plans", ("fr", "en"))
    assert len(run_examples(families)["marinor"]) == 8

    file = families.files["marinor"]
    assert file.family
    for language in load_all().values():
        assert unworded(file.family, file.words, language) == []
        told = {rule.clause: f"{rule.title} {rule.text}" for rule in rules_of(file.family, file.words, language)}
        assert set(told) == families.clauses["marinor"]
        assert "90" in told["harbour.renewal.windows.late_season"]


def test_an_editor_finds_nothing_wrong_with_it() -> None:
    assert refusals(plan_file(), as_editor((HERE / "marinor.yaml").read_text("utf-8"))) == []
