"""Read the hours of the corps: what each mentor can give, what is booked in courses, who is away."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Date, Select, SQLColumnExpression, cast, func, literal, null, or_, select, union_all
from sqlalchemy.orm import Session, lazyload

from jobcenter_mentor.casework.grants.models import Grant, GrantPeriod
from jobcenter_mentor.casework.matching.models import Substitute
from jobcenter_mentor.domain.kernel.capacity import AbsencePeriod, Booking, HoursPeriod, MentorWeek, weeks_of
from jobcenter_mentor.people.mentors.corps import in_corps
from jobcenter_mentor.people.mentors.models import Mentor, MentorAbsence, MentorHours, MentorPrice, MentorSkill
from jobcenter_mentor.people.suppliers.models import Contract
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import visible

HORIZON = 12
SKILLS = ("language", "competence", "experience")
NO_DAY, ZERO, ONE, NO_WORD = cast(null(), Date), literal(0), literal(1), literal("")
Part = Select[*tuple[Any, ...]]
Column = SQLColumnExpression[Any]


@dataclass
class MentorLoad:
    """A mentor in a period: hours, absences, bookings, skills and prices (valid from, valid to, øre)."""

    hours: list[HoursPeriod] = field(default_factory=list)
    away: list[AbsencePeriod] = field(default_factory=list)
    booked: list[Booking] = field(default_factory=list)
    skills: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in SKILLS})
    own_prices: list[tuple[date, int]] = field(default_factory=list)
    contract_prices: list[tuple[date, date | None, int]] = field(default_factory=list)

    def weeks(
        self,
        first: date,
        count: int = HORIZON,
        *,
        without_grant: int | None = None,
        days_off: Collection[date] = (),
        absence: bool = True,
    ) -> list[MentorWeek]:
        """Return the mentor's weeks from the week of a day; `without_grant` leaves out the course being placed.

        `days_off` are the holidays that count: for the budget all of them, for a match none. Without `absence` the
        weeks are as agreed in the contract.
        """
        booked = self.booked
        if without_grant is not None:
            booked = [row for row in booked if row.grant_id != without_grant]
        return weeks_of(self.hours, self.away if absence else (), booked, first, count, days_off)

    def price_on(self, day: date) -> int | None:
        """Return the mentor's own price, else the supplier's contract, in øre; None means the standard price."""
        own = [price for valid_from, price in sorted(self.own_prices) if valid_from <= day]
        if own:
            return own[-1]
        running = [row for row in sorted(self.contract_prices, key=lambda r: r[0]) if row[0] <= day <= (row[1] or day)]
        return running[-1][2] if running else None


def load_of(
    session: Session, first: date, last: date, *, mentor_ids: Collection[int] | None = None
) -> dict[int, MentorLoad]:
    """Return what each mentor has and has promised between two days, in one statement; without rows it is empty."""
    found: dict[int, MentorLoad] = defaultdict(MentorLoad)
    statement = union_all(*(_of(part, mentor_ids) for part in _parts(first, last)))
    for kind, mentor_id, *rest in session.execute(statement):
        _put(found[mentor_id], kind, *rest)
    return found


def active_mentors(*, by: User, first: date, last: date) -> Select[Mentor]:
    """Build the statement of the corps active some day of a period, without hours, prices, skills and absences."""
    statement = visible(select(Mentor), Mentor, by, "mentor.read", first)
    return statement.options(lazyload("*")).where(
        in_corps(), Mentor.active_from <= last, or_(Mentor.active_to.is_(None), Mentor.active_to >= first)
    )


def _parts(first: date, last: date) -> list[Part]:
    """Build one select for each kind of fact, all with the same columns."""
    return [
        _part(
            "hours", MentorHours.mentor_id, MentorHours.valid_from, MentorHours.valid_to, MentorHours.minutes_per_week
        )
        .where(MentorHours.valid_from <= last)
        .where(or_(MentorHours.valid_to.is_(None), MentorHours.valid_to >= first)),
        _part(
            "away",
            MentorAbsence.mentor_id,
            MentorAbsence.first_day,
            MentorAbsence.last_day,
            word=MentorAbsence.reason,
        ).where(MentorAbsence.first_day <= last, MentorAbsence.last_day >= first),
        _booked(first, last),
        _booked_of_substitutes(first, last),
        _part("skill", MentorSkill.mentor_id, word=MentorSkill.kind + ":" + MentorSkill.code),
        _part("price", MentorPrice.mentor_id, MentorPrice.valid_from, number=MentorPrice.hourly_price).where(
            MentorPrice.valid_from <= last
        ),
        _part("contract", Mentor.id, Contract.valid_from, Contract.valid_to, Contract.hourly_price)
        .join(Contract, Contract.supplier_id == Mentor.supplier_id)
        .where(Contract.valid_from <= last),
    ]


def _booked(first: date, last: date) -> Part:
    """Build the select of the hours that are booked with the mentor of each course."""
    ended = func.coalesce(Grant.ended_on, Grant.last_day)
    return (
        _part(
            "booked",
            Grant.mentor_id,
            GrantPeriod.first_day,
            GrantPeriod.last_day,
            GrantPeriod.minutes_per_week,
            key=Grant.id,
            share=Grant.place_share,
        )
        .join(GrantPeriod, GrantPeriod.grant_id == Grant.id)
        .where(Grant.mentor_id.is_not(None), ended >= first, GrantPeriod.first_day <= ended)
        .where(GrantPeriod.first_day <= last, GrantPeriod.last_day >= first)
    )


def _booked_of_substitutes(first: date, last: date) -> Part:
    """Build the select of the hours that are booked with substitutes (vikarer)."""
    return (
        _part(
            "booked",
            Substitute.mentor_id,
            Substitute.first_day,
            Substitute.last_day,
            GrantPeriod.minutes_per_week,
            key=Grant.id,
            share=Grant.place_share,
        )
        .join(Grant, Grant.id == Substitute.grant_id)
        .join(GrantPeriod, GrantPeriod.grant_id == Grant.id)
        .where(GrantPeriod.first_day <= Substitute.last_day, GrantPeriod.last_day >= Substitute.first_day)
        .where(Substitute.first_day <= last, Substitute.last_day >= first)
    )


def _part(
    kind: str,
    mentor_id: Column,
    first: Column = NO_DAY,
    last: Column = NO_DAY,
    number: Column = ZERO,
    *,
    key: Column = ZERO,
    share: Column = ONE,
    word: Column = NO_WORD,
) -> Part:
    """Build a select with the columns that all parts of the union have."""
    return select(
        literal(kind).label("kind"),
        mentor_id.label("mentor_id"),
        key.label("key"),
        first.label("first"),
        last.label("last"),
        number.label("number"),
        share.label("share"),
        word.label("word"),
    )


def _of(part: Part, mentor_ids: Collection[int] | None) -> Part:
    """Narrow one part to some mentors."""
    return part if mentor_ids is None else part.where(part.selected_columns[1].in_(mentor_ids))


def _put(load: MentorLoad, kind: str, key: int, first: date, last: date, number: int, share: int, word: str) -> None:
    """Put one fact where it belongs; the columns are those of `_parts`."""
    if kind == "booked":
        load.booked.append(Booking(key, first, last, number, share))
    elif kind == "hours":
        load.hours.append(HoursPeriod(first, last, number))
    elif kind == "away":
        load.away.append(AbsencePeriod(first, last, word))
    elif kind == "skill":
        sort, _, code = word.partition(":")
        load.skills[sort].append(code)
    elif kind == "price":
        load.own_prices.append((first, number))
    else:
        load.contract_prices.append((first, last, number))
