"""Check the rules of each kind of sheet (regler for arkene) before its rows are compared with what is stored."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from jobcenter_mentor.casework.grants.schemas import CourseRow
from jobcenter_mentor.domain.kernel.contacts import is_placeholder, is_placeholder_email, is_placeholder_phone
from jobcenter_mentor.domain.kernel.identifiers import age_on, birth_date_of
from jobcenter_mentor.domain.kernel.periods import A_YEAR_AHEAD, is_a_year_ahead
from jobcenter_mentor.domain.law.benefit_errors import Refusal, refusal_of
from jobcenter_mentor.domain.law.facts import CitizenFacts
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.mentors.schemas import MentorRow
from jobcenter_mentor.sheets.intake import cross_rules
from jobcenter_mentor.sheets.intake.row_check import SheetRow, check_values

STATUS_DAYS = {"courses": "start", "citizens": "valid_from", "referrals": "referred_on"}
"""Kinds whose rows name a target group, and the field of the day it begins."""
TOLD = ("benefit", "visitation", "match_group", "has_education")
LACKS_EDUCATION = ("has_education", "required")
Known = Callable[[Sequence[SheetRow]], Mapping[str, Citizen]]
"""Finds the citizens of rows within the importer's reach, by CPR number."""


def check_kind(kind: str, rows: list[SheetRow], on: date, law: Law, known: Known | None = None) -> None:
    """Check the rows by the rules of their kind (regler), single rows first and then several together.

    An education that is needed for the group but missing in the sheet is read from the citizen's registration.
    """
    _RULES[kind](rows, on)
    if kind in STATUS_DAYS:
        _not_a_year_ahead(rows, STATUS_DAYS[kind], on)
        asking = _check_groups(rows, STATUS_DAYS[kind], law)
        citizens = known([row for row, _ in asking]) if known is not None and asking else {}
        for row, told in asking:
            _check_education(row, told, citizens.get(row.get("cpr")), row.get(STATUS_DAYS[kind]), law)
    cross_rules.check_written(rows)
    cross_rules.check_duplicates(rows)
    if rows and rows[0].profile.has("first_name") and rows[0].profile.has("cpr"):
        cross_rules.check_names(rows)


def _courses(rows: list[SheetRow], _on: date) -> None:
    period, price = ("start", "last_day"), ("mentor_type", "hourly_price")
    check_values(rows, CourseRow, period, price, ("match_group", "start"))
    cross_rules.check_prices(rows)
    cross_rules.check_periods(rows)
    cross_rules.check_overlaps(rows)


def _referrals(rows: list[SheetRow], on: date) -> None:
    _not_in_future(rows, "referred_on", on)
    for row in rows:
        if row.get("minutes_per_week") == 0:
            row.refuse("minutes_per_week", "number_range", "Timer om ugen skal være over 0.")


def _mentors(rows: list[SheetRow], _on: date) -> None:
    check_values(rows, MentorRow, ("employer", "cvr", "course_hours"), ("minutes_per_week", "hourly_price"))
    for row in rows:
        if row.get("hours_to") and row.get("hours_from") and row.get("hours_to") < row.get("hours_from"):
            row.refuse("hours_to", "date_order", "Slutdato ligger før startdato.")
        if row.get("mentor_type") == "FRIV" and row.get("hourly_price"):
            row.refuse("hourly_price", "cross_field", "En frivillig mentor har ingen timepris.")
        _refuse_placeholders(row)
    cross_rules.check_persons(rows)


def _meetings(rows: list[SheetRow], on: date) -> None:
    _not_in_future(rows, "met_on", on)
    for row in rows:
        if row.get("held") and not row.get("minutes") and not row.is_faulty("minutes"):
            row.refuse("minutes", "required", "Mangler. Skriv, hvor mange minutter mødet varede.")
        if row.get("held") and row.get("absence_reason"):
            row.refuse("absence_reason", "cross_field", "Et møde, der blev afholdt, har ingen årsag til fravær.")
        if row.get("held") is False and not (row.get("absence_reason") or row.is_faulty("absence_reason")):
            row.refuse("absence_reason", "required", "Mangler. Skriv, hvorfor mødet ikke blev afholdt.")


def _invoices(rows: list[SheetRow], _on: date) -> None:
    for row in rows:
        start, last_day = row.get("start"), row.get("last_day")
        if start and last_day and last_day < start:
            row.refuse("last_day", "date_order", "Periode til ligger før periode fra.")


def _check_groups(rows: Iterable[SheetRow], day_field: str, law: Law) -> list[tuple[SheetRow, CitizenFacts]]:
    """Refuse a benefit that does not exist that day, and a visitation or an education that does not fit.

    Return the rows that lack an education, with their facts.
    """
    asking = []
    for row in rows:
        benefit, day = row.get("benefit"), row.get(day_field)
        if benefit is None or day is None or any(row.is_faulty(name) for name in TOLD if row.profile.has(name)):
            continue
        told = CitizenFacts(
            benefit=benefit,
            visitation=row.get("visitation", row.get("match_group")),
            has_education=row.get("has_education"),
            age=age_on(birth_date_of(row.get("cpr")), day) if row.get("cpr") else None,
        )
        refused = refusal_of(told, law.on(day))
        if refused is not None and (refused.field, refused.code) == LACKS_EDUCATION:
            asking.append((row, told))
        else:
            _refuse(row, refused)
    return asking


def _check_education(row: SheetRow, told: CitizenFacts, citizen: Citizen | None, day: date, law: Law) -> None:
    """Use the citizen's registered education of that day, and refuse the row where there is none."""
    status = citizen.status_on(day) if citizen is not None else None
    if status is not None and status.has_education is not None:
        row.values["has_education"] = status.has_education
        told = replace(told, has_education=status.has_education)
    _refuse(row, refusal_of(told, law.on(day)))


def _refuse(row: SheetRow, refused: Refusal | None) -> None:
    if refused is not None:
        row.refuse(refused.field, refused.code, refused.text)


def _not_in_future(rows: Iterable[SheetRow], name: str, on: date) -> None:
    for row in rows:
        if row.get(name) and row.get(name) > on:
            row.refuse(name, "date_range", "Datoen ligger i fremtiden.")


def _not_a_year_ahead(rows: Iterable[SheetRow], name: str, on: date) -> None:
    for row in rows:
        if row.get(name) and not row.is_faulty(name) and is_a_year_ahead(row.get(name), on):
            row.refuse(name, "date_range", A_YEAR_AHEAD)


def _refuse_placeholders(row: SheetRow) -> None:
    """Refuse placeholders, because a corps holds real people only."""
    whole = is_placeholder(f"{row.get('first_name') or ''} {row.get('last_name') or ''}")
    for name in ("first_name", "last_name"):
        if row.get(name) and (whole or is_placeholder(row.get(name))):
            row.refuse(name, "choice", "Skriv mentorens eget navn.")
    if row.get("phone") and is_placeholder_phone(row.get("phone")):
        row.refuse("phone", "phone", "Nummeret ligner ikke et rigtigt nummer. Skriv mentorens eget nummer.")
    if row.get("email") and is_placeholder_email(row.get("email")):
        row.refuse("email", "email", "Adressen ligner ikke en rigtig adresse. Skriv mentorens egen adresse.")


_RULES: dict[str, Callable[[list[SheetRow], date], None]] = {
    "courses": _courses,
    "citizens": lambda _rows, _on: None,
    "referrals": _referrals,
    "mentors": _mentors,
    "meetings": _meetings,
    "invoices": _invoices,
}
