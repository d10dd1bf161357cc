"""Pages of Markdown in a terminal and in a pipe: width, marks or styles, tables, code as it is."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder import guides
from site_builder.terminal import WIDEST, columns, laid_out

TEXT = "A paragraph of **several bold words** and `some code`, long enough\nto be broken at forty columns of a page.\n"
STYLES = re.compile(r"\033\[[0-9;]*m")


def shown(text: str) -> list[str]:
    return STYLES.sub("", text).splitlines()


def test_paragraphs_are_filled_and_keep_their_marks() -> None:
    lines = laid_out(TEXT, 40, styled=False).splitlines()
    assert lines[0] == "A paragraph of **several bold words**"
    assert max(map(len, lines)) <= 40
    assert " ".join(lines) == TEXT.replace("\n", " ").strip()


def test_styles_take_the_place_of_marks_and_no_room() -> None:
    styled = laid_out(TEXT, 40, styled=True)
    assert "\033[1mseveral\033[0m \033[1mbold\033[0m" in styled and "\033[35msome code\033[0m," in styled
    assert shown(styled)[0] == "A paragraph of several bold words and"
    assert "*" not in styled and "`" not in styled


def test_a_command_is_not_broken() -> None:
    text = "Read on with `clairplan guide packs`, it says."
    assert laid_out(text, 24, styled=False) == "Read on with\n`clairplan guide packs`,\nit says.\n"
    assert "\033[35mclairplan guide packs\033[0m," in laid_out(text, 24, styled=True).splitlines()


def test_items_hang_below_their_mark() -> None:
    text = "- first item that is long enough\n  to go on\n- [ ] second\n1. third\n"
    assert (
        laid_out(text, 20, styled=False) == "- first item that is\n  long enough to go\n  on\n- [ ] second\n1. third\n"
    )
    assert shown(laid_out(text, 20, styled=True))[0] == "• first item that is"


def test_code_stays_as_it_is() -> None:
    text = "```sh\n# a comment, no heading, wider than the page\n\n| no | table |\n```\n\nafter\n"
    assert laid_out(text, 20, styled=False) == text
    assert shown(laid_out(text, 20, styled=True))[:3] == [
        "    # a comment, no heading, wider than the page", "", "    | no | table |",
    ]  # fmt: skip


def test_a_table_that_fits_stands_in_columns() -> None:
    text = "| key | meaning |\n|---|---|\n| `a` | one \\| two |\n| long | b |\n"
    assert laid_out(text, 40, styled=False).splitlines() == [
        "key   meaning", "────  ─────────", "`a`   one | two", "long  b",
    ]  # fmt: skip


def test_two_columns_that_do_not_fit_go_on_below_themselves() -> None:
    text = "| key | meaning |\n|---|---|\n| `a` | one two three four |\n| b | five |\n"
    assert laid_out(text, 16, styled=False).splitlines() == [
        "key  meaning", "───  ───────────", "`a`  one two", "     three four", "", "b    five",
    ]  # fmt: skip


def test_four_columns_that_do_not_fit_are_told_row_by_row() -> None:
    text = "| key | holds | meaning | example |\n|---|---|---|---|\n| `a` | word | one two three four | |\n"
    assert laid_out(text, 24, styled=False).splitlines() == [
        "`a`", "  holds    word", "  meaning  one two three", "           four",
    ]  # fmt: skip


FENCE = re.compile(r"^ *```.*$", re.MULTILINE)
BLOCK = re.compile(r"^ *```.*?^ *```$", re.DOTALL | re.MULTILINE)
HEAD = re.compile(r"^\|.*\n\|[-| :]+\n", re.MULTILINE)
WORD = re.compile(r"[^\W_]{2,}")


@pytest.mark.parametrize("styled", [False, True])
@pytest.mark.parametrize("name", guides.pages(guides.folder()))
def test_no_line_of_a_page_is_too_wide_and_no_word_is_lost(name: str, styled: bool) -> None:
    page = guides.text(name, "fr", guides.folder())
    said = laid_out(page, 80, styled)
    assert set(WORD.findall(FENCE.sub("", HEAD.sub("", page)))) <= set(WORD.findall(STYLES.sub("", said)))
    code = {line.strip() for block in BLOCK.findall(page) for line in block.splitlines()}
    lines = [line for line in shown(said) if line.strip() not in code and not line.startswith("#")]
    # An address or a path that no line can hold stays whole.
    assert [line for line in lines if len(line) > 80 and max(map(len, line.split())) < 30] == []


def test_a_pipe_has_the_width_of_the_terminal_or_eighty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    monkeypatch.delenv("COLUMNS", raising=False)
    assert columns(io.StringIO()) == 80
    monkeypatch.setenv("COLUMNS", "66")
    assert columns(io.StringIO()) == 66
    monkeypatch.setenv("COLUMNS", "300")
    assert columns(io.StringIO()) == WIDEST


@pytest.mark.parametrize(("wide", "environment", "styled"), [(66, {}, True), (50, {"NO_COLOR": "1"}, False)])
def test_a_terminal_gives_its_width_and_its_styles(wide: int, environment: dict[str, str], styled: bool) -> None:
    out = in_terminal(wide, environment, "guide", "publish")
    assert ("\033[" in out) is styled
    widths = [len(line) for line in shown(out) if re.match(r"[A-Z][a-z]+ ", line)]
    assert wide - 12 < max(widths) <= wide
    listed = in_terminal(wide, environment, "guide")
    titles = [*guides.groups("en", guides.folder())]
    assert [line for line in shown(listed) if line in titles] == titles
    assert "adr-0001" not in listed and any(line.startswith("adr ") for line in shown(listed))
    assert max(map(len, shown(listed))) <= wide


def in_terminal(wide: int, environment: dict[str, str], *typed: str) -> str:
    """What a terminal of so many columns gets from the command."""
    from pty import fork
    from struct import pack
    from termios import TIOCSWINSZ

    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")}
    command = [str(Path(sys.executable).with_name("clairplan")), *typed]
    script = f"""
import fcntl, os
fcntl.ioctl(1, {TIOCSWINSZ}, {pack("HHHH", 40, wide, 0, 0)!r})
os.execv({command[0]!r}, {command!r})
"""
    process, terminal = fork()
    if not process:
        os.execve(sys.executable, [sys.executable, "-c", script], kept | {"TERM": "xterm"} | environment)
    said = b""
    try:
        while piece := os.read(terminal, 65536):
            said += piece
    except OSError:  # the terminal's other end is closed
        pass
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0, said
    return said.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("name", ["plan-file", "packs"])
def test_a_reader_who_leaves_early_hears_no_complaint(name: str) -> None:
    command = [str(Path(sys.executable).with_name("clairplan")), "guide", name]
    left, right = os.pipe()
    os.close(left)
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    done = subprocess.run(command, stdout=right, stderr=subprocess.PIPE, text=True, env=kept)
    os.close(right)
    assert done.stderr == ""
