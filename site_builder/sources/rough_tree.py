"""Reads YAML text that may be wrong, as far as libyaml does, to see how it would hang together: nothing is judged here.

For guesses alone: what is built from is read by `tree`, which refuses what is passed over here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from site_builder.sources.documents import Value
from site_builder.sources.quick_tree import EMPTY, MAX_DEPTH


@dataclass(slots=True)
class Rough:
    """What was read. `broken` is the line, from 1, that the syntax ends at, or 0; then there is no value.

    `refused` are the lines of keys that stand twice or are no text; what they hold is left out.
    """

    value: Value = None
    broken: int = 0
    refused: list[int] = field(default_factory=list)


def read_roughly(text: str) -> Rough:
    """The text as mappings, lists and texts."""
    rough = Rough()
    try:
        _read(text, rough)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return Rough(broken=min(mark.line if mark else 0, text.count("\n")) + 1)
    except (yaml.YAMLError, ValueError, OverflowError):
        return Rough(broken=1)
    return rough


def _read(text: str, rough: Rough) -> None:
    events = yaml.parse(text, yaml.CLoader if yaml.__with_libyaml__ else yaml.Loader)
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            rough.value = _value(event, events, rough, 0)


def _value(event: yaml.Event, events: Iterator[yaml.Event], rough: Rough, depth: int) -> Value:
    if isinstance(event, yaml.ScalarEvent):
        return None if not event.style and event.value in EMPTY else str(event.value)
    if depth > MAX_DEPTH:
        raise OverflowError
    if isinstance(event, yaml.MappingStartEvent):
        return _mapping(events, rough, depth + 1)
    items: list[Value] = []
    if isinstance(event, yaml.SequenceStartEvent):
        for item in events:
            if isinstance(item, yaml.SequenceEndEvent):
                break
            items.append(_value(item, events, rough, depth + 1))
    return items or None


def _mapping(events: Iterator[yaml.Event], rough: Rough, depth: int) -> dict[str, Value]:
    held: dict[str, Value] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        key = _value(event, events, rough, depth)
        value = _value(next(events), events, rough, depth)
        if isinstance(key, str) and key not in held:
            held[key] = value
        elif event.start_mark:
            rough.refused.append(event.start_mark.line + 1)
    return held
