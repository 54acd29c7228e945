"""Calculate what remains to be claimed (refusionsopgørelse), from what was paid and what closed claims contain.

The frame limits the cost (`base`), never the refund: refund = rate x min(cost, frame). Each line's refund is the step
of the rounded running total, so the lines of a year sum to the øre to the rate of their whole base. Amounts are øre.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from jobcenter_mentor.domain.kernel.frame_kinds import FRAME_NAMES
from jobcenter_mentor.domain.kernel.money import percent_half_away

Key = tuple[int, date]
"""A part of a paid line: row id of the line and the part's first day."""


@dataclass(frozen=True)
class RefundTerms:
    """The terms of a refund (vilkår): kind of reimbursement, rate in per cent, account and rule of a part's days."""

    kind: str
    rate_percent: int
    account: str
    rule: str


@dataclass(frozen=True)
class PaidPart:
    """The paid cost of one line in one accounting year under one rule; `eligible` is what may count."""

    pay_line_id: int
    grant_id: int
    first_day: date
    last_day: date
    cost: int
    eligible: int
    terms: RefundTerms

    @property
    def key(self) -> Key:
        """Return the key of the part across claims."""
        return self.pay_line_id, self.first_day


@dataclass(frozen=True)
class ClaimEntry:
    """A claim line (refusionslinje); a correction names its line in `correction_of` and holds the differences."""

    part: PaidPart
    base: int
    refund: int
    id: int = 0
    correction_of: int | None = None
    reason: str = ""


def lines_to_claim(
    parts: Sequence[PaidPart], closed: Sequence[ClaimEntry], frames: Mapping[tuple[int, str], int]
) -> list[ClaimEntry]:
    """Return the lines of the next claim: new parts, and corrections where a claimed part has changed.

    `closed` are the lines of closed claims in their order, `frames` the frames in force by year and kind. What was
    claimed first keeps its room in the frame; the rest follows by day. A framed part of a year without a frame gets
    base 0.
    """
    before = _sums(closed)
    wanted = {part.key: part for part in parts}
    gone = [replace(line.part, cost=0, eligible=0) for key, line in before.items() if key not in wanted]
    fresh = sorted((part for part in parts if part.key not in before), key=lambda part: (part.first_day, part.key))
    ordered = [wanted[key] for key in before if key in wanted] + gone + fresh
    bases = _bases(ordered, frames)
    lines = [line for part in ordered for line in _steps(part, bases[part.key], before.get(part.key))]
    return list(_with_refund(lines, closed))


def _sums(closed: Sequence[ClaimEntry]) -> dict[Key, ClaimEntry]:
    """Return the sum claimed of each part, in the order first claimed; terms and id are those of its last line."""
    found: dict[Key, ClaimEntry] = {}
    for line in closed:
        before = found.get(line.part.key)
        part = line.part
        if before is not None:
            part = replace(part, cost=part.cost + before.part.cost, eligible=part.eligible + before.part.eligible)
        base = line.base + (before.base if before else 0)
        found[part.key] = ClaimEntry(part, base, line.refund + (before.refund if before else 0), line.id)
    return found


def _bases(ordered: Iterable[PaidPart], frames: Mapping[tuple[int, str], int]) -> dict[Key, int]:
    """Return each part's base: all of it without a frame, what is left of the frame otherwise, none without a rate."""
    left = dict(frames)
    bases: dict[Key, int] = {}
    for part in ordered:
        frame = (part.first_day.year, part.terms.kind)
        base = part.eligible if part.terms.rate_percent else 0
        if part.terms.kind in FRAME_NAMES:
            base = max(0, min(base, left.get(frame, 0)))
            left[frame] = left.get(frame, 0) - base
        bases[part.key] = base
    return bases


def _steps(part: PaidPart, base: int, before: ClaimEntry | None) -> Iterator[ClaimEntry]:
    """Yield the lines from what is claimed of a part to what is right; none where it is right already."""
    if before is None:
        yield ClaimEntry(part, base, 0)
        return
    claimed = before.part
    if part.cost and claimed.terms != part.terms:
        yield _correction(claimed, -claimed.cost, -claimed.eligible, -before.base, before.id, "Reglen er en anden")
        yield _correction(part, part.cost, part.eligible, base, before.id, "Reglen er en anden")
    elif (part.cost, part.eligible, base) != (claimed.cost, claimed.eligible, before.base):
        reason = "Beløbet er ændret" if part.cost != claimed.cost else "Tilbage af rammen"
        differences = (part.cost - claimed.cost, part.eligible - claimed.eligible, base - before.base)
        yield _correction(claimed, *differences, before.id, reason)


def _correction(part: PaidPart, cost: int, eligible: int, base: int, of: int, reason: str) -> ClaimEntry:
    return ClaimEntry(replace(part, cost=cost, eligible=eligible), base, 0, correction_of=of, reason=reason)


def _with_refund(lines: Iterable[ClaimEntry], closed: Iterable[ClaimEntry]) -> Iterator[ClaimEntry]:
    """Yield each line with its refund: rate x running base, halves away from zero, less what is claimed."""
    bases: Counter[tuple[int, RefundTerms]] = Counter()
    refunds: Counter[tuple[int, RefundTerms]] = Counter()
    for line in closed:
        of = (line.part.first_day.year, line.part.terms)
        bases[of] += line.base
        refunds[of] += line.refund
    for line in lines:
        of = (line.part.first_day.year, line.part.terms)
        bases[of] += line.base
        refund = percent_half_away(bases[of], Decimal(line.part.terms.rate_percent) / 100) - refunds[of]
        refunds[of] += refund
        yield replace(line, refund=refund)
