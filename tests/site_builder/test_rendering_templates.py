"""What a template names is an attribute, or a key of a plain dict; what is not there stops the build."""

from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from site_builder.rendering.templates import Templates


def rendered(template: str, **view: Any) -> str:
    return Templates(None, {}).from_string(template).render(**view)


def test_a_name_is_an_attribute_or_a_key() -> None:
    inner = {"items": "a & b", "deep": SimpleNamespace(name=Markup("<b>"))}
    view = SimpleNamespace(title="<i>", inner=inner)
    assert rendered("{{ view.title }} {{ view.inner.items }}", view=view) == "&lt;i&gt; a &amp; b"
    assert rendered("{% for one in all %}{{ one.inner.deep.name }}{{ loop.index }}{% endfor %}", all=[view] * 2) == (
        "<b>1<b>2"
    )


@pytest.mark.parametrize(
    ("template", "error"),
    [("{{ view.name }}", AttributeError), ("{{ view.keys.name }}", KeyError), ("{{ other.name }}", UndefinedError)],
)
def test_what_is_not_there_is_an_error(template: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        rendered(template, view=SimpleNamespace(keys={"title": "a"}))
