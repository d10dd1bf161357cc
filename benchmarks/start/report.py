"""The figures in words: ratios with their spread, the table of docs/first-quote.md, and what stands beside it."""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.start.measures import MEGABYTE, Measures, quantile
from benchmarks.start.visits import SIDES, Side, Visit

SITUATIONS = ("cold", "repeat", "throttled")
AIMS = {
    ("chromium", "cold"): 0.20,
    ("chromium", "repeat"): 0.25,
    ("chromium", "throttled"): 0.75,
    ("firefox", "cold"): 0.50,
}
"""The largest ratio of our time to the stock page's that we want to see."""
BYTES = 2.9
"""The most megabytes that a first quote may take."""
MARKS = ("<!-- figures: made by python -m benchmarks.start --write -->", "<!-- end of figures -->")
_LABELS = {"chromium": "Chromium", "firefox": "Firefox", "cold": "first visit", "repeat": "next visit",
           "throttled": "first visit, 10 Mbit/s"}  # fmt: skip


@dataclass(frozen=True)
class Spread:
    """The least, the median and the greatest of several figures."""

    least: float
    median: float
    greatest: float

    @classmethod
    def of(cls, figures: Sequence[float]) -> "Spread":
        return cls(min(figures), statistics.median(figures), max(figures))

    def told(self, digits: int = 2) -> str:
        return f"{self.median:.{digits}f} ({self.least:.{digits}f}–{self.greatest:.{digits}f})"


@dataclass(frozen=True)
class Row:
    """One browser in one situation; both sides in milliseconds, `ratio` of each pair."""

    browser: str
    situation: str
    times: dict[Side, Spread]
    ratio: Spread
    bytes: dict[Side, int]

    @property
    def name(self) -> str:
        return f"{_LABELS[self.browser]}, {_LABELS[self.situation]}"

    @property
    def aim(self) -> float | None:
        return AIMS.get((self.browser, self.situation))


type Pairs = dict[tuple[str, str], list[dict[Side, Visit]]]
"""By browser and situation, the visits to both pages that were made one after the other."""


def rows(pairs: Pairs) -> list[Row]:
    """The figures of each browser and situation."""
    return [_row(*key, made) for key, made in pairs.items()]


def _row(browser: str, situation: str, made: Sequence[dict[Side, Visit]]) -> Row:
    times = {side: Spread.of([pair[side].milliseconds for pair in made]) for side in SIDES}
    ratio = Spread.of([pair["ours"].milliseconds / pair["stock"].milliseconds for pair in made])
    return Row(browser, situation, times, ratio, {side: max(pair[side].bytes for pair in made) for side in SIDES})


def table(found: Sequence[Row], measures: Measures, pairs: int, machine: str) -> str:
    """Everything as Markdown."""
    lines = [
        f"{pairs} pairs of visits on {machine}. Median, and in brackets the least and the greatest.",
        "",
        "| browser and situation | ours / stock | aim | ours, s | stock, s | bytes ours, MB | bytes stock, MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in found:
        aim = f"≤ {row.aim:.2f}" if row.aim else "–"
        spans = [_seconds(row.times[side]) for side in ("ours", "stock")]
        sent = [f"{row.bytes[side] / MEGABYTE:.2f}" for side in ("ours", "stock")]
        lines.append(f"| {row.name} | {row.ratio.told()} | {aim} | {' | '.join(spans)} | {' | '.join(sent)} |")
    return "\n".join([*lines, "", *_more(measures)])


def _seconds(times: Spread) -> str:
    return Spread(times.least / 1000, times.median / 1000, times.greatest / 1000).told()


def _more(measures: Measures) -> list[str]:
    lines = ["| once it runs | p50 | p95 | aim |", "|---|---|---|---|"]
    for name, times in measures.worker.items():
        lines.append(f"| {_LABELS[name]}: a quote, asked of the Worker, ms | {_both(times)} | p95 ≤ 8 |")
        lines.append(
            f"| {_LABELS[name]}: the same of stock Pyodide on the main thread, ms | {_both(measures.stock[name])} | – |"
        )
        lines.append(f"| {_LABELS[name]}: from a key to the painted quote, ms | {_both(measures.keys[name])} | – |")
    if measures.wasm:
        lines += ["", "| memory in Chromium, MB | ours | stock |", "|---|---|---|"]
        for name, sizes in (("WebAssembly memory", measures.wasm), ("the page's process", measures.resident)):
            if all(sizes.values()):
                ours, stock = (f"{sizes[side] / MEGABYTE:.0f}" for side in ("ours", "stock"))
                lines.append(f"| {name} | {ours} | {stock} |")
    return lines


def _both(times: Sequence[float]) -> str:
    return f"{quantile(times, 0.5):.1f} | {quantile(times, 0.95):.1f}"


def missed(found: Sequence[Row], measures: Measures) -> list[str]:
    """The aims that were missed, in words."""
    said = [
        f"{row.name}: {row.ratio.median:.2f}, the aim is {row.aim:.2f}"
        for row in found
        if row.aim and row.ratio.median > row.aim
    ]
    heavy = max((row.bytes["ours"] for row in found if row.situation != "repeat"), default=0) / MEGABYTE
    said += [f"bytes of a first quote: {heavy:.2f} MB, the aim is {BYTES}"] if heavy > BYTES else []
    slow = {name: quantile(times, 0.95) for name, times in measures.worker.items()}
    return said + [
        f"{_LABELS[name]}: p95 of a quote {time:.1f} ms, the aim is 8" for name, time in slow.items() if time > 8
    ]


def write(page: Path, text: str) -> None:
    """Put the figures into the page, between the marks."""
    begin, end = map(re.escape, MARKS)
    whole, count = re.subn(
        f"({begin}\n).*?({end})", lambda found: f"{found[1]}\n{text}\n\n{found[2]}", page.read_text("utf-8"), flags=re.S
    )
    if count != 1:
        raise SystemExit(f"{page} has no place for the figures: the marks are missing")
    page.write_text(whole, "utf-8")
