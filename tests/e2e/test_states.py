"""Notices, warnings, errors and late windows beside things in the vendor's accent: told apart by more than their hue.

Pages are rendered alone, with one accent each: no Python is there, and what is asked here needs none.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from mimetypes import guess_type
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from site_builder.rendering import render_site
from site_builder.rendering.brand import style_sources
from tests.site_builder.small_site import PLANS, made_site

pytestmark = pytest.mark.e2e

ORIGIN = "https://plans.example.org"
ACCENTS = ("", "#7b1e3a", "#b00020", "#ffcc00", "#1f4d2e")
LOOKS = """() => {
    document.querySelector("#calculator-app").hidden = false;
    const field = document.querySelector(".field:has(.error)"), result = document.querySelector("#quote-output");
    field.classList.add("wrong");
    const boxes = document.querySelectorAll("#link-notice, #error-summary, .field.wrong .error");
    for (const box of boxes) box.hidden = false;
    for (const state of ["on_time", "grace", "late"]) {
        const head = document.createElement("div"), tag = document.createElement("span");
        head.className = "sheet-head";
        tag.className = `tag ${state}`;
        head.append(tag);
        result.append(head);
    }
    const look = (of, name) => {
        const [own, sign] = [getComputedStyle(of), getComputedStyle(of, "::before")];
        return [name, {
            ground: own.backgroundColor, edge: own.borderTopColor, width: own.borderTopWidth, sign: sign.content,
            shape: [sign.clipPath, sign.borderRadius, sign.borderTopWidth, sign.transform].join(" "),
        }];
    };
    const found = (selector, name) => look(document.querySelector(selector), name);
    return Object.fromEntries([
        found(".needs-script", "warning"), found("#link-notice", "notice"), found("#error-summary", "error"),
        found(".field.wrong .error", "message"), found(".choice:has(:checked)", "chosen"),
        found(".segments .chip :checked + span", "action"), found(".tag.on_time", "on time"),
        found(".sheet-head .tag.grace", "grace"), found(".sheet-head .tag.late", "late"),
    ]);
}"""
TOKENS = """(names) => names.map((name) => {
    const probe = document.createElement("i");
    probe.style.setProperty("color", `var(--${name})`);
    document.body.append(probe);
    return getComputedStyle(probe).color;
})"""


@cache
def files(accent: str) -> dict[str, bytes]:
    site = made_site(PLANS)
    config = replace(site.config, accent=accent)
    return render_site(replace(site, config=config, static=style_sources(site.static, config, docs=False)))


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with chromium.new_page() as made:
        yield made


def shown(page: Page, accent: str, scheme: Any) -> dict[str, dict[str, str]]:
    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(f"{ORIGIN}/site/").partition("#")[0]
        path += "index.html" if path.endswith("/") else ""
        body = files(accent).get(path)
        if body and not path.endswith(".js"):
            route.fulfill(body=body, content_type=guess_type(path)[0] or "text/plain")
        else:
            route.abort()

    page.unroute_all()
    page.route("**/*", answer)
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{ORIGIN}/site/en/care/")
    found: dict[str, dict[str, str]] = page.evaluate(LOOKS)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("accent", ACCENTS)
def test_states_are_told_from_each_other_and_from_the_accent_without_their_hue(
    page: Page, accent: str, scheme: str
) -> None:
    looks = shown(page, accent, scheme)
    boxes, windows = ("notice", "warning", "error"), ("on time", "grace", "late")
    for group in (boxes, windows):
        assert len({(looks[name]["sign"], looks[name]["shape"]) for name in group}) == len(group), looks
    assert all(looks[name]["sign"] not in ("none", "normal") for name in (*boxes, "message", *windows))
    assert all(looks[name]["sign"] == "none" for name in ("chosen", "action"))
    widths = [float(looks[name]["width"].removesuffix("px")) for name in ("error", "warning", "notice")]
    assert widths[0] > 2 * max(widths[1:])
    washed, written, strong = page.evaluate(TOKENS, ["blue-wash", "blue", "blue-strong"])
    assert looks["chosen"]["ground"] == looks["action"]["ground"] == washed
    for name in (*boxes, *windows):
        assert looks[name]["ground"] != washed and looks[name]["edge"] not in (written, strong), (name, looks[name])


def test_a_sign_keeps_clear_of_the_words_beside_it(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    shown(page, "#7b1e3a", "light")
    for box in ("#link-notice", "#error-summary"):
        kept, end = page.locator(box).evaluate("""(box) => {
            const sign = getComputedStyle(box, "::before"), own = getComputedStyle(box);
            return [parseFloat(own.paddingLeft), parseFloat(sign.left) + parseFloat(sign.width)];
        }""")
        assert kept > end + 4, box
