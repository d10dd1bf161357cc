"""The picture in the docs shows the layers as they are."""

from scripts.picture import PICTURE, draw


def test_the_picture_shows_the_table() -> None:
    assert PICTURE.read_text("utf-8") == draw(), "run `python -m scripts.picture`"
