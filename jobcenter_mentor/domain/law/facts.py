"""The facts of a case (oplysninger); `None` always means "not known", never "no"."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

NEW_SUPPORT = ("grant", "extend")
ACTIONS = (*NEW_SUPPORT, "end", "check_contact")
CAUSES = ("personal", "other")
EDUCATION_KINDS = ("study_or_job_qualifying", "other")
SITUATIONS = {
    "kontaktforloeb": "kontaktforløb",
    "ordinaer_uddannelse": "ordinær uddannelse",
    "ordinaert_job": "ordinært job",
    "fleksjob": "fleksjob",
    "virksomhedspraktik": "virksomhedspraktik",
    "nytteindsats": "nytteindsats",
    "loentilskud": "løntilskud",
    "vejledning_opkvalificering": "vejledning og opkvalificering",
    "ressourceforloeb": "ressourceforløb",
    "selvforsoergende": "selvforsørgende",
}
"""Situations before 2014, by code, in Danish words."""


@dataclass(frozen=True)
class CitizenFacts:
    """The citizen (borgeren) on the day of the decision; `group` is the number of LAB § 2 (§ 6), 0 is none.

    The group may be given by `benefit` instead; under 30 it may depend on `has_education` (one that qualifies for a
    job). `refugee_full_refund` tells whether the citizen is one of the refugees of § 202, stk. 1. `single_parent` is
    part of the contract and is stored; no rule asks for it.
    """

    group: int | None = None
    benefit: str | None = None
    visitation: str | None = None
    has_education: bool | None = None
    can_take_other_offers: bool | None = None
    cannot_because: str | None = None
    first_offer: bool | None = None
    age: int | None = None
    situation: str | None = None
    integration_programme: bool | None = None
    psychiatric_inpatient: bool | None = None
    discharge_date: date | None = None
    education_admission_date: date | None = None
    education_kind: str | None = None
    single_parent: bool | None = None
    refugee_full_refund: bool | None = None


@dataclass(frozen=True)
class DatedCost:
    """The cost of a period in øre, both days included."""

    first: date
    last: date
    amount: int


@dataclass(frozen=True)
class PreviousAgreement:
    """The previous agreement (forrige aftale): its first and last day."""

    start: date
    end: date


@dataclass(frozen=True)
class RequestFacts:
    """The request (det søgte): period, minutes a week, mentor type and cost in øre (whole period, or per hour).

    `direct_contact_minutes` are those of the whole period that are direct contact; None means all of them.
    """

    start: date | None = None
    weeks: int | None = None
    end: date | None = None
    minutes_per_week: int | None = None
    direct_contact_minutes: int | None = None
    mentor_type: str | None = None
    beyond_normal: bool | None = None
    decisive: bool | None = None
    cost: int | None = None
    hourly_rate: int | None = None
    cost_excluded: int = 0
    costs: tuple[DatedCost, ...] | None = None
    place_share: int = 1
    other_offer_start: date | None = None
    contacts: tuple[date, ...] | None = None
    previous_agreement: PreviousAgreement | None = None

    @property
    def last_day(self) -> date | None:
        """Return `end`, otherwise the last day of the requested weeks; None when neither or no start is known."""
        return self.end if self.end is not None else self.counted_last_day

    @property
    def total_minutes(self) -> Fraction | None:
        """Return the minutes of the whole period (timer i alt); None while hours or period are not known."""
        if self.start is None or self.last_day is None or self.minutes_per_week is None:
            return None
        return Fraction(self.minutes_per_week * ((self.last_day - self.start).days + 1), 7)

    @property
    def counted_last_day(self) -> date | None:
        """Return the last day by the number of weeks; None without a start or a number of weeks."""
        if self.start is None or self.weeks is None:
            return None
        return self.start + timedelta(days=7 * self.weeks - 1)


@dataclass(frozen=True)
class AgreementFacts:
    """The running agreement (løbende aftale): its date and its fixed group."""

    date: date | None = None
    group: int | None = None


@dataclass(frozen=True)
class BudgetFacts:
    """The frame (rammen): the remaining cost in øre; None means not known."""

    frame_remaining: int | None = None


@dataclass(frozen=True)
class CaseFacts:
    """All the facts that one assessment may use; `date` decides which law applies."""

    date: date
    action: str = "grant"
    citizen: CitizenFacts = field(default_factory=CitizenFacts)
    request: RequestFacts = field(default_factory=RequestFacts)
    agreement: AgreementFacts | None = None
    budget: BudgetFacts = field(default_factory=BudgetFacts)
    id: str | None = None
