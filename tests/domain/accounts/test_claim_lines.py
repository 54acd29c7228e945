"""Tests that the lines of claims sum to rate x min(cost, frame), whatever is paid, corrected and withdrawn."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from jobcenter_mentor.domain.accounts.claim_lines import ClaimEntry, PaidPart, RefundTerms, lines_to_claim
from jobcenter_mentor.domain.kernel.money import percent_half_away

FRAME = RefundTerms("mentor_2014", 50, "", "lab2014.s121a.groups")
OUTSIDE = RefundTerms("none_unlimited", 50, "5.58.82", "lab2014.ressource.refund")
OWN = RefundTerms("no_reimbursement", 0, "5.68.98.019", "lab2014.s121a.none")
PARTS = st.tuples(
    st.integers(1, 12), st.sampled_from([2014, 2015]), st.integers(0, 99_999), st.sampled_from([FRAME, OUTSIDE, OWN])
)


def a_part(number: int, year: int = 2014, cost: int = 1_200_000, terms: RefundTerms = FRAME) -> PaidPart:
    return PaidPart(number, number, date(year, 3, 1), date(year, 3, 31), cost, cost, terms)


def closed(lines: list[ClaimEntry], so_far: list[ClaimEntry]) -> list[ClaimEntry]:
    """Return the closed lines of a claim, after those before, with row ids."""
    return so_far + [replace(line, id=len(so_far) + place) for place, line in enumerate(lines, start=1)]


def test_a_cost_beyond_the_frame_is_refunded_for_what_the_frame_still_holds() -> None:
    (line,) = lines_to_claim([a_part(1, 2015, 1_820_000)], [], {(2015, "mentor_2014"): 1_000_000})

    assert (line.base, line.refund, line.part.cost - line.refund) == (1_000_000, 500_000, 1_320_000)


def test_an_empty_or_missing_frame_refunds_nothing() -> None:
    lines = lines_to_claim([a_part(1, 2015), a_part(2, 2014)], [], {(2015, "mentor_2014"): 0})

    assert [line.refund for line in lines] == [0, 0]


def test_what_is_claimed_already_gives_no_line_a_second_time() -> None:
    frames = {(2014, "mentor_2014"): 10_000_000}
    first = lines_to_claim([a_part(1)], [], frames)

    assert lines_to_claim([a_part(1)], closed(first, []), frames) == []


def test_a_line_withdrawn_after_the_claim_is_taken_back_by_a_line_that_points_to_it() -> None:
    frames = {(2014, "mentor_2014"): 10_000_000}
    before = closed(lines_to_claim([a_part(1)], [], frames), [])

    (back,) = lines_to_claim([], before, frames)

    assert (back.correction_of, back.part.cost, back.base, back.refund) == (1, -1_200_000, -1_200_000, -600_000)


def test_room_that_comes_free_in_the_frame_goes_to_the_cost_that_had_to_do_without() -> None:
    frames = {(2014, "mentor_2014"): 1_500_000}
    before = closed(lines_to_claim([a_part(1), a_part(2)], [], frames), [])

    lines = lines_to_claim([a_part(2)], before, frames)

    assert [(line.correction_of, line.base, line.reason) for line in lines] == [
        (2, 900_000, "Tilbage af rammen"),
        (1, -1_200_000, "Beløbet er ændret"),
    ]


def test_a_changed_rule_turns_the_old_line_round_and_claims_anew() -> None:
    frames = {(2014, "mentor_2014"): 10_000_000}
    before = closed(lines_to_claim([a_part(1)], [], frames), [])

    lines = lines_to_claim([a_part(1, terms=OWN)], before, frames)

    assert [(line.part.terms.kind, line.part.cost, line.refund) for line in lines] == [
        ("mentor_2014", -1_200_000, -600_000),
        ("no_reimbursement", 1_200_000, 0),
    ]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(PARTS, max_size=8), min_size=1, max_size=4), st.integers(0, 200_000))
def test_after_any_claims_the_years_sum_to_the_ore(
    rounds: list[list[tuple[int, int, int, RefundTerms]]], frame: int
) -> None:
    frames = {(2014, "mentor_2014"): frame, (2015, "mentor_2014"): frame // 2}
    so_far: list[ClaimEntry] = []
    parts: list[PaidPart] = []
    for paid in rounds:
        parts = list({(number, year): a_part(number, year, cost, terms) for number, year, cost, terms in paid}.values())
        so_far = closed(lines_to_claim(parts, so_far, frames), so_far)

    held: dict[tuple[int, RefundTerms], list[int]] = defaultdict(lambda: [0, 0, 0])
    for line in so_far:
        sums = held[line.part.first_day.year, line.part.terms]
        sums[0], sums[1], sums[2] = sums[0] + line.part.cost, sums[1] + line.base, sums[2] + line.refund
    for (year, terms), (cost, base, refund) in held.items():
        paid_now = sum(p.cost for p in parts if p.first_day.year == year and p.terms == terms)
        room = frames[year, "mentor_2014"] if terms is FRAME or terms == FRAME else paid_now
        assert cost == paid_now
        assert base == (min(cost, room) if terms.rate_percent else 0)
        assert refund == percent_half_away(base, Decimal(terms.rate_percent) / 100)
