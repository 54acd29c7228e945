"""Compare each billed line with what was granted, held and agreed (leveringskontrol), and name every difference.

Invoiced hours <= logged hours <= granted hours, price <= agreed price, nothing outside the course, no hour paid twice,
and from 2020 nothing but mentor hours of direct contact (the order by date).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from jobcenter_mentor.domain.accounts.settlement import ITEMS, Bill, Fault, Settled, whole_months
from jobcenter_mentor.domain.kernel.change_days import ORDER_OF_2022, ORDER_OF_2024, SECTION_6_FROM
from jobcenter_mentor.domain.kernel.hours import hours_words
from jobcenter_mentor.domain.kernel.money import format_kroner, round_half_away
from jobcenter_mentor.domain.kernel.periods import Period

EXCLUDED_FROM = SECTION_6_FROM
"""BEK nr. 1180 of 25 November 2019, §§ 122 and 123, in force with the act."""
PREPARATION = "prep"
ORDER = "bekendtgørelse om en aktiv beskæftigelsesindsats"
EXCLUDED = frozenset({"transport", "mileage", "sickness", "overhead", PREPARATION})
ORDERS = ((ORDER_OF_2024, "§ 125", "§ 126"), (ORDER_OF_2022, "§ 124", "§ 125"), (EXCLUDED_FROM, "§ 122", "§ 123"))
"""The sections of the order on cost and on direct contact, newest first; the figures `citation.*` say the same."""

Check = Callable[[Settled], Iterator[Fault]]


def not_citizens_own(course: Settled) -> Iterator[Fault]:
    """Find lines for another citizen than the course's."""
    for bill in course.bills:
        if bill.citizen_id != course.citizen_id:
            yield Fault("other_citizen", bill.id, "Linjen er for en anden borger end forløbets.", bill.amount)


def not_the_mentor(course: Settled) -> Iterator[Fault]:
    """Find lines of somebody who is not and was not the course's mentor."""
    for bill in course.bills:
        if bill.mentor_id not in course.mentor_ids:
            text = "Mentoren på linjen er ikke og har ikke været borgerens mentor i forløbet."
            yield Fault("wrong_mentor", bill.id, text, bill.amount)


def not_the_sender(course: Settled) -> Iterator[Fault]:
    """Find bills that are not from whom the mentor works for."""
    for bill in course.bills:
        if not bill.sender_fits:
            text = "Fakturaen kommer ikke fra den leverandør, mentoren er ansat hos."
            yield Fault("wrong_sender", bill.id, text, bill.amount)


def outside_the_course(course: Settled) -> Iterator[Fault]:
    """Find lines with days before the start or in a later month than the end."""
    for bill in course.bills:
        months = whole_months(course.period)
        before, after = bill.period.first < months.first, bill.period.last > months.last
        if not bill.period.overlap(course.period) or before or after:
            inside = bill.period.overlap(course.period)
            out = Fraction(bill.period.days - (inside.days if inside else 0), bill.period.days)
            days = f"{course.period.first:%d.%m.%Y}-{course.period.last:%d.%m.%Y}"
            text = f"Linjen går ud over forløbet ({days}). Efter slutdatoen betales intet."
            yield Fault("outside_course", bill.id, text, round_half_away(bill.amount * out))


def held_outside(course: Settled) -> Iterator[Fault]:
    """Find logged meetings after the end or before the start, on the line's days or month."""
    for bill in course.hour_bills:
        stray = [
            one
            for one in course.held
            if not course.period.contains(one.day)
            and one.mentor_id == bill.mentor_id
            and whole_months(bill.period).contains(one.day)
        ]
        if stray:
            text = f"Der er registreret møde den {stray[0].day:%d.%m.%Y}, uden for forløbet. Det kan ikke betales."
            yield Fault("meeting_outside", bill.id, text, bill.worth(course.part(sum(one.minutes for one in stray))))


def above_logged(course: Settled) -> Iterator[Fault]:
    """Find more hours than logged in the months of the line, all lines of the same mentor taken together."""
    for months, bills in course.runs:
        for mentor_id in {bill.mentor_id for bill in bills}:
            own = [bill for bill in bills if bill.mentor_id == mentor_id]
            met = [one.minutes for one in course.counted if one.mentor_id == mentor_id and months.contains(one.day)]
            yield from _excess("above_logged", "registreret", own, course.part(sum(met)))


def above_granted(course: Settled) -> Iterator[Fault]:
    """Find more hours than granted in the weeks of the months, and in all weeks since the start."""
    billed = 0
    for months, bills in course.runs:
        inside = months.overlap(course.period)
        month_room = course.granted_in_weeks(inside) if inside else 0
        so_far = Period(course.period.first, max(course.period.first, min(months.last, course.period.last)))
        total_room = course.granted_in_weeks(so_far) - billed
        yield from _excess("above_granted", "bevilget", bills, max(0, min(month_room, total_room)))
        billed += sum(bill.minutes for bill in bills)


def above_price(course: Settled) -> Iterator[Fault]:
    """Find a price above what is agreed by mentor, contract or local figure on the line's days."""
    for bill in course.hour_bills:
        if bill.agreed is not None and bill.hourly_price > bill.agreed:
            prices = f"{format_kroner(bill.hourly_price)} kr. mod aftalt {format_kroner(bill.agreed)} kr."
            more = round_half_away(Fraction(bill.minutes * (bill.hourly_price - bill.agreed), 60))
            yield Fault("above_price", bill.id, f"Timeprisen er højere end aftalt: {prices}", more)


def without_price(course: Settled) -> Iterator[Fault]:
    """Find lines without an agreed price, and name what is missing."""
    for bill in course.hour_bills:
        if bill.agreed is None:
            yield Fault("price_missing", bill.id, bill.price_gap, bill.amount)


def above_sum(course: Settled) -> Iterator[Fault]:
    """Find amounts above minutes x price."""
    for bill in course.hour_bills:
        if bill.amount > bill.reckoned:
            sums = f"{format_kroner(bill.reckoned)} kr., linjen er på {format_kroner(bill.amount)} kr."
            yield Fault("above_sum", bill.id, f"Timer gange timepris giver {sums}", bill.amount - bill.reckoned)


def not_mentor_cost(course: Settled) -> Iterator[Fault]:
    """Find what is no mentor cost from 2020 (mentorudgift): transport, mileage, sickness, overhead, preparation."""
    for bill in course.bills:
        if bill.item in EXCLUDED and bill.period.last >= EXCLUDED_FROM:
            cost, contact = next((of_cost, direct) for first, of_cost, direct in ORDERS if bill.period.last >= first)
            section = contact if bill.item == PREPARATION else f"{cost}, stk. 2"
            text = f"{ITEMS[bill.item]} er ikke en mentorudgift ({ORDER} {section})."
            yield Fault("excluded_item", bill.id, text, bill.amount)


def billed_twice(course: Settled) -> Iterator[Fault]:
    """Find two lines of one kind for the same mentor, item and days; the fault names the later one."""
    bills = sorted(course.bills, key=lambda bill: bill.id)
    for place, bill in enumerate(bills):
        for earlier in bills[:place]:
            same = (earlier.kind, earlier.mentor_id, earlier.item) == (bill.kind, bill.mentor_id, bill.item)
            if same and earlier.period.overlap(bill.period):
                text = "Der er allerede en linje for samme mentor og samme dage."
                yield Fault("billed_twice", bill.id, text, min(bill.amount, earlier.amount))
                break


def paid_twice(course: Settled) -> Iterator[Fault]:
    """Find invoices for days on which the same hours are paid as wages."""
    wages = [bill for bill in course.hour_bills if bill.kind == "wage"]
    for bill in course.hour_bills:
        if bill.kind == "invoice" and any(wage.period.overlap(bill.period) for wage in wages):
            text = "Timerne er også betalt som løn. Samme time må kun betales én gang."
            yield Fault("paid_twice", bill.id, text, bill.amount)


def mentor_was_away(course: Settled) -> Iterator[Fault]:
    """Find meetings logged on days when the mentor was away."""
    for bill in course.hour_bills:
        away = [days for mentor_id, days in course.absences if mentor_id == bill.mentor_id]
        met = [
            one
            for one in course.counted
            if one.mentor_id == bill.mentor_id
            and bill.period.contains(one.day)
            and any(days.contains(one.day) for days in away)
        ]
        if met:
            text = f"Mentoren er meldt fraværende den {met[0].day:%d.%m.%Y}, hvor der er registreret møde."
            yield Fault("mentor_away", bill.id, text, bill.worth(course.part(sum(one.minutes for one in met))))


def above_time_sheet(course: Settled) -> Iterator[Fault]:
    """Find wages without an approved time sheet (timeseddel) of the month, or above it."""
    for bill in course.hour_bills:
        if bill.kind != "wage":
            continue
        months = whole_months(bill.period)
        own = [s for s in course.sheets if s.mentor_id == bill.mentor_id and months.contains(s.first_day)]
        approved = sum(sheet.minutes for sheet in own if sheet.approved)
        if not any(sheet.approved for sheet in own):
            yield Fault("no_time_sheet", bill.id, "Timesedlen for måneden mangler eller er ikke godkendt.", bill.amount)
        elif bill.minutes > course.part(approved):
            said, sheet = hours_words(bill.minutes), hours_words(course.part(approved))
            text = f"Lønlinjen har {said}, den godkendte timeseddel {sheet}."
            yield Fault("no_time_sheet", bill.id, text, bill.worth(bill.minutes - course.part(approved)))


CHECKS: dict[str, tuple[str, Check]] = {
    "other_citizen": ("Forkert borger", not_citizens_own),
    "wrong_mentor": ("Forkert mentor", not_the_mentor),
    "wrong_sender": ("Forkert afsender", not_the_sender),
    "outside_course": ("Uden for forløbet", outside_the_course),
    "meeting_outside": ("Møde uden for forløbet", held_outside),
    "above_logged": ("Flere timer end registreret", above_logged),
    "above_granted": ("Flere timer end bevilget", above_granted),
    "above_price": ("Højere pris end aftalt", above_price),
    "price_missing": ("Ingen aftalt pris", without_price),
    "above_sum": ("Større beløb end timer gange pris", above_sum),
    "excluded_item": ("Ikke en mentorudgift", not_mentor_cost),
    "billed_twice": ("Faktureret to gange", billed_twice),
    "paid_twice": ("Betalt både som løn og faktura", paid_twice),
    "mentor_away": ("Mentor fraværende", mentor_was_away),
    "no_time_sheet": ("Timeseddel mangler", above_time_sheet),
}
"""The checks by name, with Danish heading and function."""
NO_COURSE = "no_course"
"""A line without a course, found where lines are read, because it belongs to none."""
HEADINGS = {name: heading for name, (heading, _) in CHECKS.items()} | {NO_COURSE: "Intet forløb"}


def faults_of(course: Settled, checks: Sequence[str] | None = None) -> list[Fault]:
    """Return all faults of a course, in the order of `CHECKS`; `checks` names those to make, None means all."""
    wanted = [check for name, (_, check) in CHECKS.items() if checks is None or name in checks]
    return [fault for check in wanted for fault in check(course)]


def without_course(bill: Bill) -> Fault:
    """Return the fault of a line whose citizen has no course with the mentor, so that nothing was granted."""
    text = "Borgeren har intet forløb med mentoren. Uden bevilling kan der ikke betales."
    return Fault(NO_COURSE, bill.id, text, bill.amount)


def _excess(check: str, word: str, bills: Sequence[Bill], room: int) -> Iterator[Fault]:
    """Yield each line that brings the minutes above the room, in the order they were billed."""
    used = 0
    for bill in sorted(bills, key=lambda bill: (bill.period.first, bill.id)):
        used += bill.minutes
        over = min(bill.minutes, used - room)
        if over > 0:
            text = f"Linjen har {hours_words(over)} mere, end der er {word} i perioden."
            yield Fault(check, bill.id, text, bill.worth(over))
