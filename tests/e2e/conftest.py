"""Pages under watch, and calculators that several tests use: starting Python is what takes time."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, expect

from tests.conftest import Site
from tests.e2e.desk import Desk
from tests.e2e.watching import Watch

expect.set_options(timeout=15_000)

WINDOW: ViewportSize = {"width": 1280, "height": 900}

# For what no second browser could tell.
IN_CHROMIUM = pytest.mark.parametrize("browser", ["chromium"], indirect=True)


@pytest.fixture(scope="session", params=["chromium", pytest.param("firefox", marks=pytest.mark.slow)])
def browser(request: pytest.FixtureRequest) -> Browser:
    """Each browser in turn."""
    found: Browser = request.getfixturevalue(request.param)
    return found


class Contexts:
    """One context for each browser, so that its cache keeps the site's files, and one calculator for each language."""

    def __init__(self, site: Site, stack: ExitStack) -> None:
        self.site = site
        self.stack = stack
        self.open: dict[str, tuple[BrowserContext, Watch]] = {}
        self.desks: dict[tuple[str, str], Desk] = {}

    def of(self, browser: Browser) -> tuple[BrowserContext, Watch]:
        """The shared context of a browser and what watches it."""
        name = browser.browser_type.name
        if name not in self.open:
            # Files come from the server, where tests can hold them back; test_offline.py is about the Service Worker.
            context = self.stack.enter_context(browser.new_context(viewport=WINDOW, reduced_motion="reduce"))
            context.add_init_script("delete Navigator.prototype.serviceWorker;")
            context.set_default_timeout(30_000)
            self.open[name] = (context, Watch(context, self.site.url))
        return self.open[name]

    def desk(self, browser: Browser, lang: str) -> Desk:
        """The calculator that tests share; Python may be running in it already."""
        key = (browser.browser_type.name, lang)
        if key not in self.desks:
            self.desks[key] = Desk(self.of(browser)[0].new_page(), self.site.url, lang)
            self.desks[key].visit()
        self.desks[key].page.bring_to_front()
        return self.desks[key]


@pytest.fixture(scope="session")
def contexts(site: Site, playwright: Playwright) -> Iterator[Contexts]:
    """Closed before Playwright stops, whose fixture is asked for to say so."""
    with ExitStack() as stack:
        yield Contexts(site, stack)


@pytest.fixture
def watch(contexts: Contexts, browser: Browser) -> Iterator[Watch]:
    """The watch over the browser's shared context; a test ends with nothing to complain about."""
    found = contexts.of(browser)[1]
    found.clear()
    yield found
    assert found.foreign == []
    assert found.complaints == []


@pytest.fixture
def page(contexts: Contexts, browser: Browser, watch: Watch) -> Iterator[Page]:
    """A new page, under watch."""
    with contexts.of(browser)[0].new_page() as opened:
        yield opened


@pytest.fixture(params=["fr", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    """Each language in turn."""
    code: str = request.param
    return code


@pytest.fixture
def desk(contexts: Contexts, browser: Browser, lang: str, watch: Watch) -> Desk:
    """A calculator that other tests have used: begin with `blank` or a link."""
    return contexts.desk(browser, lang)


@pytest.fixture
def french(contexts: Contexts, browser: Browser, watch: Watch) -> Desk:
    """The same, in French only."""
    return contexts.desk(browser, "fr")


@pytest.fixture
def new_desk(page: Page, site: Site) -> Callable[[str], Desk]:
    """Makes a calculator on the new page of this test, in a language; nothing is opened yet."""
    return lambda lang: Desk(page, site.url, lang)
