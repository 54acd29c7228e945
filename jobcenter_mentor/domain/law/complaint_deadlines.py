"""The deadlines of a complaint (klagens frister) by the order in force on the day (retssikkerhedsloven § 66).

The authority's own days are calendar days; the citizen's last day is moved to a working day, never to an earlier one.
"""

from __future__ import annotations

from datetime import date, timedelta

from jobcenter_mentor.domain.kernel.periods import next_working_day
from jobcenter_mentor.domain.law.deadlines import Deadline
from jobcenter_mentor.domain.law.law import LawOfDay

REVIEW, LATE, ANSWER, FORWARD = "complaint_review", "complaint_late", "complaint_answer", "complaint_forward"
DECIDE = "complaint_decide"
KINDS = frozenset({REVIEW, LATE, ANSWER, FORWARD, DECIDE})
"""The deadlines of a complaint, as the radar knows them; only the complaint's own acts settle them."""
RULES = {REVIEW: "dl.review", LATE: "dl.late", ANSWER: "dl.answer", FORWARD: "dl.forward", DECIDE: "dl.review"}
SHORT_GROUP = 1
SHORT_CASES = {
    "offer": "Et tilbud efter LAB kapitel 11-14, begrundet i ønsker, forudsætninger og arbejdsmarkedets behov",
    "availability": "Et rådighedsafprøvende tilbud (LAB § 54)",
    "referred": "Henvist arbejde (LAB § 11, stk. 2, nr. 3)",
    "other_actor": "At en anden aktør skal stå for indsatsen",
}
"""Decisions on persons of group 1 that are reassessed within days; mentor support (chapter 26) is none of them."""


def is_sent_at_once(received: date, last_day: date, law: LawOfDay) -> bool:
    """Tell whether a complaint came too late and is sent on without a reassessment (for sen klage)."""
    return received > last_day and law.find("decision.late_at_once") is True


def may_be_short(group: int | None, law: LawOfDay) -> bool:
    """Tell whether the order has decisions on this group that are reassessed within days (kort frist)."""
    return group == SHORT_GROUP and law.find("decision.review_days_short") is not None


def review(received: date, law: LawOfDay, *, short: bool = False, urgent: bool = False) -> Deadline:
    """Return the deadline of the reassessment (genvurdering): weeks, days where the order says so, or at once."""
    what = "Klagen skal være genvurderet og ellers sendt videre"
    if urgent:
        return _deadline(REVIEW, next_working_day(received), "citation.complaint_urgent", f"Haster. {what}", law)
    if short:
        figure = "decision.review_days_short"
        return _deadline(REVIEW, received + timedelta(days=law.whole(figure)), figure, what, law)
    figure = "decision.review_weeks"
    return _deadline(REVIEW, received + timedelta(weeks=law.whole(figure)), figure, what, law)


def expected(day: date, law: LawOfDay) -> Deadline:
    """Return the day by which the citizen was told that the reassessment will be done (besked om ventetid)."""
    what = "Klagen skal være genvurderet, som borgeren har fået besked om"
    return _deadline(REVIEW, day, "citation.complaint_notice", what, law)


def late(received: date, law: LawOfDay) -> Deadline:
    """Return the deadline of a complaint that came too late: the same day, or the first working day."""
    what = "Klagen kom for sent og skal sendes videre straks"
    return _deadline(LATE, next_working_day(received), "decision.late_at_once", what, law)


def answer(asked_on: date, law: LawOfDay) -> Deadline:
    """Return the citizen's last day to maintain the complaint after a partial yes (fastholdelse)."""
    figure = "decision.answer_weeks"
    due = next_working_day(asked_on + timedelta(weeks=law.whole(figure)))
    return _deadline(ANSWER, due, figure, "Borgeren skal have svaret, om klagen gælder for resten", law)


def decide(due: date, law: LawOfDay) -> Deadline:
    """Return the last day to send the new decision that a full or partial yes requires (ny afgørelse)."""
    figure = "decision.review_weeks"
    return _deadline(DECIDE, due, figure, "Klagen gav medhold. Den nye afgørelse skal være sendt", law)


def forward(answered: date, law: LawOfDay) -> Deadline:
    """Return the last day to send the rest of the complaint on, counted from the citizen's answer."""
    figure = "decision.forward_days"
    due = answered + timedelta(days=law.whole(figure))
    return _deadline(FORWARD, due, figure, "Klagen gælder stadig for resten og skal sendes videre", law)


def _deadline(kind: str, due: date, figure: str, what: str, law: LawOfDay) -> Deadline:
    return Deadline(kind, due, RULES[kind], "law", _section(figure, law), what)


def _section(figure: str, law: LawOfDay) -> str:
    """Return the section of the day; before the first order that was read it is the act's own."""
    return "retssikkerhedsloven § 66" if law.find(figure) is None else str(law.source(figure))
