"""The report: what is counted, what is named, and nothing that a spreadsheet or a terminal would act on."""

import csv
import io
from collections import Counter
from pathlib import Path

from site_builder.campaign.report import NAMED_AT_MOST, Progress, Report, Result


def test_a_formula_becomes_a_text_and_a_line_break_is_written_out(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    with Report(path) as report:
        report.add(Result(2, "=cmd|'/c calc'!A1", "+1", "@x", "refused", detail="a\nb\u202ec"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["contract"], row["name"], row["email"]) == ("'=cmd|'/c calc'!A1", "'+1", "'@x")
    assert row["detail"] == "a\\nb\\u202ec"


def test_rows_to_act_on_are_named_and_all_are_counted() -> None:
    with Report(None) as report:
        for line in range(NAMED_AT_MOST + 5):
            report.add(Result(line, f"C-{line}\x1b[2J", "", "", "refused", detail="why"))
        report.add(Result(99, "C", "", "", "sent"))
    lines = report.lines()
    assert lines[0] == "line 0: C-0\\x1b[2J: refused: why"
    assert lines[NAMED_AT_MOST] == "… and 5 more; --report FILE lists them all"
    assert [line.split() for line in lines[-3:]] == [["25", "refused"], ["1", "sent"], ["26", "in", "all"]]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_a_bar_on_a_terminal_and_a_few_lines_elsewhere() -> None:
    bar, log, short = Terminal(), io.StringIO(), io.StringIO()
    for stream, total in ((bar, 1000), (log, 1000), (short, 10)):
        progress = Progress(total, stream)
        for done in range(total):
            progress.step(Counter(sent=done + 1))
        progress.close()
    assert "[##############################] 1000/1000  1000 sent" in bar.getvalue()
    assert log.getvalue().splitlines()[-1] == "1000/1000 rows; 1000 sent"
    assert len(log.getvalue().splitlines()) == 10
    assert short.getvalue() == ""
