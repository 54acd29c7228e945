"""Make the corps' contracts, agreements with companies, supervision and courses, and the mentors' details.

Hours are minutes, amounts øre.
"""

from datetime import date
from random import Random

from jobcenter_mentor.casework.matching.models import MatchExclusion
from jobcenter_mentor.config import DEMO_DAY
from jobcenter_mentor.people.mentors.models import Mentor, MentorFunction, Supervision, SupervisionAttendance
from jobcenter_mentor.people.suppliers.models import CompanyAgreement, Contract, FrameContract
from jobcenter_mentor_demo.corps import BRO, LYSNING, VENDEPUNKT, DemoCorps
from jobcenter_mentor_demo.rows import Rows

FRAMES = {
    LYSNING: ("Rammekontrakt 2014-15", date(2014, 1, 1), date(2015, 12, 31), 4000 * 60, 170_000_000, 4),
    BRO: ("Rammekontrakt 2013-14", date(2013, 3, 1), date(2014, 12, 31), 2600 * 60, 102_700_000, 4),
    VENDEPUNKT: ("Rammekontrakt 2014-15", date(2014, 7, 1), date(2015, 6, 30), 1500 * 60, 63_750_000, 4),
}
COMPANIES = {"Havnens Køkken": (420, 4), "Rådhusets Kantine": (300, 4), "Trane Transport": (240, 4)}
"""Released minutes a week, and places."""
DATES = (
    (date(2014, 3, 18), "course", "Den motiverende samtale", "Cabi", 360),
    (date(2014, 5, 20), "psychologist", "Når borgeren trækker sig", "psykolog Karin Elm", 120),
    (date(2014, 8, 26), "group", "Grænser og roller", "Amal Saleh", 90),
    (date(2014, 9, 30), "group", "Overgang til job", "Amal Saleh", 90),
    (date(2014, 10, 28), "group", "Udskrivning fra psykiatrien", "Amal Saleh", 90),
)
SCHOOLS = {"INT": "medium", "SAGS": "medium", "VKON": "short", "BOST": "medium", "VIRK": "apprentice", "EKST": "medium"}


def write_training(rows: Rows, corps: DemoCorps, coordinator_id: int, rng: Random) -> None:
    """Write agreements, dates and the mentors' details; the exclusion is of a citizen's relative."""
    _frames(rows, corps)
    _companies(rows)
    own = [helper for helper in corps.helpers if helper.known.type in {"INT", "VKON", "SAGS", "BOST", "HONO"}]
    for held_on, kind, title, led_by, minutes in DATES:
        held = rows.add(Supervision, held_on=held_on, kind=kind, title=title, led_by=led_by, minutes=minutes)
        for helper in own[:-3]:
            came = None if held_on > DEMO_DAY else rng.random() < 0.85
            rows.add(SupervisionAttendance, supervision_id=held, mentor_id=helper.id, attended=came)
    for row in rows.of(Mentor):
        began = rng.randint(2001, 2013)
        known = row["mentor_type"] in SCHOOLS and bool(row["email"])
        row["education"] = SCHOOLS.get(row["mentor_type"], "") if known else ""
        row["work_since"] = began - rng.randint(8, 26) if known else None
        row["mentor_since"] = began if known else None
        row["main_occupation"] = row["mentor_type"] in {"INT", "EKST"} if known else None
        row["transport"] = rng.choice(("foot", "public", "car")) if known else ""
        row["proof_on"] = row["clearance_on"] if row["qualification"] else None
    rows.add(
        MatchExclusion,
        citizen_id=1,
        mentor_id=corps.by_name["Ole Stryn"].id,
        kind="relative",
        reason="Mentors nevø",
        by_id=coordinator_id,
        set_on=date(2014, 9, 1),
        lifted_on=None,
    )


def _frames(rows: Rows, corps: DemoCorps) -> None:
    for name, (title, first, last, minutes, amount, weeks) in FRAMES.items():
        frame_id = rows.add(
            FrameContract,
            supplier_id=corps.suppliers[name],
            title=title,
            valid_from=first,
            valid_to=last,
            minutes=minutes,
            amount=amount,
            report_weeks=weeks,
            report_days=7,
        )
        for price in rows.of(Contract):
            if price["supplier_id"] == corps.suppliers[name]:
                price["frame_contract_id"] = frame_id if price["valid_from"] >= first else None


def _companies(rows: Rows) -> None:
    for company, (minutes, places) in COMPANIES.items():
        agreement_id = rows.add(
            CompanyAgreement,
            company=company,
            contact_name="Driftslederen",
            phone="00808080",
            email="",
            partnership=True,
            released_minutes=minutes,
            places=places,
            valid_from=date(2014, 1, 1),
            valid_to=None,
        )
        for row in rows.of(MentorFunction):
            if row["workplace"] == company:
                row["company_agreement_id"] = agreement_id
