"""Where a reader goes from a quote: a page or a telephone, and an address that drafts are written to."""

import json
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from calculator import wire
from site_builder.cli import main
from site_builder.errors import InputError
from site_builder.locales import load_all
from site_builder.plans import load_families
from site_builder.rules import language_data
from tests.site_builder.starter_site import FAMILY, build, change

REQUEST = {
    "plan": "studio-care/complete", "action": "renew", "on": "2026-04-10", "expiry": "2026-03-31", "quantity": 4,
}  # fmt: skip
URL, MAIL = "https://tidewater.example/order?a=1&b=2", "plans@tidewater.example"


def lead(site: Path, *lines: str) -> None:
    change(site, "\nnext_step:\n", "\n".join(["\nnext_step:", *(f"  {line}" for line in lines), ""]))


def page(site: Path) -> str:
    build(site)
    return (site / "public/en/studio-care/index.html").read_text("utf-8")


def test_a_button_leads_to_the_page_and_a_link_to_the_address(site: Path) -> None:
    lead(site, f"url: {URL}", f"email: {MAIL}")
    text = page(site)
    assert text.count('<a class="button" href="https://tidewater.example/order?a=1&amp;b=2">Write to us</a>') == 2
    assert text.count(f'<a class="next-mail" href="mailto:{MAIL}">{MAIL}</a>') == 2


def test_an_address_alone_is_the_button(site: Path) -> None:
    lead(site, f"email: {MAIL}")
    assert page(site).count(f'<a class="button" href="mailto:{MAIL}">{MAIL}</a>') == 2


def test_without_either_nothing_is_shown(site: Path) -> None:
    assert "next-link" not in page(site)


def test_the_draft_of_a_page_is_written_to_it_unless_somebody_else_is_named(site: Path) -> None:
    lead(site, f"email: {MAIL}")
    families = load_families(site / "plans")
    wire._Door.catalogue = families.engine
    wire._Door.locales = {"en": language_data(load_all()["en"], families)}
    asked = {"request": REQUEST, "lang": "en", "address": "https://plans.example.org/en/studio-care/"}
    for more, whom in (({}, MAIL), ({"to": ["b@example.org"]}, "b@example.org")):
        mail = message_from_bytes(
            json.loads(wire.serve("draft", json.dumps(asked | more)))["eml"].encode(), policy=default
        )
        assert mail["To"] == whom


def test_a_mail_to_a_customer_leads_there(site: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    lead(site, f"url: {URL}", f"email: {MAIL}")
    (site / "request.json").write_text(json.dumps(REQUEST))
    assert main(["email", "request.json", "--to", "a@example.org", "--lang", "en"]) == 0
    mail = message_from_bytes(capsysbinary.readouterr().out, policy=default)
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert mail["To"] == "a@example.org" and text and html
    assert f"Write to us\n<{URL}>" in text.get_content().replace("\r\n", "\n")
    assert 'href="https://tidewater.example/order?a=1&amp;b=2">Write to us</a>' in html.get_content()


@pytest.mark.parametrize(
    ("line", "fix"),
    [
        ("url: tidewater.example/order", "write `url: https://tidewater.example/order`"),
        ("url: javascript:alert(1)", "write `url: https://example.org/order`"),
        ("url: mailto:a@example.org", "write `email: a@example.org`"),
        ("url: 5145550100", "`url: tel:+15145550100`"),
        ("url: 'https://a b'", "write `url: https://example.org/order`"),
        ("email: tidewater", "write `email: plans@your-company.example`, with your own address"),
        ("email: plans(at)tidewater.fr", "write `email: plans@tidewater.fr`"),
        ("email: plans at tidewater.fr", "write `email: plans@tidewater.fr`"),
        ("email: 'Anne <a@example.org>'", "write `email: a@example.org`"),
        (
            'email: "a@example.org\\nBcc: b@example.org"',
            "write `email: plans@your-company.example`, with your own address",
        ),
    ],
)
def test_what_leads_nowhere_is_refused(line: str, fix: str, site: Path) -> None:
    lead(site, line)
    with pytest.raises(InputError) as caught:
        build(site)
    said = str(caught.value)
    assert said.startswith(f"{FAMILY}:") and fix in said and said.endswith("\n1 error\n")


@pytest.mark.parametrize("url", [URL, "tel:+1-514-555-0100", "http://localhost:8000/order"])
def test_pages_and_telephones_are_led_to(url: str, site: Path) -> None:
    lead(site, f"url: {url}")
    build(site)
