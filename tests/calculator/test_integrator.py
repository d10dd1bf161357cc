"""The estimate: each part a line of its own, rounded on the amount before it, adding up to the total."""

import pytest

from tests.calculator.asking import Answer, ask, codes, lines, refused, term

PLAN = "integrator/contract"
OPTIONS = {
    "region_rate": "idf", "hours": 10, "level": "reactive", "remote_percent": 0, "complexity": "simple", "updates": 0,
    "visits": 0, "travel": "fixed",
}  # fmt: skip


def estimate(**options: object) -> Answer:
    return ask(PLAN, "buy", "2026-03-01", options=OPTIONS | options)


def test_one_hour_of_everything_plain() -> None:
    given = estimate(hours=1)
    assert (term(given), given["subtotal"], given["total"]) == ("2026-03-01…2027-02-28", "95.00", "114.00")
    assert given["taxes"] == [{"code": "VAT", "rate": "20", "amount": "19.00"}]


@pytest.mark.parametrize(("region", "amount"), [("idf", "950.00"), ("region", "780.00"), ("littoral", "880.00")])
def test_labour_by_region(region: str, amount: str) -> None:
    assert lines(estimate(region_rate=region))["labour"] == amount


@pytest.mark.parametrize(
    ("percent", "amount"), [(0, "0.00"), (1, "-1.90"), (33, "-62.70"), (50, "-95.00"), (100, "-190.00")]
)
def test_remote_hours_are_billed_at_four_fifths(percent: int, amount: str) -> None:
    assert lines(estimate(remote_percent=percent))["remote_share"] == amount


def test_each_factor_acts_on_the_amount_before_it() -> None:
    given = estimate(
        hours=37,
        region_rate="region",
        remote_percent=35,
        level="proactive",
        complexity="standard",
        updates=3,
        visits=4,
        travel="distance",
        km=85,
        under_warranty=True,
        warranty_extension=True,
    )
    # 37 x 78 = 2886; x 0.35 x -0.20; x 0.25; x 0.15; then -15 % and +8 % of the whole labour part.
    assert lines(given) == {
        "labour": "2886.00", "remote_share": "-202.02", "service_level": "671.00", "complexity": "503.25",
        "updates": "420.00", "travel_distance": "442.00", "under_warranty": "-578.73", "warranty_extension": "308.66",
    }  # fmt: skip
    assert (given["subtotal"], given["taxes"][0]["amount"], given["total"]) == ("4450.16", "890.03", "5340.19")
    travel = next(line for line in given["lines"] if line["code"] == "travel_distance")
    assert (travel["quantity"], travel["unit_amount"], travel["params"]) == (680, "0.65", {"km": 85, "visits": 4})


def test_lines_cite_their_parts() -> None:
    for line in estimate(visits=1, updates=1)["lines"]:
        assert line["clause"] == f"contract.price.estimate.{line['code']}"


def test_fixed_travel_per_visit() -> None:
    assert lines(estimate(visits=52))["travel_fixed"] == "3120.00"
    assert "travel_fixed" not in lines(estimate(visits=0))
    assert "travel_distance" not in lines(estimate(visits=3, travel="distance", km=0))


def test_kilometres_go_with_the_distance() -> None:
    request = {"plan": PLAN, "action": "buy", "on": "2026-03-01", "options": OPTIONS | {"travel": "distance"}}
    assert refused(request) == [("missing", "options.km", {})]
    assert estimate(km=12)["subtotal"] == "950.00"


def test_every_option_is_asked() -> None:
    assert codes({"plan": PLAN, "action": "buy", "on": "2026-03-01"}) == [
        ("missing", f"options.{name}") for name in sorted(OPTIONS)
    ]


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("hours", 0, "bad_option"),
        ("hours", 201, "bad_option"),
        ("remote_percent", -1, "bad_option"),
        ("remote_percent", 101, "bad_option"),
        ("updates", 13, "bad_option"),
        ("visits", 53, "bad_option"),
        ("region_rate", "paris", "bad_option"),
        ("level", "", "bad_option"),
        ("hours", "10", "wrong_type"),
        ("hours", 10.0, "wrong_type"),
        ("hours", True, "wrong_type"),
        ("level", 1, "wrong_type"),
        ("under_warranty", "yes", "wrong_type"),
        ("under_warranty", 1, "wrong_type"),
        ("colour", "red", "unknown_option"),
    ],
)
def test_bad_answers(name: str, value: object, code: str) -> None:
    request = {"plan": PLAN, "action": "buy", "on": "2026-03-01", "options": OPTIONS | {name: value}}
    assert codes(request) == [(code, f"options.{name}")]


def test_one_contract_at_a_time_and_only_bought() -> None:
    request = {"plan": PLAN, "action": "buy", "on": "2026-03-01", "options": OPTIONS, "quantity": 2}
    assert refused(request) == [("out_of_range", "quantity", {"min": 1, "max": 1})]
    assert refused({"plan": PLAN, "action": "renew", "on": "2026-03-01", "expiry": "2026-03-01"}) == [
        ("action_not_offered", "action", {"value": "renew", "offered": ["buy", "status"]})
    ]
