"""Quotes a second: CPython, the browser's image, and publicodes with the same rules: python -m benchmarks.quote.

Renewals of two plans, early, in grace and late, with taxes; all amounts are compared. The image is that of the built
site (public/), run by Node, as publicodes is; see docs/first-quote.md.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from calculator import wire
from calculator.plan import Catalogue
from site_builder.bundle.tools import run_node
from site_builder.plans import load_families

ROOT = Path(__file__).resolve().parents[2]
RUN = Path(__file__).with_name("run.mjs")
PUBLIC = ROOT / "public" / "assets" / "calculator"
PUBLICODES = ROOT / "node_modules" / "publicodes" / "dist" / "index.js"
PLANS: dict[str, dict[str, object]] = {
    "keystroke/orange-care": {"discount": 10, "grace is prorated": "oui"},
    "sketchup/maintenance": {"fee per unit": 95},
}
EXPIRIES = ("2026-03-31", "2026-12-31", "2027-02-28", "2028-02-29")
ASKED = ("base", "rebate", "fee", "GST", "QST", "total")


@dataclass(frozen=True)
class Question:
    """One renewal, for both engines."""

    request: dict[str, object]
    situation: dict[str, object]
    amounts: tuple[Decimal, ...]


def questions(catalogue: Catalogue, count: int, seed: int = 11) -> list[Question]:
    """Renewals from 60 days early to 400 days late."""
    some = Random(seed)
    return [_question(catalogue, some) for _ in range(count)]


def _question(catalogue: Catalogue, some: Random) -> Question:
    plan = some.choice([*PLANS])
    expiry, late, quantity = date.fromisoformat(some.choice(EXPIRIES)), some.randint(-60, 400), some.randint(1, 60)
    on = (expiry + timedelta(days=late)).isoformat()
    request: dict[str, object] = {
        "plan": plan, "action": "renew", "expiry": expiry.isoformat(), "on": on, "quantity": quantity,
        "region": "CA-QC",
    }  # fmt: skip
    response = wire.quote(catalogue, request)
    lines: Any = response["lines"]
    shares = [line["params"] for line in lines if line["code"] == "prorated_price"]
    days = {"days covered": shares[0]["days"], "days of the term": shares[0]["of"]} if shares else {}
    unit = {"price": float(lines[0]["unit_amount"])}
    return Question(
        request, {"quantity": quantity, "days late": late, **unit, **days, **PLANS[plan]}, _amounts(response)
    )


def _amounts(response: Any) -> tuple[Decimal, ...]:
    """Of a response, what publicodes is asked for."""
    lines = {line["code"]: Decimal(line["amount"]) for line in response["lines"]}
    taxes = {tax["code"]: Decimal(tax["amount"]) for tax in response["taxes"]}
    nothing = Decimal(0)
    base = lines.get("price", nothing) + lines.get("prorated_price", nothing)
    fee = lines.get("reinstatement_fee", nothing)
    discount = -lines.get("on_time_discount", nothing)
    return base, discount, fee, taxes["GST"], taxes["QST"], Decimal(response["total"])


def by_node(engine: str, asked: Sequence[object]) -> tuple[float, list[Any]]:
    """Seconds, and the answers."""
    manifest = json.loads(next(PUBLIC.glob("manifest-*.json")).read_bytes())
    if engine == "image" and "image" not in manifest:
        raise SystemExit("the built site has no image: build it with the image's tools (make build)")
    with tempfile.TemporaryDirectory() as name:
        job = {
            "engine": engine, "publicodes": str(PUBLICODES), "worker": f"{name}/worker.mjs",
            "image": str(PUBLIC / manifest.get("image", {}).get("name", "")), "questions": asked,
            "answers": f"{name}/answers",
        }  # fmt: skip
        (Path(name) / "worker.mjs").write_text((PUBLIC / manifest["worker"]["name"]).read_text())
        (Path(name) / "job").write_text(json.dumps(job))
        run_node(str(RUN), [Path(name) / "job"])
        found = json.loads((Path(name) / "answers").read_text())
    return found["seconds"], found["answers"]


def timed(answer: Callable[[str], object], payloads: Sequence[str]) -> float:
    for payload in payloads[: len(payloads) // 10]:
        answer(payload)
    begin = time.perf_counter()
    for payload in payloads:
        answer(payload)
    return time.perf_counter() - begin


def differences(asked: Sequence[Question], answers: Sequence[Sequence[float]]) -> list[str]:
    """Where publicodes comes to other amounts."""
    return [
        f"{json.dumps(question.request)}: {name} {right} here, {value} there"
        for question, given in zip(asked, answers, strict=True)
        for name, right, value in zip(ASKED, question.amounts, given, strict=True)
        if round(Decimal(str(value)), 2) != right
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    catalogue = load_families(ROOT / "plans").engine
    asked = questions(catalogue, given.count)
    codes = [json.dumps(question.request) for question in asked]
    worded = [json.dumps({"request": question.request, "lang": "en"}) for question in asked]
    manifest = json.loads(next(PUBLIC.glob("manifest-*.json")).read_bytes())["pyodide"]
    wire.load(*((PUBLIC / manifest[part]["name"]).read_text("utf-8") for part in ("catalogue", "locales")))
    seconds: dict[str, list[float]] = {}
    answers: list[Any] = []
    for _ in range(given.rounds):  # in turn, so that a busy moment of the machine falls on all
        spent, answers = by_node("publicodes", [question.situation for question in asked])
        seconds.setdefault("publicodes under Node, amounts", []).append(spent)
        quoted = timed(lambda text: wire.quote_text(catalogue, text), codes)
        seconds.setdefault("Clairplan in CPython, the whole response", []).append(quoted)
        served = timed(lambda text: wire.serve("quote", text), worded)
        seconds.setdefault("Clairplan in CPython, in words for the page", []).append(served)
        seconds.setdefault("Clairplan in the browser's image, the same", []).append(by_node("image", worded)[0])
    rates = {name: [given.count / spent for spent in found] for name, found in seconds.items()}
    other = statistics.median(rates["publicodes under Node, amounts"])
    for name, found in rates.items():
        median = statistics.median(found)
        spread = f"({min(found):.0f} to {max(found):.0f})"
        print(f"{name:45} {median:7.0f} quotes a second {spread:18} {median / other:6.2f} of publicodes")
    wrong = differences(asked, answers)
    print(f"amounts compared: {len(asked) * len(ASKED)}, different: {len(wrong)}")
    for line in wrong[:5]:
        print(f"  {line}")


if __name__ == "__main__":
    main()
