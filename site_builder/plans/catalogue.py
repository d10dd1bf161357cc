"""The catalogue: the JSON value that every caller hands to the engine, and the fingerprint of its data."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

CONTRACT: Final = 1
"""Version of the calculator's contract that the catalogue is made for."""


def catalogue_json(families: Mapping[str, Any], regions: Mapping[str, Any]) -> dict[str, Any]:
    """The catalogue of these rules by family and region, in the order of their names."""
    data = {"families": dict(sorted(families.items())), "regions": dict(sorted(regions.items()))}
    return {"contract": CONTRACT, "fingerprint": fingerprint(data), **data}


def fingerprint(data: Mapping[str, Any]) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the data's canonical JSON.

    Canonical: keys sorted, UTF-8, no spaces. Words, comments and the order of keys do not count.
    """
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def catalogue_text(families: Mapping[str, str], regions: Mapping[str, Any]) -> tuple[str, str]:
    """The same catalogue as canonical JSON text, from families that already are, and its fingerprint."""
    listed = ",".join(f"{json.dumps(id)}:{text}" for id, text in sorted(families.items()))
    rest = json.dumps(dict(sorted(regions.items())), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    held = f'"families":{{{listed}}}'
    print_of = hashlib.sha256(f'{{{held},"regions":{rest}}}'.encode()).hexdigest()[:16]
    return f'{{"contract":{CONTRACT},{held},"fingerprint":"{print_of}","regions":{rest}}}', print_of
