"""JSON in, JSON out: the one door for the page, the command line, the e-mail, the tests and whoever integrates us."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from json import dumps, loads
from typing import Any

from calculator import forms
from calculator.card import MailError, Offered, Order, draft, error_text, offered, plain_text
from calculator.elements import Own, sheet_elements, table_elements, timeline_elements
from calculator.errors import Json, Refusal
from calculator.explore import explore
from calculator.plan import Catalogue, read_catalogue
from calculator.quote import quote as _quote
from calculator.quote import refusal_answer
from calculator.request import MAX_BYTES
from calculator.timeline import timeline
from calculator.wording import present as _present
from calculator.wording.speech import speech_for

__all__ = [
    "card", "fields", "link_fragment", "load", "present", "quote", "quote_text", "read_catalogue",
    "read_link_fragment", "reference", "serve",
]  # fmt: skip


MAX_DEPTH = 64
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BRACKETS = re.compile(r"[\[\]{}]")


def quote(catalogue: Catalogue | Mapping[str, object], request: object) -> dict[str, Json]:
    """The response to a request under a catalogue, which may be JSON or already read.

    Raises CatalogueError when the catalogue is broken; a wrong request is answered, never raised.
    """
    return _quote(catalogue if isinstance(catalogue, Catalogue) else read_catalogue(catalogue), request)


def canonical(value: Json) -> str:
    """JSON text that is the same everywhere: keys in the order given, no spaces, ASCII only."""
    return dumps(value, ensure_ascii=True, separators=(",", ":"))


def quote_text(catalogue: Catalogue | Mapping[str, object], text: str) -> str:
    """As `quote`, on texts. Raises json.JSONDecodeError for what is not JSON."""
    engine = catalogue if isinstance(catalogue, Catalogue) else read_catalogue(catalogue)
    refusal = _too_much(text)
    return canonical(refusal_answer(engine, [refusal]) if refusal else _quote(engine, loads(text, parse_int=_whole)))


def _too_much(text: str) -> Refusal | None:
    """Refuse a text that is too long, or nested deeper than every JSON reader can follow."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return Refusal("out_of_range", "", {"max_bytes": MAX_BYTES})
    if text.count("[") + text.count("{") > MAX_DEPTH:
        depth = deepest = 0
        for bracket in _BRACKETS.findall(_STRINGS.sub("", text)):
            depth += 1 if bracket in "[{" else -1
            deepest = max(deepest, depth)
        if deepest > MAX_DEPTH:
            return Refusal("out_of_range", "", {"max_depth": MAX_DEPTH})
    return None


def _whole(digits: str) -> int:
    """A JSON integer, cut short beyond any that is allowed: Python refuses to read thousands of digits."""
    return int(digits[:40])


def present(response: Mapping[str, Json], locale_data: Mapping[str, Json], request: object = None) -> dict[str, Json]:
    """The response in words, as the rows that page, mail and terminal show.

    A refusal names no plan: with the request at hand it speaks as the plan's family does.
    """
    return _present(response, locale_data, request.get("plan") if isinstance(request, Mapping) else None)


def fields(catalogue: Catalogue, plan_id: str, action: str) -> list[dict[str, Json]]:
    """What a form must ask for `family/plan` and an action; empty when there is no such plan or it is not offered."""
    found = catalogue.plan(plan_id)
    return forms.fields(found[1], action) if found and action in found[1].actions else []


def link_fragment(request: Mapping[str, object], fingerprint: str) -> str:
    """The fragment of an address that opens this request again: `#q=…&c=…`; fragments never reach a server."""
    text = dumps(request, ensure_ascii=False, separators=(",", ":"))
    encoded = urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode("ascii").rstrip("=")
    return f"#q={encoded}&c={fingerprint}"


def read_link_fragment(fragment: str) -> tuple[object, str] | None:
    """The request and the fingerprint that a fragment carries; None when it is not one of ours."""
    parts = dict(part.partition("=")[::2] for part in fragment.removeprefix("#").split("&"))
    encoded = parts.get("q", "")
    try:
        text = urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode("utf-8", "surrogatepass")
        return None if _too_much(text) else (loads(text, parse_int=_whole), parts.get("c", ""))
    except ValueError:  # not Base64, not UTF-8 or not JSON
        return None


def reference(request: object, fingerprint: str) -> str:
    """Eight letters and digits by which two people know that they look at the same quote of the same edition."""
    text = dumps(request, sort_keys=True, separators=(",", ":"))
    return sha256(f"{text}{fingerprint}".encode()).hexdigest()[:8]


def card(catalogue: Catalogue, locale_data: Mapping[str, Json], order: Order) -> Offered:
    """The answer to a request with its card for a mail; links open the order's page. Raises card.MailError."""
    return offered(
        catalogue, locale_data, order, lambda request: order.address + link_fragment(request, catalogue.fingerprint)
    )


class _Door:
    """What a Worker keeps between messages."""

    catalogue: Catalogue
    locales: Mapping[str, Any]


def load(catalogue_json: str, locale_json: str) -> None:
    """Keep a catalogue and the locale data of each page language for `serve`, as a Worker does once."""
    _Door.catalogue = read_catalogue(loads(catalogue_json))
    _Door.locales = loads(locale_json)


def serve(kind: str, payload_json: str) -> str:
    """Answer one message of a Worker, JSON text for JSON text. Raises KeyError for an unknown kind or language.

    `quote` takes `{"request": …, "lang": …}` and gives the response, its worded sheet, the same as elements, the link's
    fragment and the reference; with `address` (as below) the elements say on paper how to open the quote again.
    `explore` takes the same and gives `tables` (what waiting, three years and other plans cost) and the `timeline` of a
    renewal (else null), both also as `elements`. For both kinds, `page` is the address that links lead to, left out on
    the page itself.
    `card` takes `address` (the page's, without a fragment), `seller` and `reference` besides (texts, may be left
    out), and gives `html`, `text` and `subject`. `draft` takes `to` (a list; by default the address of the family's
    next step) and `from` on top, and gives `eml`.
    `dates` takes what `card` takes and gives `ics`, the file that the draft has attached (empty: no dates). These three
    say `ok`; when that is false, `text` says why.
    """
    payload = loads(payload_json)
    return canonical(_KINDS[kind](payload))


def _serve_quote(payload: Mapping[str, Any]) -> dict[str, Json]:
    request, locale_data = payload["request"], _Door.locales[payload["lang"]]
    response = _quote(_Door.catalogue, request)
    sheet = present(response, locale_data, request)
    fingerprint = _Door.catalogue.fingerprint
    name, link = reference(request, fingerprint), link_fragment(request, fingerprint)
    address = payload.get("address", "")
    elements: list[Json] = []
    if response["ok"]:
        speech = speech_for(locale_data, str(response["plan"]), str(response["currency"]))
        own = Own(name, fingerprint, address + link if address else "")
        elements = sheet_elements(sheet, speech, own, payload.get("page", ""))
    return {
        "response": response,
        "sheet": sheet,
        "elements": elements,
        "link": link,
        "reference": name,
    }


def _serve_explore(payload: Mapping[str, Any]) -> dict[str, Json]:
    catalogue, page, request = _Door.catalogue, payload.get("page", ""), payload["request"]
    locale_data = _Door.locales[payload["lang"]]
    tables = explore(catalogue, locale_data, request, lambda one: page + link_fragment(one, catalogue.fingerprint))
    line = timeline(catalogue, locale_data, request)
    elements: list[Json] = [table_elements(table) for table in tables]
    if line:
        elements.insert(0, timeline_elements(line, speech_for(locale_data, request["plan"], "")))
    return {"tables": tables, "timeline": line, "elements": elements}


def _serve_mail(payload: Mapping[str, Any], write: Callable[[Offered], dict[str, Json]]) -> dict[str, Json]:
    """The card of the payload's request as `write` gives it, or why there is none."""
    request, locale_data = payload["request"], _Door.locales[payload["lang"]]
    order = Order(request, payload["address"], payload.get("seller", ""), payload.get("reference", ""))
    try:
        answer = card(_Door.catalogue, locale_data, order)
        return {"ok": True, **write(answer)} if answer.card else {"ok": False, "text": plain_text(answer.sheet)}
    except MailError as error:
        return {"ok": False, "text": error_text(error, locale_data, request.get("plan"))}


def _serve_card(payload: Mapping[str, Any]) -> dict[str, Json]:
    def write(answer: Offered) -> dict[str, Json]:
        assert answer.card
        return {"html": answer.card.html, "text": answer.card.text, "subject": answer.card.subject}

    return _serve_mail(payload, write)


def _serve_draft(payload: Mapping[str, Any]) -> dict[str, Json]:
    def write(answer: Offered) -> dict[str, Json]:
        to = payload.get("to") or _whom(_Door.locales[payload["lang"]], answer.response["plan"])
        return {"eml": draft(answer, payload["address"], to, payload.get("from", ""))}

    return _serve_mail(payload, write)


def _whom(locale_data: Mapping[str, Any], plan: str) -> list[str]:
    """Whom a reader of the pages writes to who names nobody: the family's address, if it has one."""
    step = locale_data["families"].get(plan.partition("/")[0], {}).get("next_step", {})
    return [step["email"]] if step.get("email") else []


def _serve_dates(payload: Mapping[str, Any]) -> dict[str, Json]:
    return _serve_mail(payload, lambda answer: {"ics": answer.calendar})


_KINDS: dict[str, Callable[[Mapping[str, Any]], dict[str, Json]]] = {
    "card": _serve_card,
    "dates": _serve_dates,
    "draft": _serve_draft,
    "explore": _serve_explore,
    "quote": _serve_quote,
}
