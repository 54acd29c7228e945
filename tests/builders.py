"""Opdigtede mennesker: rows for tests, each with sensible values that a test may change.

A CPR number of a builder fails modulus 11 and is no 1 January birthday, so it belongs to nobody.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count, islice
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames.models import Frame
from jobcenter_mentor.casework.grants.models import Grant, GrantPeriod
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.people.citizens.models import Citizen, CitizenStatus
from jobcenter_mentor.people.mentors.models import Mentor, MentorHours
from jobcenter_mentor.platform.access.models import RoleAssignment, Team, User
from jobcenter_mentor.platform.database import triggers
from jobcenter_mentor.platform.database.db import blind_index
from jobcenter_mentor.platform.law_figures.models import LocalFigure, LocalReading, Municipality

WORKING_DAY = date(2014, 10, 15)
_numbers = count(1)
Row = TypeVar("Row")


def nobodys_cpr(number: int, born: date = date(1984, 3, 4)) -> str:
    """Return ten digits that fail modulus 11: the `number`-th such of a birthday, different up to 3,000."""
    weights = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
    first_serial = 4000 if born.year >= 2000 else 0
    serials = (f"{born:%d%m%y}{first_serial + n:04d}" for n in range(4000))
    failing = (cpr for cpr in serials if sum(w * int(d) for w, d in zip(weights, cpr, strict=True)) % 11)
    return next(islice(failing, number % 3000, None))


@contextmanager
def past_the_guards(session: Session) -> Iterator[None]:
    """Lift the guards of unchangeable rows for a moment, to plant what the product would never write."""
    session.flush()
    triggers.lift(session.connection())
    yield
    session.flush()
    triggers.install(session.connection())


def a_municipality(session: Session, **changes: Any) -> Municipality:
    """Kommune: Sønderå; found where it is there already."""
    values = {
        "name": "Sønderå Kommune",
        "jobcentre": "Jobcenter Sønderå",
        "address": "Havnegade 1, 9999 Sønderå",
        "phone": "00 10 20 30",
        "email": "jobcenter@example.dk",
    }
    found = session.scalar(select(Municipality))
    if found is None:
        return _added(session, Municipality(**(values | changes)))
    for name, value in changes.items():
        setattr(found, name, value)
    session.flush()
    return found


def a_local_figure(session: Session, name: str, value: str, valid_from: date, **changes: Any) -> LocalFigure:
    """Kommunens eget tal, proposed by one and approved by another on the day it holds from."""
    first, second = a_user(session, "TL"), a_user(session, "TL")
    values = {"proposed_by_id": first.id, "approved_by_id": second.id, "reason": "Ny praksis"}
    days = {"proposed_on": valid_from, "approved_on": valid_from}
    return _added(session, LocalFigure(name=name, value=value, valid_from=valid_from, **(values | days | changes)))


def a_local_reading(session: Session, point: str, wording: str, valid_from: date, **changes: Any) -> LocalReading:
    """Kommunens læsning of an open point, proposed by one and approved by another on the day it holds from."""
    first, second = a_user(session, "TL"), a_user(session, "TL")
    values = {"proposed_by_id": first.id, "approved_by_id": second.id, "reason": "Ledelsen"}
    days = {"proposed_on": valid_from, "approved_on": valid_from, "valid_from": valid_from}
    return _added(session, LocalReading(point=point, wording=wording, **(values | days | changes)))


def a_team(session: Session, name: str = "Team Unge") -> Team:
    """Team: found by name or made."""
    found = session.scalar(select(Team).where(Team.name == name))
    return found or _added(session, Team(name=name))


def a_user(
    session: Session,
    role: str | None = "SB",
    *,
    team: Team | None = None,
    mentor: Mentor | None = None,
    supplier_id: int | None = None,
    **changes: Any,
) -> User:
    """Bruger: with one role from 2012 on; SB, TL and MK get a team."""
    number = next(_numbers)
    values = {"username": f"bruger{number}", "full_name": f"Bruger {number}", "email": f"bruger{number}@example.dk"}
    user = User(**(values | changes))
    if role is not None:
        with_team = team or (a_team(session) if role in {"SB", "TL", "MK"} else None)
        user.roles.append(
            RoleAssignment(
                role=role,
                team_id=with_team.id if with_team else None,
                supplier_id=supplier_id,
                mentor_id=mentor.id if mentor else None,
                valid_from=date(2012, 1, 1),
            )
        )
    return _added(session, user)


def a_citizen(
    session: Session,
    *,
    benefit: str = "kontanthjaelp",
    visitation: str | None = "aktivitetsparat",
    has_education: bool | None = None,
    status_from: date = date(2014, 1, 1),
    **changes: Any,
) -> Citizen:
    """Borger: activity-ready on kontanthjælp (group 3) in Team Unge, of a municipality that may send letters."""
    a_municipality(session)
    cpr = changes.pop("cpr", None) or nobodys_cpr(next(_numbers))
    values = {
        "cpr": cpr,
        "cpr_index": blind_index(cpr),
        "first_name": "Emil",
        "last_name": "Krogh",
        "birth_date": date(1984, 3, 4),
        "sex": "M",
    } | changes
    values.setdefault("search_name", f"{values['first_name']} {values['last_name']}".lower())
    values.setdefault("team_id", a_team(session).id)
    citizen = Citizen(**values)
    told = {"benefit": benefit, "visitation": visitation, "has_education": has_education}
    citizen.statuses.append(CitizenStatus(valid_from=status_from, **told))
    return _added(session, citizen)


def a_referral(session: Session, citizen: Citizen | None = None, **changes: Any) -> Referral:
    """Henvisning: a right-and-duty case under § 93, 2 hours a week in 26 weeks from 20 October 2014."""
    citizen = citizen or a_citizen(session)
    values = {
        "case_number": f"2014-{next(_numbers):04d}",
        "citizen_id": citizen.id,
        "team_id": citizen.team_id,
        "caseworker_id": citizen.caseworker_id,
        "referred_on": WORKING_DAY - timedelta(days=6),
        "goal": "Emil tager selv bus 4A til træningskøkkenet tre dage om ugen inden den 15. januar 2015.",
        "tasks": ["out_of_bed", "transport"],
        "barriers": ["mental", "sleep"],
        "consulted": True,
        "consulted_on": WORKING_DAY - timedelta(days=1),
        "can_take_other_offers": False,
        "cannot_because": "personal",
        "first_offer": True,
        "start": date(2014, 10, 20),
        "weeks": 26,
        "minutes_per_week": 120,
        "mentor_type": "INT",
    }
    return _added(session, Referral(**(values | changes)))


def a_mentor(session: Session, *, minutes_per_week: int = 18 * 60, **changes: Any) -> Mentor:
    """Mentor: an internal social mentor with 18 hours a week."""
    number = next(_numbers)
    values = {
        "first_name": "Samira",
        "last_name": f"Haddad {number}",
        "mentor_type": "INT",
        "phone": f"00{number:06d}",
        "email": f"mentor{number}@example.dk",
        "employer": "Jobcenter Sønderå",
        "active_from": date(2013, 1, 1),
    } | changes
    values.setdefault("search_name", f"{values['first_name']} {values['last_name']}".lower())
    mentor = Mentor(**values)
    mentor.hours.append(MentorHours(valid_from=date(2013, 1, 1), minutes_per_week=minutes_per_week))
    return _added(session, mentor)


def a_grant(session: Session, citizen: Citizen | None = None, *, minutes_per_week: int = 120, **changes: Any) -> Grant:
    """Bevilling: a running right-and-duty course under § 93 from 25 August 2014, without a mentor."""
    citizen = citizen or a_citizen(session)
    values = {
        "case_number": f"2014-{next(_numbers):04d}",
        "citizen_id": citizen.id,
        "team_id": citizen.team_id,
        "caseworker_id": citizen.caseworker_id,
        "mentor_type": "INT",
        "start": date(2014, 8, 25),
        "last_day": date(2015, 2, 24),
        "benefit": "kontanthjaelp",
        "visitation": "aktivitetsparat",
        "group_number": 3,
        "legal_basis": "LAB § 93",
        "right_and_duty": True,
        "contact_interval_days": 7,
        "rate_percent": 50,
        "frame_kind": "mentor_2014",
        "hourly_price": 30000,
        "goal": "Tager selv bussen tre dage om ugen inden den 1. december 2014.",
        "tasks": ["transport", "structure"],
        "decided_on": date(2014, 8, 22),
    } | changes
    values.setdefault("right", values["right_and_duty"] or values.get("discharge_right", False))
    grant = Grant(**values)
    grant.periods.append(GrantPeriod(first_day=grant.start, last_day=grant.last_day, minutes_per_week=minutes_per_week))
    return _added(session, grant)


def a_frame(session: Session, *, year: int = 2014, amount: int = 320_000_000, **changes: Any) -> Frame:
    """Mentorramme: 3.200.000 kr. for 2014; amounts in øre."""
    return _added(session, Frame(**({"year": year, "kind": "mentor_2014", "amount": amount} | changes)))


def _added(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row
