"""On small histories, every number of a plan is the one that is worked out by hand."""

import math
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from agreement import Agreement, loads
from errors import UsageProblem
from planning import Figure, Goal, Need, Plan, plan
from tests.agreement.broken import BASE
from tests.planning.marts import Marts
from tests.planning.reference import wilson_limits

OPPORTUNITY = "  - {stage: opportunity, hubspot: [opportunity]}\n  - {stage: customer,"
SIGNED: Agreement = loads(BASE.replace("  - {stage: customer,", OPPORTUNITY))
AS_OF = datetime(2026, 11, 24, 20)
BEGAN = datetime(2026, 6, 10)
FUNNEL = ("lead", "marketing_qualified_lead", "sales_qualified_lead", "opportunity", "customer")
# Of 80 leads 60 qualify, sales takes 48, deals are made with 40, of which 32 are won: 32 customers.
REACHED = dict(zip(FUNNEL, (80, 60, 48, 40, 32), strict=True))
DAYS_AFTER_START = dict(zip(FUNNEL, (0, 5, 9, 20, 50), strict=True))


def add_segment(marts: Marts, segment: str | None, deal: int) -> None:
    for number in range(REACHED["lead"]):
        lead = f"{segment}-{number}"
        stays = {
            stage: BEGAN + timedelta(days=DAYS_AFTER_START[stage])
            for stage in FUNNEL
            if number < REACHED[stage]
        }
        marts.lead(lead, segment, stays)
        if "opportunity" in stays:
            closed = BEGAN + timedelta(days=50)
            marts.deals.append((lead, deal, stays["opportunity"], closed, True, "customer" in stays))


def add_what_counts_nowhere(marts: Marts) -> None:
    """An excluded lead, one that began as a customer, one too recent to be judged, one from long ago."""
    marts.lead("internal", "enterprise", dict.fromkeys(FUNNEL, BEGAN), because="internal")
    marts.deals.append(("internal", 999_999, BEGAN, BEGAN, True, True))
    marts.lead("imported", "enterprise", {"customer": BEGAN})
    marts.lead("recent", "enterprise", {"lead": datetime(2026, 9, 1)})
    marts.lead("old", "enterprise", {"lead": datetime(2024, 1, 1)})
    marts.deals.append(("old", 5, datetime(2024, 1, 1), datetime(2024, 2, 1), True, True))


def made(marts: Marts, folder: Path, goal: Goal, signed: Agreement = SIGNED) -> Plan:
    return plan(signed, marts.write(folder / "warehouse.duckdb"), AS_OF, goal)


@pytest.fixture
def marts() -> Marts:
    """Enterprise deals are worth 3,000 and small ones 1,000: enterprise won three quarters."""
    marts = Marts()
    add_segment(marts, "enterprise", 3000)
    add_segment(marts, "small_business", 1000)
    add_what_counts_nowhere(marts)
    return marts


def need(found: Plan, what: str, segment: str | None = None) -> Need:
    needs = next(part.needs for part in found.parts if part.segment == segment) if segment else found.needs
    return next(one for one in needs if one.what == what)


def test_a_goal_is_spread_by_what_each_segment_won(marts: Marts, tmp_path: Path) -> None:
    found = made(marts, tmp_path, Goal(Decimal(96_000)))
    assert {part.segment: part.share for part in found.parts} == {"enterprise": 0.75, "small_business": 0.25}
    assert {part.segment: part.revenue for part in found.parts} == {
        "enterprise": 72_000,
        "small_business": 24_000,
    }


def test_needs_are_the_goal_over_the_rates(marts: Marts, tmp_path: Path) -> None:
    found = made(marts, tmp_path, Goal(Decimal(96_000)))
    won = Fraction(72_000, 3000)
    expected = {
        "deals won": won,
        "customer": won * Fraction(32, 32),
        "opportunity": won / Fraction(32, 40) * Fraction(40, 40),
        "sales_qualified_lead": won / Fraction(32, 40) / Fraction(40, 48),
        "marketing_qualified_lead": won / Fraction(32, 40) / Fraction(40, 48) / Fraction(48, 60),
        "lead": won / Fraction(32, 40) / Fraction(40, 48) / Fraction(48, 60) / Fraction(60, 80),
    }
    for what, count in expected.items():
        needed = need(found, what, "enterprise").count
        assert needed is not None
        assert needed.value == pytest.approx(float(count), rel=1e-12), what
        both = need(found, what).count
        assert both is not None
        assert both.value == pytest.approx(float(2 * count), rel=1e-12), what


def test_ranges_come_from_the_intervals_of_the_rates(marts: Marts, tmp_path: Path) -> None:
    """Deals are all alike, so only shares are uncertain: their squares add up on the logarithms."""
    found = made(marts, tmp_path, Goal(Decimal(96_000)))
    rates = [(32, 40), (40, 48), (48, 60)]
    limits = [wilson_limits(*rate) for rate in rates]
    deals_each = wilson_limits(40, 40)
    fewer = [math.log(high / (k / n)) for (k, n), (_, high) in zip(rates, limits, strict=True)]
    more = [math.log((k / n) / low) for (k, n), (low, _) in zip(rates, limits, strict=True)]
    fewer.append(math.log(1 / deals_each[0]))
    needed = need(found, "marketing_qualified_lead", "enterprise").count
    assert needed is not None
    assert needed.value == pytest.approx(45)
    assert needed.low == pytest.approx(45 * math.exp(-math.sqrt(sum(one**2 for one in fewer))), rel=1e-6)
    assert needed.high == pytest.approx(45 * math.exp(math.sqrt(sum(one**2 for one in more))), rel=1e-6)
    # The two segments are alike and independent: their distances add up as squares.
    both = need(found, "marketing_qualified_lead").count
    assert both is not None
    assert both.high - both.value == pytest.approx(math.sqrt(2) * (needed.high - needed.value), rel=1e-9)


def test_each_must_be_there_as_long_before_the_end_as_customers_take(marts: Marts, tmp_path: Path) -> None:
    found = made(marts, tmp_path, Goal(Decimal(96_000)))
    assert (found.starts_on, found.ends_on) == (date(2027, 1, 1), date(2027, 3, 31))
    for stage in FUNNEL:
        day = found.ends_on - timedelta(days=50 - DAYS_AFTER_START[stage])
        assert need(found, stage).exist_by == (day, day, day)


@pytest.mark.parametrize(
    ("per", "starts", "ends"),
    [
        ("month", date(2026, 12, 1), date(2026, 12, 31)),
        ("quarter", date(2027, 1, 1), date(2027, 3, 31)),
        ("year", date(2027, 1, 1), date(2027, 12, 31)),
    ],
)
def test_the_plan_is_for_the_next_whole_period(
    marts: Marts, tmp_path: Path, per: str, starts: date, ends: date
) -> None:
    found = made(marts, tmp_path, Goal(Decimal(96_000), per))  # type: ignore[arg-type]  # one of the three
    assert (found.starts_on, found.ends_on) == (starts, ends)


def test_figures_say_what_they_rest_on(marts: Marts, tmp_path: Path) -> None:
    found = made(marts, tmp_path, Goal(Decimal(96_000)))
    enterprise: dict[str, Figure] = {one.name: one for one in found.parts[0].figures.all()}
    assert {name: (one.n, one.of) for name, one in enterprise.items()} == {
        "deal size": (32, "segment"),
        "win rate": (40, "segment"),
        "new customers per deal won": (32, "segment"),
        "opportunity per deal": (40, "segment"),
        "lead to marketing_qualified_lead": (80, "segment"),
        "marketing_qualified_lead to sales_qualified_lead": (60, "segment"),
        "sales_qualified_lead to opportunity": (48, "segment"),
        **{f"{stage} to customer": (32, "segment") for stage in FUNNEL[:-1]},
    }
    assert (found.seen.since, found.seen.mature_to) == (date(2025, 8, 1), date(2026, 7, 31))
    assert found.warnings == ()


def test_a_goal_for_one_segment_is_that_segments_alone(marts: Marts, tmp_path: Path) -> None:
    found = made(marts, tmp_path, Goal(Decimal(24_000), segments=("small_business",)))
    assert [(part.segment, part.share) for part in found.parts] == [("small_business", 1.0)]
    needed = need(found, "deals won").count
    assert needed is not None
    assert needed.value == 24


def test_since_leaves_out_what_came_before(marts: Marts, tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="won nothing in the time looked at, from 2026-08-15 on"):
        made(marts, tmp_path, Goal(Decimal(96_000), since=date(2026, 8, 15)))


def test_a_thin_history_is_called_thin_and_borrows(tmp_path: Path) -> None:
    marts = Marts()
    add_segment(marts, "enterprise", 3000)
    for number in range(6):
        at = [BEGAN + timedelta(days=days) for days in DAYS_AFTER_START.values()]
        marts.lead(f"few-{number}", "small_business", dict(zip(FUNNEL, at, strict=True)))
        marts.deals.append((f"few-{number}", 500, at[3], at[4], True, True))
    found = made(marts, tmp_path, Goal(Decimal(96_000)))
    few = {one.name: one for one in found.parts[1].figures.all()}
    assert (few["deal size"].estimate.value, few["deal size"].of, few["deal size"].n) == (500, "segment", 6)
    assert few["win rate"].estimate.value == pytest.approx(38 / 46)
    assert few["win rate"].of == "company"
    assert "deal size of small_business rests on 6 cases: history is thin" in found.warnings[0]
    assert any(one.startswith("small_business has too few cases of its own") for one in found.warnings)
    # Both segments rest on the same history, so their errors go together: ranges simply add up.
    parts = [need(found, "lead", one).count for one in ("enterprise", "small_business")]
    whole = need(found, "lead").count
    assert whole is not None
    assert whole.high == pytest.approx(sum(part.high for part in parts if part))


def test_what_history_does_not_say_is_not_made_up(tmp_path: Path) -> None:
    """Deals are won, but no lead was ever at sales_qualified_lead: below that nothing is known."""
    marts = Marts()
    for number in range(40):
        lead, won_at = f"lead-{number}", BEGAN + timedelta(days=9)
        marts.lead(lead, None, {"lead": BEGAN, "opportunity": BEGAN, "customer": won_at})
        marts.deals.append((lead, 100, BEGAN, won_at, True, True))
    found = made(marts, tmp_path, Goal(Decimal(1000)))
    known = {one.what for one in found.needs if one.count}
    assert known == {"opportunity", "customer", "deals won"}
    assert any("does not say how many are needed of lead, marketing" in one for one in found.warnings)


def test_a_segment_that_is_not_there(marts: Marts, tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match=r"'enterprize'\. Did you mean enterprise\?"):
        made(marts, tmp_path, Goal(Decimal(1), segments=("enterprize",)))


def test_a_funnel_without_customers_cannot_be_planned(marts: Marts, tmp_path: Path) -> None:
    without = loads(
        BASE.replace("stage: customer,", "stage: client,").replace("convert: customer", "convert: client")
    )
    with pytest.raises(UsageProblem, match="no stage `customer`"):
        made(marts, tmp_path, Goal(Decimal(1)), without)


def test_without_marts_there_is_nothing_to_plan_on(tmp_path: Path) -> None:
    import duckdb

    file = tmp_path / "warehouse.duckdb"
    duckdb.connect(str(file)).close()
    with pytest.raises(UsageProblem, match="without marts"):
        plan(SIGNED, file, AS_OF, Goal(Decimal(1)))
