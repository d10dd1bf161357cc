"""A calculator on a page, as a person at a desk uses it: choosing, typing, reading."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.words import FAMILY, Request, label, link, money, voice

START = 60_000
"""Milliseconds that Python may take to start on a busy machine."""

OPTION = "options."


class Desk:
    """The calculator of a family's page; `lang` is the page's language."""

    def __init__(self, page: Page, url: str, lang: str) -> None:
        self.page = page
        self.url = url
        self.lang = lang
        self.form = page.locator("#quote-form")
        self.output = page.locator("#quote-output")
        self.sheet = page.locator("#quote-output .sheet")
        self.announcer = page.locator("#announcer")
        self.summary = page.locator("#error-summary")
        self.status = page.locator("#engine-status")
        self.notice = page.locator("#link-notice")

    def ui(self, key: str, **params: str) -> str:
        """A text of the page."""
        return voice(self.lang).ui(key, **params)

    def visit(self, fragment: str = "") -> None:
        """Open the page anew."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.url}/{self.lang}/{FAMILY}/{fragment}")

    def blank(self, plan: str, action: str) -> None:
        """An empty form for a plan and an action, without loading the page again."""
        self.page.evaluate("() => { location.hash = '' }")
        self.page.evaluate("(hash) => { location.hash = hash }", link({"plan": f"{FAMILY}/{plan}", "action": action}))
        expect(self.radio("plan", plan)).to_be_checked()
        expect(self.radio("action", action)).to_be_checked()

    def radio(self, group: str, value: str) -> Locator:
        """The radio button of a plan or an action."""
        return self.form.locator(f'input[name="{group}"][value="{value}"]')

    def choose(self, plan: str, action: str) -> None:
        """Choose by mouse."""
        self.radio("plan", plan).check()
        self.radio("action", action).check()

    def block(self, name: str) -> Locator:
        """The field with its label, its help and its error; of an option that several plans have, the one in view."""
        return self.form.locator(f'[data-field="{name}"]:not([hidden])')

    def control(self, name: str) -> Locator:
        """The control of a field by its label."""
        if name.startswith(OPTION):
            return self.block(name).locator("[name]")
        return self.block(name).get_by_label(label(self.lang, name))

    def asked(self) -> set[str]:
        """The names of the fields that the form asks for."""
        return set(
            self.form.locator("[data-field]").evaluate_all(
                "(blocks) => blocks.filter((block) => !block.hidden).map((block) => block.dataset.field)"
            )
        )

    def type(self, name: str, text: str) -> None:
        """Type a text key by key in place of what a field holds."""
        control = self.control(name)
        control.fill("")
        control.press_sequentially(text)

    def type_request(self, request: Request) -> None:
        """Type everything that a request says beyond its plan and its action."""
        for name, value in request.items():
            if name not in ("plan", "action"):
                self.type(name, str(value))

    def error(self, name: str) -> Locator:
        """The error beside a field."""
        return self.block(name).locator(".error")

    def expect_total(self, amount: str) -> None:
        """The page shows a quote with this total (a decimal text), and it is not being replaced."""
        expect(self.sheet).not_to_have_class(re.compile(r"\bstale\b"), timeout=START)
        expect(self.sheet.locator("tr.total")).to_contain_text(money(self.lang, amount), timeout=START)

    def expect_fragment(self, request: Request) -> None:
        """The address carries exactly this request and the catalogue's fingerprint."""
        expect(self.page).to_have_url(f"{self.url}/{self.lang}/{FAMILY}/{link(request)}")
