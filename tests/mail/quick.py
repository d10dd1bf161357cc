"""Commands without reading plans and languages anew for each call; that they are read is other tests' affair."""

from functools import cache

import pytest

from site_builder.locales import load_all
from tests.mail.making import families


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("site_builder.commands_mail.load_families", lambda _: families())
    monkeypatch.setattr("site_builder.commands_mail.load_all", _load_all)


_load_all = cache(load_all)
