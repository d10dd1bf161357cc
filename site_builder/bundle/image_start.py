"""Runs inside the image that is being made: starts the calculator and leaves `answer` in __main__.

Not imported by the builder but handed to CPython under Node (image.mjs), with /input.json beside it:
door (module name), catalogue and locales (JSON texts), questions ([kind, payload] pairs), used (null, or what an
earlier run wrote to /report.json: [file, qualified name] of every function that the questions reached).
A first run only reports. A second one prepares the image: functions that no question reached raise SystemExit, names
that nothing reached mentions are forgotten, and what only they kept alive is freed. Whoever asks then gets an error
instead of a wrong answer, and asks the whole Pyodide.
"""

import sys  # and nothing else: what this program imports unwatched would be taken for unused

MYPY = False
if MYPY:
    from collections.abc import Callable
    from types import CodeType
    from typing import Any

_FUNCTION, _CODE = type(lambda: None), type((lambda: None).__code__)


def _ask(serve: "Callable[[str, str], str]", questions: list[tuple[str, str]]) -> None:
    for kind, payload in questions:
        serve(kind, payload)


def _watched(act: "Callable[..., Any]", *given: object) -> "tuple[Any, list[tuple[str, str]]]":
    """What the act returns, and the code that ran for it, as [file, qualified name] pairs in a stable order."""
    monitoring, seen = sys.monitoring, set[tuple[str, str]]()

    def entered(code: "CodeType", _offset: int) -> object:
        seen.add((code.co_filename, code.co_qualname))
        return monitoring.DISABLE

    events = monitoring.events
    monitoring.use_tool_id(monitoring.PROFILER_ID, "image")
    monitoring.register_callback(monitoring.PROFILER_ID, events.PY_START, entered)
    monitoring.set_events(monitoring.PROFILER_ID, events.PY_START)
    result = act(*given)
    monitoring.set_events(monitoring.PROFILER_ID, 0)
    monitoring.free_tool_id(monitoring.PROFILER_ID)
    monitoring.restart_events()
    return result, sorted(seen)


def _absent(*_given: object, **_named: object) -> None:
    raise SystemExit


_LARGE = ("_ast", "_opcode", "_tokenize", "posix")  # of these, no calculation needs anything
_ABSENT, _FLAGS = _absent.__code__, _absent.__code__.co_flags
_KINDS = 0x20 | 0x80 | 0x200  # generator, coroutine, asynchronous generator: Python wants these unchanged


def _names(code: "CodeType", names: set[str]) -> None:
    names.update(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, _CODE):
            _names(constant, names)


def _forget(used: set[tuple[str, str]]) -> None:
    """Empties the functions that are not in `used`, and drops the modules' names that those left never mention."""
    import gc

    names = {"__builtins__", "__name__"}
    made: dict[tuple[tuple[str, ...], int], CodeType] = {}
    for one in gc.get_objects():
        if type(one) is _FUNCTION and one.__module__ != __name__:
            code = one.__code__
            if (code.co_filename, code.co_qualname) in used:
                _names(code, names)
                names.add(one.__name__)
            else:
                one.__code__ = _empty(code, made)
                one.__defaults__ = one.__kwdefaults__ = None
                one.__annotations__ = {}
    for name, module in [*sys.modules.items()]:
        # modules in C stay whole: some of their types look for them when they compute
        if name != __name__ and (name not in sys.builtin_module_names or name in _LARGE):
            space = vars(module)
            for unused in [key for key in space if key not in names]:
                del space[unused]
    for name in _LARGE:
        sys.modules.pop(name, None)


def _empty(code: "CodeType", made: "dict[tuple[tuple[str, ...], int], CodeType]") -> "CodeType":
    """A code object that raises SystemExit, one for all functions of a kind."""
    key = (code.co_freevars, code.co_flags & _KINDS)
    if key not in made:
        made[key] = _ABSENT.replace(co_freevars=code.co_freevars, co_flags=_FLAGS | key[1])
    return made[key]


def _load() -> "tuple[dict[str, Any], Callable[[str, str], str]]":
    import gc  # noqa: F401  (for _forget and _finish, which find it loaded)
    import json

    with open("/input.json", encoding="utf-8") as file:
        given = json.load(file)
    __import__(given["door"])
    door = sys.modules[given["door"]]
    door.load(given["catalogue"], given["locales"])
    return given, door.serve


def _start() -> "Callable[[str, str], str]":
    serve: Callable[[str, str], str]
    (given, serve), loading = _watched(_load)
    if given["used"] is None:
        _, asking = _watched(_ask, serve, given["questions"])
        _write({"loading": loading, "asking": asking})
        return serve
    sys.meta_path.clear()
    sys.path_hooks.clear()
    sys.path_importer_cache.clear()
    _forget({tuple(pair) for pair in given["used"]})
    _ask(serve, given["questions"])
    return serve


def _write(report: dict[str, list[tuple[str, str]]]) -> None:
    import json

    with open("/report.json", "w", encoding="utf-8") as file:
        json.dump(report, file)


def _door(serve: "Callable[[str, str], str]") -> "Callable[[str], str]":
    def answer(text: str) -> str:
        kind, _, payload = text.partition("\n")
        return serve(kind, payload)

    return answer


def _finish() -> None:
    """Frees what only the start needed, and moves all that stays out of the collector's sight."""
    import gc

    space = globals()
    for name in [key for key in space if key not in ("answer", "__builtins__", "__name__")]:
        del space[name]
    gc.collect()
    gc.collect()
    gc.freeze()


answer = _door(_start())
_finish()
