"""From YAML text to a Document: the subset of YAML that has one reading, built without recursion.

PyYAML's parser gives events with marks. The tree is built here because PyYAML's own composer recurses (deep
nesting ends in a traceback), keeps the last of two equal keys, expands aliases and guesses types. Refused: equal keys,
anchors, aliases, merge keys, tags, several documents, keys that are not text, and nesting below MAX_DEPTH.

Files without a mistake, which nearly all are, are read by `quick_tree` without places.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import yaml
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from site_builder.errors import Issue, Place
from site_builder.sources.documents import Bare, Document, Path, Places, Value, is_typed
from site_builder.sources.quick_tree import EMPTY, MAX_DEPTH, read_quickly
from site_builder.sources.syntax import syntax_issue
from site_builder.sources.text import is_unseen, name_of


class _Events(Reader, Scanner, Parser):
    """PyYAML's parser up to its events, without composer, constructor and resolver."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def __iter__(self) -> Iterator[yaml.Event]:
        following: Callable[[], yaml.Event | None] = self.get_event
        while (event := following()) is not None:
            yield event

    def place(self, file: str) -> Place:
        """How far the text has been read."""
        return Place(file, self.line + 1, self.column + 1)


class _TooDeepError(Exception):
    """Reading stops here: the rest of the text could be as deep as it likes."""


@dataclass(slots=True)
class _Holder:
    """A mapping or list that is open; `key` is a mapping's pending key, `skipped` drops what is refused."""

    path: Path
    value: dict[str, Value] | list[Value]
    key: str | None = None
    awaits_key: bool = True
    skipped: bool = False


@dataclass(slots=True)
class _Builder:
    """Builds one Document from events, collecting what is refused on the way."""

    file: str
    lines: list[str]
    issues: list[Issue] = field(default_factory=list)
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    top: Value = None
    documents: int = 0
    open: list[_Holder] = field(default_factory=list)

    def take(self, event: yaml.Event) -> None:
        """Build on with the next event."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._document(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.open.pop()
        elif isinstance(event, yaml.NodeEvent):
            self._refuse_indirection(event)
            self._node(event)

    def document(self) -> Document:
        """What has been built."""
        self.values.setdefault((), Place(self.file, 1, 1))
        return Document(self.file, self.top, self.lines, self._known)

    def _known(self, document: Document) -> Places:
        return self.keys, self.values

    def _document(self, event: yaml.Event) -> None:
        self.documents += 1
        if self.documents == 2:
            self.refuse(
                event,
                "a second document begins here",
                "a file holds one document",
                "put what follows into a file of its own",
            )

    def _node(self, event: yaml.NodeEvent) -> None:
        holder = self.open[-1] if self.open else None
        if holder is not None and isinstance(holder.value, dict) and holder.awaits_key:
            self._key(event, holder)
        else:
            self._value(event, holder)

    def _key(self, event: yaml.NodeEvent, holder: _Holder) -> None:
        """A mapping's key: text, not empty, not there yet; what a refused key holds is read but dropped."""
        holder.awaits_key, holder.key = False, None
        if isinstance(event, yaml.ScalarEvent) and self._key_allowed(event, holder):
            holder.key = event.value
            if not holder.skipped:
                self.keys[*holder.path, event.value] = self._place(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self.refuse(
                event, "a key must be text", "a mapping or list cannot be looked up", "write a word, then a colon"
            )
            self._open(event, holder.path, skipped=True)

    def _key_allowed(self, event: yaml.ScalarEvent, holder: _Holder) -> bool:
        key, place = event.value, (*holder.path, event.value)
        if not event.style and key in EMPTY:
            self.refuse(
                event,
                "a key is missing",
                "there is nothing to look this value up by",
                "write a word before the colon",
            )
        elif not event.style and key == "<<":
            self.refuse(
                event,
                "merge keys are not read",
                "what a mapping holds must stand in it",
                "write the keys themselves here",
            )
        elif not holder.skipped and place in self.keys:
            first = self.keys[place]
            self.refuse(
                event,
                f"the key `{key}` is written twice",
                f"it is already at {first}, and only one of the two could count",
                "remove one of them, or rename it",
            )
        else:
            return self._seen(event, key)
        return False

    def _value(self, event: yaml.NodeEvent, holder: _Holder | None) -> None:
        skipped = self.documents > 1
        path: Path = ()
        if holder is not None:
            step = holder.key if isinstance(holder.value, dict) else len(holder.value)
            skipped = holder.skipped or step is None
            path = holder.path if step is None else (*holder.path, step)
            holder.awaits_key = True
        if isinstance(event, yaml.CollectionStartEvent):
            value: Value = self._open(event, path, skipped)
        else:
            value = self._scalar(event)
        if skipped:
            return
        self.values[path] = self._place(event)
        if holder is None:
            self.top = value
        elif isinstance(holder.value, list):
            holder.value.append(value)
        elif holder.key is not None:
            holder.value[holder.key] = value

    def _open(self, event: yaml.NodeEvent, path: Path, skipped: bool) -> Value:
        if len(self.open) >= MAX_DEPTH:
            self.refuse(
                event,
                f"this is nested more than {MAX_DEPTH} deep",
                "no plan, page or setting needs that; reading stops here",
                "remove brackets, or indent less",
            )
            raise _TooDeepError
        value: dict[str, Value] | list[Value] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self.open.append(_Holder(path, value, skipped=skipped))
        return value

    def _scalar(self, event: yaml.NodeEvent) -> Value:
        if not isinstance(event, yaml.ScalarEvent):
            return None
        text: str = event.value
        self._seen(event, text)
        if not event.style:
            if text in EMPTY:
                return None
            if is_typed(text):
                return Bare(text)
        return text

    def _seen(self, event: yaml.NodeEvent, text: str) -> bool:
        """Whether all of a scalar can be seen; an escape can stand for what no editor would notice."""
        found = is_unseen(text)
        if found is not None:
            self.refuse(
                event,
                f"the text holds the character {name_of(found.group())}",
                "it cannot be seen, and would reach the pages unnoticed",
                "remove this escape",
            )
        return found is None

    def _refuse_indirection(self, event: yaml.NodeEvent) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.refuse(
                event,
                f"the alias `*{event.anchor}` is not read",
                "a reader should not have to look elsewhere, and aliases can be made to grow without end",
                "write the value itself here",
            )
            return
        if event.anchor is not None:
            self.refuse(
                event,
                f"the anchor `&{event.anchor}` is not read",
                "aliases are not read, so nothing can refer to it",
                "remove the anchor",
            )
        tag = getattr(event, "tag", None)
        if tag is not None:
            tag = tag.replace("tag:yaml.org,2002:", "!!")
            self.refuse(
                event,
                f"the tag `{tag}` is not read",
                "values are text, lists and mappings; what they mean is decided by the key they stand at",
                "remove the tag",
            )

    def refuse(self, where: Place | yaml.Event, what: str, why: str, fix: str) -> None:
        """Note what is refused, with the line it stands in."""
        place = where if isinstance(where, Place) else self._place(where)
        self.issues.append(Issue(place, what, why, fix, self.lines[min(place.line, len(self.lines)) - 1]))

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        assert mark is not None, "PyYAML's parser marks every event"
        return Place(self.file, mark.line + 1, mark.column + 1)


def parse_yaml(text: str, name: str) -> tuple[Document | None, list[Issue]]:
    """The document in `text`, or None where its syntax is broken, with every issue found up to there.

    `text` comes from `read_text`: lines end in line feeds, characters can be seen. Places show `name`.
    """
    lines = text.split("\n")
    quick = read_quickly(text)
    if quick is not None:
        return Document(name, quick, lines, _places), []
    return _read(text, name, lines)


def _places(document: Document) -> Places:
    """The places of a document that was read quickly: it is read again, and they are noted."""
    builder = _Builder(document.file, list(document.lines))
    for event in _events("\n".join(document.lines)):
        builder.take(event)
    return builder.keys, builder.values


def _events(text: str) -> Iterator[yaml.Event]:
    """The events of a text without a mistake: by libyaml where it is there, for that is the faster one."""
    following: Callable[[], yaml.Event | None]
    following = yaml.CLoader(text).get_event if yaml.__with_libyaml__ else _Events(text).get_event
    while (event := following()) is not None:
        yield event


def _read(text: str, name: str, lines: list[str]) -> tuple[Document | None, list[Issue]]:
    """The document with its places, and every issue, by PyYAML's own parser."""
    builder = _Builder(name, lines)
    events, last = _Events(text), None
    try:
        for event in events:
            builder.take(event)
            last = event
    except _TooDeepError:
        return None, builder.issues
    except yaml.MarkedYAMLError as error:
        return None, [*builder.issues, syntax_issue(error, last, name, lines)]
    except (ValueError, OverflowError):
        # PyYAML makes numbers of escapes and directives without checking their range.
        builder.refuse(
            events.place(name),
            "this escape or directive has no meaning",
            "its number is out of range",
            "write the character itself",
        )
        return None, builder.issues
    return builder.document(), builder.issues
