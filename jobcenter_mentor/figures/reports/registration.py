"""Make the state's registration of a period (statsregistrering), each line checked before it is sent.

A line is days of one course at the same hours: a change of hours ends one line and begins the next (SFI 15:10, chapter
3, note 8). What cannot be right is held back with the reason; what is only unusual is sent with a remark. The shape
follows what the statistics are known to hold; that the state takes mentor names is not confirmed, so none are sent.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any, NamedTuple

import xlsxwriter
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant, GrantPeriod
from jobcenter_mentor.domain.kernel.change_days import SECTION_6_FROM
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.kernel.target_groups import VISITATIONS, groups_on
from jobcenter_mentor.domain.law.agreement_items import is_too_long
from jobcenter_mentor.figures.reports.service import FORMS, check_period
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import visible, within
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.workbook import SAFE, SheetColumn, write_definitions, write_rows

MOST_MINUTES, MUCH_MINUTES = 37 * 60, 10 * 60
DAY = timedelta(days=1)


class RegistrationLine(NamedTuple):
    """A line (linje): days of one course at the same minutes a week.

    `last_granted` is the course's last day as granted.
    """

    grant_id: int
    course: str
    case_number: str
    citizen_id: int
    cpr: str
    first_day: date
    last_day: date
    minutes: int
    form: str
    group_number: int | None
    visitation: str | None
    right_and_duty: bool | None
    begun: date
    agreed: date
    last_granted: date


@dataclass(frozen=True)
class RegistrationCheck:
    """A checked line (kontrolleret linje): why it cannot be sent, and its remarks."""

    line: RegistrationLine
    faults: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Registration:
    """The registration (registrering): the lines to send and those held back, in the order of citizen and day."""

    first: date
    last: date
    made_on: date
    made_by: str
    sound: list[RegistrationCheck]
    held_back: list[RegistrationCheck]


def register_lines(session: Session, *, first: date, last: date, reason: str, actor: Actor) -> Registration:
    """Make the registration of the courses the user may export (registrering); each person is logged.

    Raises ValidationFailed for an impossible period or a missing reason.
    """
    check_period(first, last)
    if not reason.strip():
        said = "Skriv, hvad filen skal bruges til."
        raise ValidationFailed(said, errors={"reason": [said]})
    checked = list(_checked(joined(_lines(session, actor))))
    inside = [one for one in checked if one.line.first_day <= last and one.line.last_day >= first]
    audit.record(
        session,
        by=actor.user,
        action="export.persons",
        subject="report",
        subject_id="statsregistrering",
        citizens=sorted({one.line.citizen_id for one in inside}),
        detail={"first": first.isoformat(), "last": last.isoformat(), "reason": reason.strip()},
    )
    sound, held = [one for one in inside if not one.faults], [one for one in inside if one.faults]
    return Registration(first, last, actor.day, actor.user.full_name, sound, held)


def _lines(session: Session, actor: Actor) -> Iterator[RegistrationLine]:
    """Yield the hours periods of whole courses in the order of citizen and day, so that overlaps are seen."""
    statement = (
        select(
            Grant.id,
            Grant.public_id,
            Grant.case_number,
            Grant.citizen_id,
            Citizen.cpr,
            GrantPeriod.first_day,
            GrantPeriod.last_day,
            GrantPeriod.minutes_per_week,
            Grant.form,
            Grant.group_number,
            Grant.visitation,
            Grant.right_and_duty,
            Grant.start,
            func.coalesce(Grant.decided_on, Grant.start),
            func.coalesce(Grant.ended_on, Grant.last_day),
        )
        .join(Grant, Grant.id == GrantPeriod.grant_id)
        .join(Citizen, Citizen.id == Grant.citizen_id)
        .where(within(Citizen, actor.user, "citizen.cpr", actor.day))
        .order_by(Grant.citizen_id, Grant.start, Grant.id, GrantPeriod.first_day)
    )
    for row in session.execute(
        visible(statement, Grant, actor.user, "export.persons", actor.day).execution_options(yield_per=1000)
    ):
        yield RegistrationLine._make(row)


def joined(lines: Iterable[RegistrationLine]) -> Iterator[RegistrationLine]:
    """Join consecutive days at the same hours (linje). A change of price or mentor alone begins no new line."""
    before: RegistrationLine | None = None
    for line in lines:
        if before is not None and _goes_on(before, line):
            before = before._replace(last_day=line.last_day)
            continue
        if before is not None:
            yield before
        before = line
    if before is not None:
        yield before


def _goes_on(before: RegistrationLine, line: RegistrationLine) -> bool:
    same = (before.grant_id, before.minutes) == (line.grant_id, line.minutes)
    return same and line.first_day == before.last_day + DAY


def _checked(lines: Iterable[RegistrationLine]) -> Iterator[RegistrationCheck]:
    """Check each line, alone and against earlier lines of the same citizen."""
    earlier: list[RegistrationLine] = []
    for line in lines:
        earlier = [one for one in earlier if one.citizen_id == line.citizen_id]
        yield RegistrationCheck(line, tuple(faults_of(line, earlier)), tuple(remarks_of(line)))
        earlier.append(line)


def faults_of(line: RegistrationLine, earlier: Iterable[RegistrationLine] = ()) -> Iterator[str]:
    """Yield why a line cannot be sent and what to do about it (fejl)."""
    if line.minutes <= 0:
        yield "Timetallet mangler eller er 0. Skriv timerne på forløbet."
    if line.minutes > MOST_MINUTES:
        yield "Timetallet er over 37 timer om ugen. Ret timerne på forløbet."
    if line.last_day < line.first_day:
        yield "Slutdatoen ligger før startdatoen. Ret datoerne på forløbet."
    if is_too_long(line.begun, line.last_granted):
        yield "Forløbet er længere end seks måneder. Afkort det, eller del det i to bevillinger."
    if line.group_number is None:
        yield "Målgruppen mangler. Vurder forløbet, så målgruppen kendes."
    if line.right_and_duty and line.visitation != "aktivitetsparat":
        yield "Ret og pligt kræver, at borgeren var aktivitetsparat ved starten. Ret visitationen."
    for one in earlier:
        if one.form == line.form == "individual" and one.grant_id != line.grant_id and one.last_day >= line.first_day:
            yield f"Overlapper borgerens forløb i sag {one.case_number}. Afslut det ene, eller ret datoerne."
            return


UNTIL_2020, FROM_2020 = {2, 3, 12, 13}, {2, 3, 4, 5}
"""Target groups with a visitation: LAB § 2, and § 6 from 2020."""


def remarks_of(line: RegistrationLine) -> Iterator[str]:
    """Yield what is allowed but seldom right (bemærkninger)."""
    if MUCH_MINUTES < line.minutes <= MOST_MINUTES:
        yield "Over 10 timer om ugen."
    if line.visitation is None and line.group_number in (FROM_2020 if line.agreed >= SECTION_6_FROM else UNTIL_2020):
        yield "Visitationen mangler."


def _of_line(name: str) -> Any:
    return lambda one: getattr(one.line, name)


LINES = [
    SheetColumn("CPR-nr", _of_line("cpr"), width=13),
    SheetColumn(
        "Startdato", _of_line("first_day"), "date", "Linjens første dag. Ændres timerne, begynder en ny linje."
    ),
    SheetColumn("Slutdato", _of_line("last_day"), "date", "Linjens sidste dag. Næste linje begynder dagen efter."),
    SheetColumn("Timer pr. uge", lambda one: one.line.minutes // 60, "whole", "Hele timer om ugen."),
    SheetColumn(
        "Minutter pr. uge", lambda one: one.line.minutes % 60, "whole", "Minutter ud over de hele timer, 0-59."
    ),
    SheetColumn("Mentorform", lambda one: FORMS[one.line.form], meaning="Individuel eller plads.", width=13),
    SheetColumn(
        "Målgruppe nr.", _of_line("group_number"), "whole", "Nummeret i LAB § 2 (fra 2020 § 6) ved bevillingen."
    ),
    SheetColumn("Målgruppe", lambda one: groups_on(one.line.agreed).get(one.line.group_number, ""), width=38),
    SheetColumn(
        "Visitation", lambda one: VISITATIONS.get(one.line.visitation, ""), meaning="Ved bevillingen.", width=24
    ),
    SheetColumn("Sag", _of_line("case_number"), width=14),
    SheetColumn(
        "Forløb-id", _of_line("course"), meaning="Forløbets id i systemet; ens for alle linjer i forløbet.", width=38
    ),
    SheetColumn("Bemærkning", lambda one: " ".join(one.remarks), width=30),
]
HELD_BACK = [*LINES[:-1], SheetColumn("Hvad skal rettes", lambda one: " ".join(one.faults), width=70)]


def write_registration(found: Registration, municipality: str) -> bytes:
    """Write the file (fil): the lines to send, those held back with the reason, and the definitions."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, SAFE | {"constant_memory": True}) as book:
        write_rows(book, "Registrering", LINES, found.sound)
        write_rows(book, "Skal rettes", HELD_BACK, found.held_back)
        write_definitions(book, _definitions(found, municipality))
    return out.getvalue()


def _definitions(found: Registration, municipality: str) -> list[tuple[str, str]]:
    return [
        ("Rapport", f"Registrering af forløb, {municipality}"),
        ("Periode", f"{found.first:%d.%m.%Y} til {found.last:%d.%m.%Y}, begge dage med"),
        ("Population", "Linjer, der berører perioden, med hele deres længde, for de forløb, brugeren må udtrække."),
        ("Regel", "En ændring af timerne afslutter en linje og begynder den næste dagen efter."),
        (
            "Kontrol",
            "Timer over 0 og højst 37, slut efter start, højst seks måneder fra 24.04.2013, ingen to "
            "individuelle mentorer samtidig, aktivitetsparat ved ret og pligt efter § 93. "
            "Over 10 timer om ugen giver en bemærkning.",
        ),
        ("Skal rettes", f"{len(found.held_back)} linjer er holdt tilbage. Grunden står ud for hver."),
        (
            "Form",
            "Felterne er dem, statistikken kendes på. Det er ikke bekræftet, at staten modtager mentorens navn og "
            "kontaktdata, så de er ikke med.",
        ),
        ("Lavet", f"{found.made_on:%d.%m.%Y} af {found.made_by}"),
        *((column.heading, column.meaning) for column in LINES if column.meaning),
    ]
