"""Draws docs/layers.svg, the picture of the layers, from the table that the architecture test holds.

Run `python -m scripts.picture` after the table has changed; a test says when it was forgotten.
"""

from pathlib import Path
from xml.sax.saxutils import escape

from tests.architecture.layers import LAYERS

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "layers.svg"
BOX, STEP, ROW, TOP = 104, 124, 44, 64
COLOURS = {"calculator": "#2340b8", "site_builder": "#0d6b4f"}


def draw() -> str:
    """The picture as SVG text: a band for each package, a column for each layer, what may be imported to the left."""
    bands, y = [], 20
    for package, layers in LAYERS.items():
        bands.append(_band(package, layers, y))
        y += TOP + ROW * max(map(len, layers)) + 24
    width = 40 + STEP * max(map(len, LAYERS.values()))
    title = "Layers of calculator and site_builder: each module imports only from columns to its left."
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {y}" width="{width}" height="{y}" role="img" '
        f'aria-label="{escape(title)}" font-family="system-ui, sans-serif" font-size="14">\n'
        f'<rect width="{width}" height="{y}" fill="#ffffff"/>\n{"".join(bands)}</svg>\n'
    )


def _band(package: str, layers: tuple[tuple[str, ...], ...], y: int) -> str:
    colour = COLOURS[package]
    parts = [
        f'<text x="20" y="{y + 18}" font-weight="700" font-size="17" fill="{colour}">{package}</text>\n',
        f'<text x="20" y="{y + 40}" fill="#55605b">may import what stands to the left ←</text>\n',
    ]
    for column, names in enumerate(layers):
        x = 20 + STEP * column
        for row, name in enumerate(names):
            top = y + TOP + ROW * row
            parts.append(
                f'<rect x="{x}" y="{top}" width="{BOX}" height="32" rx="5" fill="#f3f7f5" stroke="{colour}"/>\n'
                f'<text x="{x + BOX / 2:g}" y="{top + 21}" text-anchor="middle" fill="#14201b">{escape(name)}</text>\n'
            )
        if column:
            middle = y + TOP + 16
            parts.append(f'<path d="M{x - 4} {middle}h-12m5 -4l-5 4l5 4" fill="none" stroke="{colour}"/>\n')
    return f"<g>\n{''.join(parts)}</g>\n"


if __name__ == "__main__":
    PICTURE.write_text(draw(), "utf-8")
    print(f"{PICTURE} drawn")
