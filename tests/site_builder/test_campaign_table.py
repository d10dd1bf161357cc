"""Lists as spreadsheets write them: every kind of row and cell comes out as it was meant, in little memory."""

import csv
import importlib.util
import io
import sys
import tracemalloc
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.campaign.table import MAX_CELL, Row, Table, _Reader, open_table
from site_builder.errors import InputError


def table(tmp_path: Path, raw: bytes, name: str = "list.csv") -> Table:
    path = tmp_path / name
    path.write_bytes(raw)
    return open_table(path)


def cells(found: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in found]


@pytest.mark.parametrize(
    "raw",
    [
        "nom;ville\r\nÉlodie;Québec\r\n".encode("cp1252"),
        "nom;ville\r\nÉlodie;Québec\r\n".encode(),
        "nom,ville\nÉlodie,Québec".encode("utf-8-sig"),
        "nom\tville\nÉlodie\tQuébec\n".encode("utf-16"),
        'nom;ville\r"Élodie";"Québec"\r'.encode("cp1252"),
        "\n\nnom;ville\n\n\nÉlodie;Québec\n\n".encode(),
    ],
)
def test_every_common_kind_of_list_is_read(tmp_path: Path, raw: bytes) -> None:
    found = table(tmp_path, raw)
    assert found.header == ("nom", "ville")
    assert found.rows == 1
    assert cells(found) == [("Élodie", "Québec")]


def test_quoted_cells_keep_marks_line_breaks_and_quotation_marks(tmp_path: Path) -> None:
    found = table(tmp_path, b'a;b\n"x;y";"one\r\ntwo"\n"say ""hi""";""\nit"s;"""q"""\n')
    assert list(found) == [
        Row(2, ("x;y", "one\ntwo")), Row(4, ('say "hi"', "")), Row(5, ('it"s', '"q"')),
    ]  # fmt: skip


def test_a_row_knows_the_line_on_which_it_begins(tmp_path: Path) -> None:
    found = table(tmp_path, b'a,b\n"1\n2\n3",x\n\n4,y\n')
    assert [row.line for row in found] == [2, 6]


def test_a_quotation_mark_that_is_never_closed_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        table(tmp_path, b'a,b\n1,2\n3,"4\n5,6\n')
    assert "list.csv:3:1: a quotation mark is opened here and never closed" in str(raised.value)


def test_an_empty_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the list is empty"):
        table(tmp_path, b"")


def test_a_cell_of_ten_megabytes_is_cut_as_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b'a,b\n1,"' + b"x" * 10_000_000 + b'"\n2,y\n')
    tracemalloc.start()
    found = list(open_table(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [(row.cells[0], len(row.cells[1]), row.cut) for row in found] == [
        ("1", MAX_CELL, frozenset({1})), ("2", 1, frozenset()),
    ]  # fmt: skip
    assert peak < 3_000_000


@settings(deadline=None, derandomize=True, database=None, max_examples=60)
@given(st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=8), min_size=2, max_size=3), min_size=1))
def test_what_pythons_writer_writes_is_read_back(rows: list[list[str]]) -> None:
    rows = [row for row in rows if any(row)]
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    text.seek(0)
    expected = [tuple(cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row) for row in rows]
    assert [row.cells for row in _Reader(text, ",").rows()] == expected


def fake_parquet(monkeypatch: pytest.MonkeyPatch, columns: dict[str, list[Any]]) -> None:
    """As much of pyarrow as is used; the real one is used where it is installed."""
    batch = SimpleNamespace(
        columns=[SimpleNamespace(to_pylist=lambda values=values: values) for values in columns.values()]
    )
    file = SimpleNamespace(
        schema_arrow=SimpleNamespace(names=[*columns]),
        metadata=SimpleNamespace(num_rows=len(next(iter(columns.values())))),
        iter_batches=lambda batch_size: iter([batch]),
    )
    package, parquet = ModuleType("pyarrow"), ModuleType("pyarrow.parquet")
    vars(parquet)["ParquetFile"] = lambda path: file
    vars(package).update(parquet=parquet, lib=SimpleNamespace(ArrowException=ValueError))
    monkeypatch.setitem(sys.modules, "pyarrow", package)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", parquet)


def test_parquet_gives_the_same_rows_as_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date

    fake_parquet(
        monkeypatch,
        {
            "contract": ["C-1", None],
            "expiry": [date(2026, 3, 31)] * 2,
            "exempt": [True, False],
            "serials": [["A", "B"], 7.0],
        },
    )
    found = open_table(tmp_path / "list.parquet")
    assert found.header == ("contract", "expiry", "exempt", "serials")
    assert found.rows == 2
    assert list(found) == [Row(2, ("C-1", "2026-03-31", "yes", "A B")), Row(3, ("", "2026-03-31", "no", "7"))]


@pytest.mark.skipif(importlib.util.find_spec("pyarrow") is None, reason="pyarrow is not installed")
def test_parquet_with_pyarrow_itself(tmp_path: Path) -> None:
    from datetime import date, datetime

    import pyarrow
    from pyarrow import parquet

    path = tmp_path / "list.parquet"
    columns = {
        "contract": ["C-1", "C-2"],
        "plan": pyarrow.array(["care/full", "care/full"]).dictionary_encode(),
        "expiry": [date(2026, 3, 31), None],
        "anchor": pyarrow.array([datetime(2026, 4, 1), None], pyarrow.timestamp("ns", "UTC")),
        "quantity": pyarrow.array([5, None], pyarrow.int32()),
        "months": pyarrow.array([12.0, None]),
        "tax_exempt": [True, False],
        "serials": [["A1", "B2"], None],
        "name": ["Étoilé, Ann", ""],
    }
    parquet.write_table(pyarrow.table(columns), path, compression="zstd")
    found = open_table(path)
    assert found.header == tuple(columns)
    assert cells(found) == [
        ("C-1", "care/full", "2026-03-31", "2026-04-01", "5", "12", "yes", "A1 B2", "Étoilé, Ann"),
        ("C-2", "care/full", "", "", "", "", "no", "", ""),
    ]
    many = {"contract": [f"C-{number}" for number in range(2500)]}
    parquet.write_table(pyarrow.table(many), path, row_group_size=700)
    assert [row.line for row in open_table(path)] == list(range(2, 2502))
    path.write_bytes(b"no parquet at all")
    with pytest.raises(InputError, match="this is not Parquet"):
        open_table(path)


def test_without_pyarrow_a_parquet_list_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match="parquet]'`, or give the list as CSV"):
        open_table(tmp_path / "list.parquet")
