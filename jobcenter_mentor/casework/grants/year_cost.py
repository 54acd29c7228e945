"""The cost of a course by accounting year and frame, with what the frames cover and the state refunds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames import service as frames
from jobcenter_mentor.casework.frames.bulk_reservation import Book
from jobcenter_mentor.casework.frames.service import CostLine
from jobcenter_mentor.domain.kernel import money
from jobcenter_mentor.domain.kernel.frame_kinds import FRAME_NAMES
from jobcenter_mentor.domain.law.assessment import Assessment

NO_FRAME = "law_not_entered"
"""The frame kind of a cost on days whose law is not entered: its reimbursement is unknown."""


@dataclass(frozen=True)
class YearCost:
    """The cost in one accounting year, in øre; `covered` lies inside the frame, None where the frame is not known."""

    year: int
    cost: int
    frame_kind: str
    rate_percent: int
    remaining: int | None
    covered: int | None
    refund: int | None

    @property
    def own(self) -> int | None:
        """Return the own cost (egen udgift), in øre, which the state does not refund.

        None where the refund is not known.
        """
        return None if self.refund is None else self.cost - self.refund

    @property
    def line(self) -> CostLine:
        """Return the cost line (udgiftslinje) for the frame."""
        return CostLine(self.year, self.cost, self.frame_kind, self.rate_percent)


def years_of(session: Session, assessment: Assessment, book: Book | None = None) -> list[YearCost]:
    """Return the cost by year and frame from the parts of the reimbursement; empty where there is none."""
    reimbursement = assessment.reimbursement
    if reimbursement is None:
        return []
    found: dict[tuple[int, str], YearCost] = {}
    for part in reimbursement.parts:
        kind = part.frame or NO_FRAME
        rate = 0 if part.rate is None else int(part.rate * 100)
        before = found.get((part.first.year, kind))
        cost = part.base + (before.cost if before else 0)
        found[part.first.year, kind] = _year(session, part.first.year, cost, kind, rate, book)
    return list(found.values())


def _year(session: Session, year: int, cost: int, kind: str, rate: int, book: Book | None) -> YearCost:
    if kind not in FRAME_NAMES:
        return YearCost(year, cost, kind, rate, None, None if kind == NO_FRAME else cost, None)
    left = book.remaining(year, kind) if book else frames.remaining(session, year=year, kind=kind)
    return YearCost(year, cost, kind, rate, left, None if left is None else min(cost, left), None)


def left_of(years: Sequence[YearCost]) -> int | None:
    """Return what is left of the one frame, or over New Year what the frames together can take of this cost."""
    framed = [year for year in years if year.frame_kind in FRAME_NAMES]
    if len(framed) == 1:
        return framed[0].remaining
    covered = [year.covered for year in framed]
    return None if not framed or None in covered else sum(part or 0 for part in covered)


def with_refund(years: Sequence[YearCost], assessment: Assessment) -> tuple[YearCost, ...]:
    """Divide the refund of the assessment among the years by what is covered, so that the sum is exact."""
    total = assessment.reimbursement.amount if assessment.reimbursement else None
    weights = [(year.covered or 0) * year.rate_percent for year in years]
    if total is None:
        return tuple(replace(year, refund=_refund_of(year, assessment)) for year in years)
    shares = money.share(total, weights) if sum(weights) else [0] * len(years)
    return tuple(replace(year, refund=refund) for year, refund in zip(years, shares, strict=True))


def _refund_of(year: YearCost, assessment: Assessment) -> int | None:
    """Return the refund of one year; None where any part of it is not known, though other years may be."""
    parts = assessment.reimbursement.parts if assessment.reimbursement else ()
    of_year = [one.amount for one in parts if (one.first.year, one.frame or NO_FRAME) == (year.year, year.frame_kind)]
    known = [amount for amount in of_year if amount is not None]
    return sum(known) if of_year and len(known) == len(of_year) else None
