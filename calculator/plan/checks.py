"""What no single key of a plan can tell: that its price, its term, its options and its rules go together."""

from collections.abc import Iterator

from calculator.errors import Path
from calculator.plan.cursor import Cursor, listed
from calculator.plan.lengths import Lengths
from calculator.plan.minimum import check_minimum
from calculator.plan.records import Adjustment, Condition, Dated, Option, Part, Plan, PriceRow, Renewal


def check_plan(cursor: Cursor, plan: Plan, sound: bool) -> None:
    """Check a plan that has been read; mistakes go to the cursor's list.

    `sound` says that each key was right by itself; only then do stand-ins not cause mistakes of their own.
    """
    _check_price(cursor, plan)
    _check_term(cursor, plan)
    _check_yearly(cursor, plan)
    if sound:
        check_minimum(cursor, plan)
        _check_lengths(cursor, plan)
        _check_packs(cursor, plan)
        _check_estimate(cursor, plan)
        _check_options(cursor, plan)
        _check_entitlements(cursor, plan)


def _place(cursor: Cursor, section: str, index: int) -> Path:
    """Where the version `index` of a section stands: a section may be written once, or as a list of versions."""
    return (section, index) if isinstance(cursor.at(section).value, list | tuple) else (section,)


def _versions[T: Dated](cursor: Cursor, section: str, versions: tuple[T, ...]) -> Iterator[tuple[Path, T]]:
    return ((_place(cursor, section, index), version) for index, version in enumerate(versions))


def _check_price(cursor: Cursor, plan: Plan) -> None:
    own_prices = bool(plan.buy) and all(buy.price for buy in plan.buy)
    if cursor.has("price") and cursor.has("packs"):
        cursor.problem("`price` and `packs` exclude each other", "each pack has its own price", "keep one of them")
    elif not (
        cursor.has("price") or cursor.has("packs") or (own_prices and plan.actions in (("buy",), ("buy", "status")))
    ):
        cursor.problem("the plan has no price", "every quote needs one", "add `price:` with dated rows, or `packs:`")


def _check_term(cursor: Cursor, plan: Plan) -> None:
    month_terms = plan.term and plan.term.months
    if (plan.extension or plan.addition or plan.renewal) and not plan.term:
        cursor.problem(
            "`term` is missing",
            "renewals, extensions and additions are measured against it",
            "add `term: {months: 12}`",
        )
    elif not month_terms and (plan.extension or plan.proration.basis != "actual_days"):
        cursor.problem(
            "this needs a term in months",
            "a price per month is the term's price / its months",
            "write `term: {months: …}`",
        )


def _check_yearly(cursor: Cursor, plan: Plan) -> None:
    """A fee of a year needs a time to be shared by; all but a purchase need a term anyhow."""
    for path, buy in _versions(cursor, "buy", plan.buy):
        for index, rule in enumerate(buy.adjust):
            if rule.prorated and not plan.term and not buy.terms:
                cursor.problem(
                    f"`{rule.code}` is the fee of a year, and the plan has no term",
                    "an order pays the part for the time that it covers",
                    "add `term: {months: 12}`, or leave `prorated` out",
                    at=(*path, "adjust", index, "prorated"),
                )


def _check_lengths(cursor: Cursor, plan: Plan) -> None:
    """A renewal may not be shorter than a term, nor longer than the plan's limit."""
    term, horizon = plan.term, plan.horizon_months
    for path, renewal in _versions(cursor, "renewal", plan.renewal):
        for at, months in _written_lengths(cursor, (*path, "lengths"), renewal.lengths):
            if term and (not term.months or months < term.months):
                what = f"`min_months: {months}` is" if at[-1] == "min_months" else f"{months} months are"
                cursor.problem(
                    f"{what} less than a term",
                    "shorter renewals have no price",
                    f"write `{term.months}`, or more" if term.months else "leave `lengths` out: the term is in days",
                    at=at if term.months else (*path, "lengths"),
                )
            elif horizon and months > horizon:
                cursor.problem(
                    f"{months} months go past the plan's limit",
                    f"`horizon` lets cover end {horizon} months after the purchase at the latest",
                    f"write `{horizon}` at most, or raise `horizon`",
                    at=at,
                )


def _written_lengths(cursor: Cursor, path: Path, lengths: Lengths | None) -> list[tuple[Path, int]]:
    """Each length that is written below `lengths`, with its place: a list may be in any order."""
    if not lengths or not lengths.only:
        return [((*path, "min_months"), lengths.least)] if lengths else []
    held = cursor
    for step in (*path, "months"):
        held = held.at(step)
    written = held.value if isinstance(held.value, list | tuple) else ()
    return [((*path, "months", index), months) for index, months in enumerate(written) if months in lengths.only]


def _check_packs(cursor: Cursor, plan: Plan) -> None:
    for section in ("extension", "addition"):
        if plan.packs and cursor.has(section):
            cursor.problem(
                f"`{section}` and `packs` exclude each other",
                "nobody is asked for a pack in mid-term",
                f"remove `{section}`, or give the plan a plain `price`",
                at=(section,),
            )
    carrying = [window for renewal in plan.renewal for window in renewal.windows if window.carries]
    if carrying and not plan.packs:
        why = "it is a pack's time that is carried"
        cursor.problem("`carries` needs `packs`", why, "add `packs:`", at=("renewal",))
    if any(option.name == "pack" for option in plan.options[1:]) and plan.packs:
        cursor.problem(
            "the option `pack` is there already",
            "`packs` declares it, with the packs as its choices",
            "remove it here or rename it",
            at=("options", "pack"),
        )


def _check_estimate(cursor: Cursor, plan: Plan) -> None:
    """An estimate prices one whole contract from answers that are always there."""
    inner = [("packs", pack.price) for pack in plan.packs] + [("buy", buy.price) for buy in plan.buy]
    for section, price in inner:
        if any(row.estimate for row in price):
            cursor.problem(
                "an estimate cannot stand here",
                "its lines cite the parts below the plan's own `price`",
                "move it to the plan's `price`",
                at=(section,),
            )
    if not any(row.estimate for row in plan.price):
        return
    why = "an estimate prices one whole contract, never a part of one or several"
    if plan.max_quantity != 1:
        cursor.problem("the plan needs `quantity: {max: 1}`", why, "add `quantity: {max: 1}`", at=("price",))
    for section in ("extension", "addition"):
        if cursor.has(section):
            cursor.problem(f"`{section}` cannot be priced by an estimate", why, f"remove `{section}`", at=(section,))
    for path, renewal in _versions(cursor, "renewal", plan.renewal):
        partial = any(window.align_months or window.ends == "with_next_term" for window in renewal.windows)
        rules = [*renewal.adjust, *(rule for window in renewal.windows for rule in window.adjust)]
        if renewal.lengths or partial or any(rule.missed_percent is not None for rule in rules):
            cursor.problem(
                "this renewal cannot be priced by an estimate",
                why,
                "remove `lengths`, `align`, `ends: with_next_term` and `missed_percent`",
                at=path,
            )
    for index, row in enumerate(plan.price):
        _check_parts(cursor, plan, row, ("price", index, "estimate"))


def _check_parts(cursor: Cursor, plan: Plan, row: PriceRow, path: Path) -> None:
    """Each answer that a part is computed from must be of the right kind, and there whenever the part counts."""
    options = {option.name: option for option in plan.options}
    for index, part in enumerate(row.estimate):
        _check_condition(cursor, options, part.when, (*path, index, "when"))
        names = dict.fromkeys((*(("quantity", part.quantity),), *(("times", name) for name in part.times)), "integer")
        names |= {("share", part.share): "integer"}
        names |= {(key, rate.by): "choice" for key, rate in (("rate", part.rate), ("factor", part.factor)) if rate}
        for (key, name), kind in names.items():
            option = options.get(name)
            if option and not (option.type == kind and _always_given(option, plan, part)):
                cursor.problem(
                    f"`{name}` is no {kind} that is always answered",
                    "the part could not be computed without it",
                    f"give the option `type: {kind}` and all actions of the plan, and no `optional`; where it has"
                    " `required_with`, give the part the same `when`",
                    at=(*path, index, key),
                )


def _always_given(option: Option, plan: Plan, part: Part) -> bool:
    """Whether every request that this part prices has the option."""
    priced = [action for action in plan.actions if action != "status"]
    asked = all(action in option.actions for action in priced) and not option.optional
    needed: Condition = option.required_with or {}
    return asked and all(part.when.get(name) == value for name, value in needed.items())


def _check_options(cursor: Cursor, plan: Plan) -> None:
    """Options must fit what rules do with them."""
    options = {option.name: option for option in plan.options}
    for option in plan.options:
        if option.minimum is not None and option.maximum is not None and option.minimum > option.maximum:
            at: Path = ("options", option.name, "min")
            cursor.problem("`min` is more than `max`", "no answer could be right", "lower it or raise `max`", at=at)
        _check_condition(cursor, options, option.required_with or {}, ("options", option.name, "required_with"))
    _check_buy(cursor, plan, options)
    _check_later(cursor, plan, options)


def _check_buy(cursor: Cursor, plan: Plan, options: dict[str, Option]) -> None:
    for path, buy in _versions(cursor, "buy", plan.buy):
        for place, term in enumerate(buy.terms):
            _check_condition(cursor, options, term.when, (*path, "terms", place, "when"))
        _check_adjustments(cursor, options, buy.adjust, "buy", (*path, "adjust"))
        _check_chosen(cursor, None, buy.adjust, (*path, "adjust"))
        for place, credit in enumerate(buy.credits):
            _check_use(cursor, options.get(credit.paid_on), "date", "buy", (*path, "credits", place, "paid_on"))


def _check_later(cursor: Cursor, plan: Plan, options: dict[str, Option]) -> None:
    """What follows a first purchase."""
    for path, renewal in _versions(cursor, "renewal", plan.renewal):
        _check_adjustments(cursor, options, renewal.adjust, "renew", (*path, "adjust"))
        _check_chosen(cursor, renewal, renewal.adjust, (*path, "adjust"))
        for place, window in enumerate(renewal.windows):
            _check_chosen(cursor, renewal, window.adjust, (*path, "windows", place, "adjust"))
            _check_adjustments(cursor, options, window.adjust, "renew", (*path, "windows", place, "adjust"))
            if window.carries:
                at = (*path, "windows", place, "carries", "usage")
                _check_use(cursor, options.get(window.carries.usage), "minutes", "renew", at)
    for path, extension in _versions(cursor, "extension", plan.extension):
        if plan.horizon_months and (extension.max_months or 0) >= plan.horizon_months:
            cursor.problem(
                f"{extension.max_months} months can never be added",
                f"`horizon` lets cover end {plan.horizon_months} months after the purchase, an extension begins later",
                "leave `max_months` out, for `horizon` is less, or write less than that",
                at=(*path, "max_months"),
            )
        _check_adjustments(cursor, options, extension.adjust, "extend", (*path, "adjust"))
        _check_chosen(cursor, None, extension.adjust, (*path, "adjust"))
    for path, addition in _versions(cursor, "addition", plan.addition):
        _check_adjustments(cursor, options, addition.adjust, "add", (*path, "adjust"))
        _check_chosen(cursor, None, addition.adjust, (*path, "adjust"))


def _check_adjustments(
    cursor: Cursor, options: dict[str, Option], rules: tuple[Adjustment, ...], action: str, at: Path
) -> None:
    """What an adjustment depends on must be asked where it could apply."""
    for index, rule in enumerate(rules):
        _check_condition(cursor, options, rule.when, (*at, index, "when"))
        for name in (name for name in rule.when if action not in options[name].actions):
            cursor.problem(
                f"`{name}` is not asked for `{action}`",
                "the rule would find no answer, and never apply",
                f"add `{action}` to the option's `actions`",
                at=(*at, index, "when", name),
            )


def _check_chosen(cursor: Cursor, renewal: Renewal | None, rules: tuple[Adjustment, ...], at: Path) -> None:
    """A length that a rule counts for must be one that can be chosen; `renewal` is None where there is none."""
    lengths = renewal.lengths if renewal else None
    for index, rule in enumerate(rules):
        unknown = [months for months in rule.months if not lengths or not lengths.offers(months)]
        if not unknown:
            continue
        what, why = f"{unknown[0]} months cannot be chosen", "the rule would never apply"
        if not renewal:
            fix = "move the rule to `renewal`, or take `months` out of its `when`"
            what, why = "no length is chosen here", "a renewal alone has lengths to choose from"
        elif not lengths:
            fix = "add `lengths: {months: […]}` beside `windows`, with all lengths that are offered"
        else:
            fix = f"write `{lengths.least}`, or more"
            if lengths.only:
                offered = listed([str(months) for months in lengths.only])
                fix = f"write {offered}, or add `{unknown[0]}` to `lengths`"
        cursor.problem(what, why, fix, at=(*at, index, "when", "months"))


def _check_condition(cursor: Cursor, options: dict[str, Option], condition: Condition, at: Path) -> None:
    for name in condition:
        if options[name].type not in ("boolean", "choice"):
            cursor.problem(
                f"`{name}` is neither a boolean nor a choice",
                "a condition compares an answer with one of a few",
                "name an option of one of these types",
                at=(*at, name),
            )


def _check_use(cursor: Cursor, option: Option | None, kind: str, action: str, at: Path) -> None:
    if option and (option.type != kind or action not in option.actions):
        cursor.problem(
            f"`{option.name}` is not an option of `type: {kind}` for `{action}`",
            "the rule would find no answer that it can use",
            f"give it `type: {kind}` and `actions: [{action}]`",
            at=at,
        )


def _check_entitlements(cursor: Cursor, plan: Plan) -> None:
    if any(entitlement.minutes_from_pack for entitlement in plan.entitlements) and not plan.packs:
        cursor.problem(
            "`minutes_from: pack` needs `packs`", "the minutes are a pack's", "add `packs:`", at=("entitlements",)
        )
    for index, entitlement in enumerate(plan.entitlements):
        kinds = (entitlement.minutes is not None, entitlement.minutes_from_pack, bool(entitlement.bands))
        if sum(kinds) > 1:
            cursor.problem(
                f"`{entitlement.code}` says its size twice",
                "only one of them could be shown",
                "keep one of minutes, minutes_from and by_quantity",
                at=("entitlements", index),
            )
