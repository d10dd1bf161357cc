"""The templates: Jinja2 with strict names, everything escaped, and code that does no more than these templates need.

What a template outputs is joined to one text at once, so that the pieces need not be `Markup`; and nothing that a
template calls asks for Jinja's context. Both make a page several times as fast; the text is the same.
"""

import operator
import pickle
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import CodeType
from typing import Any, Final

from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import Template, TemplateModule
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from site_builder.caching import library_version

try:
    from markupsafe._speedups import _escape_inner as _escaped
except ImportError:  # an installation without the compiled part

    def _escaped(text: str, /) -> str:
        return str(escape(text))


TEMPLATES: Final = Path(__file__).parent.parent / "templates"
_PARTED: Final = re.compile(r"[\w’]+(?:-[\w’]+)+|(?<![\w.,-])[0-9]+ [^\W\d_]{1,8}(?![\w-])")
_NARROW: Final = 14
"""Characters that a line on a phone holds, also in the largest letters and in a column of a comparison."""

_KEPT: Final = 5_000
"""So many pieces of pages are kept before all are forgotten."""
_KEPT_AS: Final = f"direct-2-{library_version('jinja2')}-%s"
"""Names of compiled templates: another number for other code from the same template."""


def html(value: object) -> str:
    """A value as part of a page: Markup as it stands, all else escaped. A plain text, which is joined to others."""
    if type(value) is str:
        return _escaped(value)
    return value if type(value) is Markup else str(escape(value))


def whole(text: str) -> Markup:
    """A name or a heading whose short words with hyphens (`e-mail`), and numbers with what they count, stay on a line.

    What is Markup is left as it stands.
    """
    written = html(text)
    if type(text) is str and _PARTED.search(written):
        written = _PARTED.sub(_together, written)
    return Markup(written)  # noqa: S704 - escaped above


def _together(found: re.Match[str]) -> str:
    return f'<span class="whole">{found[0]}</span>' if len(found[0]) <= _NARROW else found[0]


def joined(parts: Iterable[str]) -> Markup:
    """Parts of pages, one after the other."""
    return Markup("".join(parts))  # noqa: S704 - each was made by a template


class _Direct(CodeGenerator):
    """Compiles outputs to `html`, `view.name` to an attribute or a key, and calls to calls.

    Macros and functions of ours do not take the context. A name that a view does not have is an error here and now.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.html(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Write an attribute, or a key of a plain dict: without a call, for a page asks for hundreds."""
        self.write(f"(it[{node.attr!r}] if type(it := ")
        self.visit(node.node, frame)
        self.write(f") is dict else it.{node.attr})")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Write a call that hands nothing but the arguments over."""
        self.write("environment.call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")


class Once:
    """Calls macros, and keeps what they gave: for those whose output depends on their arguments alone.

    One for each voice, for macros speak. Arguments that are no keys (views with lists in them) are just handed over.
    """

    def __init__(self) -> None:
        self.kept: dict[object, str] = {}

    def __call__(self, macro: Macro, *given: Any) -> str:
        """What `macro(*given)` gives."""
        # The types are part of it: Markup equals the text that it would be without, and is not escaped again.
        asked = (macro.name, *given, *map(type, given))
        try:
            known = self.kept.get(asked)
        except TypeError:  # views with lists in them, which are no keys
            return macro(*given)
        if known is None:
            if len(self.kept) >= _KEPT:
                self.kept.clear()
            known = self.kept[asked] = macro(*given)
        return known


class _Imported(Template):
    """A template whose macros are made once: none of them asks for the page that imports them."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class Templates(Environment):
    """Jinja2's environment for the pages. `compiled` is a folder in which compiled templates are kept."""

    template_class = _Imported
    code_generator_class = _Direct

    def __init__(self, compiled: Path | None, names: Mapping[str, Any]) -> None:
        super().__init__(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True, keep_trailing_newline=True, auto_reload=False,
            bytecode_cache=_Compiled(compiled),
        )  # fmt: skip
        self.globals.update(names)
        self.filters["whole"] = whole
        # Of the environment itself: Python finds these sooner than static methods of its class.
        self.html, self.call = html, operator.call


def compile_all(compiled: Path) -> None:
    """Compile every template into a folder, so that each of several workers need not."""
    templates = Templates(compiled, {})
    for name in templates.list_templates():
        templates.get_template(name)


_CODE: Final[dict[tuple[str, str], CodeType]] = {}
"""Compiled templates by name and source: each voice has an environment of its own."""


class _Compiled(BytecodeCache):
    """Compiled templates: for other voices in memory, for other builds in a folder, where there is one."""

    def __init__(self, folder: Path | None) -> None:
        self.disk = FileSystemBytecodeCache(str(folder), _KEPT_AS) if folder else None

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket with the compiled template, if it is kept; a file that cannot be read is not there."""
        asked = bucket.key, bucket.checksum
        if asked in _CODE:
            bucket.code = _CODE[asked]
        elif self.disk is not None:
            try:
                self.disk.load_bytecode(bucket)
            except (OSError, EOFError, ValueError, TypeError, pickle.UnpicklingError):
                bucket.reset()
            _note(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled."""
        _note(bucket)
        if self.disk is not None:
            self.disk.dump_bytecode(bucket)


def _note(bucket: Bucket) -> None:
    if bucket.code is not None:
        _CODE[bucket.key, bucket.checksum] = bucket.code
