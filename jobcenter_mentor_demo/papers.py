"""Write the signed agreements, the municipality's own prices and frames, each approved by another person."""

from datetime import date

from jobcenter_mentor.casework.agreements.models import Agreement
from jobcenter_mentor.casework.frames.models import FrameChange
from jobcenter_mentor.domain.kernel.frame_kinds import MENTOR_FRAME
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.law_figures.models import LocalFigure, LocalReading
from jobcenter_mentor_demo.casework import Purse
from jobcenter_mentor_demo.courses import DemoCourse
from jobcenter_mentor_demo.rows import Rows
from jobcenter_mentor_demo.staff import Staff

FIRST_DAY = date(2014, 1, 1)
PRICED_ON, PRICE_APPROVED_ON = date(2013, 12, 2), date(2013, 12, 10)
READ_FROM = date(2014, 9, 1)
READ = (
    "Loven siger ikke, om retten til en mentor ved udskrivning består, når støtten først begynder lang tid efter. Vi "
    "læser den sådan, at du kan få en mentor som et tilbud efter en konkret vurdering."
)
FRAME_DAYS = {2014: (date(2013, 12, 9), date(2013, 12, 16)), 2015: (date(2014, 10, 1), date(2014, 10, 6))}


def write_agreement(rows: Rows, course: DemoCourse, guidance: str) -> None:
    """Write the agreement, signed when the course was granted; none for courses transferred or without a mentor."""
    helper, day = course.mentor, course.decided_on
    if helper is None or day is None or helper.is_nobody or course.no_agreement or not course.minutes:
        return
    rows.add(
        Agreement,
        grant_id=course.grant_id,
        mentor_id=helper.id,
        goal=course.goal,
        mentor_name=helper.known.name,
        mentor_contact=f"mentor{helper.id}@example.dk, tlf. 00{100000 + helper.id:06d}",
        tasks=list(course.tasks),
        start=course.start,
        last_day=course.planned_last_day or course.last_day,
        minutes_per_week=course.minutes,
        complaint_guidance=guidance,
        meeting_place="Jobcentret",
        contact_interval_days=course.interval,
        drafted_by_id=course.person.caseworker_id,
        drafted_on=day,
        jobcentre_accepted_on=day,
        jobcentre_accepted_by_id=course.person.caseworker_id,
        citizen_accepted_on=day,
        mentor_accepted_on=day,
    )


def write_prices(rows: Rows, staff: Staff, law: Law) -> None:
    """Write the municipality's standard prices for 2014."""
    for code in MENTOR_TYPES:
        name = f"local.standard_price.{code}"
        _write_figure(rows, staff, name, str(law.on(FIRST_DAY).whole(name)), "Standardpriser for 2014")


def write_case_time(rows: Rows, staff: Staff) -> None:
    """Write the municipality's published case time (sagsbehandlingsfrist): four weeks."""
    _write_figure(rows, staff, "local.case_time_weeks", "4", "Offentliggjort på kommunens hjemmeside")


def _write_figure(rows: Rows, staff: Staff, name: str, value: str, reason: str) -> None:
    """Write one of the municipality's own figures, proposed by one controller and approved by another."""
    rows.add(
        LocalFigure,
        name=name,
        valid_from=FIRST_DAY,
        value=value,
        reason=reason,
        proposed_by_id=staff.user["controller2"],
        proposed_on=PRICED_ON,
        approved_by_id=staff.user["controller"],
        approved_on=PRICE_APPROVED_ON,
    )


def write_reading(rows: Rows, staff: Staff) -> None:
    """Write the municipality's reading of the one point that the law of 2014 leaves open about the right itself."""
    rows.add(
        LocalReading,
        point="discharge_late_start",
        wording=READ,
        valid_from=READ_FROM,
        reason="Ledelsen af jobcentret den 25. august 2014. Ankestyrelsen har ikke taget stilling.",
        proposed_by_id=staff.user["henrik"],
        proposed_on=READ_FROM,
        approved_by_id=staff.user["amal"],
        approved_on=READ_FROM,
    )


def write_frame_changes(rows: Rows, staff: Staff, purse: Purse) -> None:
    """Write who set the frames and who approved them."""
    for year, amount in purse.amount.items():
        proposed_on, approved_on = FRAME_DAYS[year]
        rows.add(
            FrameChange,
            year=year,
            kind=MENTOR_FRAME,
            amount=amount,
            reason=f"Udmeldt ramme for {year}",
            proposed_by_id=staff.user["controller"],
            proposed_on=proposed_on,
            approved_by_id=staff.user["controller2"],
            approved_on=approved_on,
        )
