"""What a term gives: support time, grace calls and the like, and what of it ends with the term."""

from calculator.errors import Json
from calculator.periods import ONE_DAY, Length, Term, term_from
from calculator.plan import Carries, Entitlement
from calculator.renewal.terms import Offer, current_term
from calculator.request import Request


def _carried(request: Request, carries: Carries, minutes: int) -> int:
    """Unused minutes of the expiring bank; each intervention alone is rounded up to the step, never below nothing."""
    used = request.options.get(carries.usage)
    step = carries.step_minutes
    spent = sum(-(-minute // step) * step for minute in used) if isinstance(used, tuple) else 0
    return max(0, minutes - spent)


def _bank(request: Request, offer: Offer) -> dict[str, Json]:
    pack = next(pack for pack in request.plan.packs if pack.id == request.options["pack"])
    minutes = pack.minutes * request.quantity
    if not offer.rule:
        return {"minutes": minutes}
    carried = _carried(request, offer.rule.carries, minutes) if offer.rule.carries else 0
    return {"minutes": minutes + carried, "carried": carried}


def _one(request: Request, offer: Offer, entitlement: Entitlement, term: Term | None) -> dict[str, Json]:
    """One entitlement; added units count with those that are there already."""
    units = request.quantity + (request.existing if request.action == "add" else 0)
    result: dict[str, Json] = {"code": entitlement.code}
    if entitlement.minutes_from_pack:
        result |= _bank(request, offer)
    elif entitlement.minutes is not None:
        result["minutes"] = entitlement.minutes * (units if entitlement.per_unit else 1)
    elif entitlement.bands:
        result["quantity"] = next(b.quantity for b in entitlement.bands if b.up_to is None or units <= b.up_to)
    if entitlement.on_request:
        result["on_request"] = True
    if entitlement.resets and term:
        start = current_term(request).start if request.action == "add" else term.start
        year = term_from(start, Length(months=12), request.anchor, request.plan.proration.keep_month_end)
        result["resets_on"] = (year.end + ONE_DAY).isoformat()
    return result


def entitlements(request: Request, offer: Offer) -> list[dict[str, Json]]:
    """What the quoted term gives; for a status what the current term gives, nothing once it has ended."""
    if request.action == "status" and request.expiry and request.on > request.expiry:
        return []
    known = [e for e in request.plan.entitlements if not e.minutes_from_pack or "pack" in request.options]
    return [_one(request, offer, entitlement, offer.term) for entitlement in known]


def lapses(request: Request) -> list[dict[str, Json]]:
    """For a status: what ends, and after which day."""
    if request.action != "status" or not request.expiry:
        return []
    after = request.expiry.isoformat()
    codes = ["cover", *(entitlement.code for entitlement in request.plan.entitlements)]
    return [{"code": "lapses", "params": {"what": code, "after": after}} for code in codes]
