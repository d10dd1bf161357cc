"""Addresses as people write them, some of which are none."""

from urllib.parse import SplitResult, urlsplit


def split_address(text: str) -> SplitResult:
    """The parts of an address; of a text that can be none, such as `https://[`, all is its path."""
    try:
        return urlsplit(text)
    except ValueError:
        return SplitResult("", "", text, "", "")
