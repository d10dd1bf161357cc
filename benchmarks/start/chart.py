"""Draws the times of both sides as bars, in colours that read on a light page and on a dark one."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from benchmarks.start.report import Row, Spread

WIDTH, LEFT, RIGHT, BAR, GAP, TOP = 760, 200, 104, 16, 30, 64
STYLE = """text{font:14px system-ui,sans-serif;fill:#14201b}
.soft{fill:#55605b;font-size:12px}.title{font-size:16px;font-weight:700}
.ours{fill:#0d6b4f}.stock{fill:#a9b5af}.span{stroke:#14201b;stroke-width:1.5;fill:none}.grid{stroke:#dde4e0}.back{fill:#fff}
@media(prefers-color-scheme:dark){text{fill:#e6eeea}.soft{fill:#a3b1aa}.ours{fill:#3fbf93}.stock{fill:#55645d}
.span{stroke:#e6eeea}.grid{stroke:#28332e}.back{fill:#0f1613}}"""


def draw(rows: Sequence[Row]) -> str:
    """The chart as SVG text: seconds until the first quote; whiskers from the least to the greatest."""
    longest = max(spread.greatest for row in rows for spread in row.times.values()) / 1000
    step = next(step for step in (0.5, 1, 2, 5, 10, 20, 60) if longest / step <= 8)
    end = step * (int(longest / step) + 1)
    scale = (WIDTH - LEFT - RIGHT) / end
    height = TOP + len(rows) * (2 * BAR + GAP) + 28
    parts = [_grid(end, step, scale, height)]
    parts += [_row(row, TOP + place * (2 * BAR + GAP), scale) for place, row in enumerate(rows)]
    title = "Seconds from the start of the navigation to the first painted quote"
    said = "; ".join(f"{row.name}: {row.ratio.median:.2f} of stock" for row in rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-label="{escape(f"{title}. {said}.")}">\n<style>{STYLE}</style>\n'
        f'<rect class="back" width="{WIDTH}" height="{height}"/>\n<text class="title" x="20" y="28">{title}</text>\n'
        f"{_key('ours', 20, 'Clairplan')}{_key('stock', 120, 'stock Pyodide')}"
        f"{''.join(parts)}</svg>\n"
    )


def _key(side: str, x: int, text: str) -> str:
    box = f'<rect class="{side}" x="{x}" y="40" width="12" height="12" rx="2"/>'
    return f'{box}<text class="soft" x="{x + 18}" y="50">{text}</text>\n'


def _grid(end: float, step: float, scale: float, height: int) -> str:
    lines = []
    for place in range(int(end / step) + 1):
        x = LEFT + place * step * scale
        lines.append(f'<path class="grid" d="M{x:.1f} {TOP - 4}V{height - 24}"/>')
        lines.append(
            f'<text class="soft" x="{x:.1f}" y="{height - 8}" text-anchor="middle">{place * step:g} s</text>\n'
        )
    return "".join(lines)


def _row(row: Row, y: int, scale: float) -> str:
    browser, _, situation = row.name.partition(", ")
    return (
        f'<text x="{LEFT - 12}" y="{y + 13}" text-anchor="end">{browser}</text>'
        f'<text class="soft" x="{LEFT - 12}" y="{y + 29}" text-anchor="end">{escape(situation)}</text>\n'
        f"{_bar('ours', row.times['ours'], y, scale)}{_bar('stock', row.times['stock'], y + BAR, scale)}"
        f'<text x="{WIDTH - 20}" y="{y + 13}" text-anchor="end" font-weight="700">× {row.ratio.median:.2f}</text>'
        f'<text class="soft" x="{WIDTH - 20}" y="{y + 29}" text-anchor="end">'
        f"{row.ratio.least:.2f}–{row.ratio.greatest:.2f}</text>\n"
    )


def _bar(side: str, times: Spread, y: int, scale: float) -> str:
    least, median, greatest = (LEFT + value / 1000 * scale for value in (times.least, times.median, times.greatest))
    middle = y + BAR / 2
    ends = f"M{least:.1f} {middle - 3}v6M{greatest:.1f} {middle - 3}v6"
    return (
        f'<rect class="{side}" x="{LEFT}" y="{y + 1}" width="{median - LEFT:.1f}" height="{BAR - 2}" rx="2"/>'
        f'<path class="span" d="M{least:.1f} {middle}H{greatest:.1f}{ends}"/>\n'
    )
