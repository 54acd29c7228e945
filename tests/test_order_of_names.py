"""Navnenes rækkefølge: Æ, Ø and Å last and Aa as Å, in every list, on both databases."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.cli.installation import sort_again
from jobcenter_mentor.config import PACKAGE
from jobcenter_mentor.domain.kernel.alphabet import sort_key
from jobcenter_mentor.people.citizens.queries import CitizenFilter, list_citizens, search
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.people.mentors.service import MentorFilter, list_mentors
from jobcenter_mentor.people.suppliers.models import Supplier
from jobcenter_mentor.people.suppliers.service import list_suppliers
from jobcenter_mentor.platform.access import service as users
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Team
from jobcenter_mentor.platform.database.db import Base, Sorted
from tests import builders as a
from tests.builders import WORKING_DAY

DANISH = ["Anne Bo", "anne-Marie Bo", "Anne Ås", "Émile Bo", "Zoe Bo", "Ægir Bo", "Øjvind Bo", "Östen Bo", "Aage Bo"]
"""Names in the order of a Danish list."""


def shuffled() -> list[str]:
    return DANISH[::2] + DANISH[1::2]


def test_the_key_puts_names_in_danish_order() -> None:
    assert sorted(shuffled(), key=sort_key) == DANISH
    assert sort_key("Aage") > sort_key("Zoe")
    assert sort_key("Aage", aa_as_ring=False) < sort_key("Abe")
    assert sort_key("MÜLLER") == sort_key("myller")
    assert sort_key("A\N{COMBINING RING ABOVE}ge") == sort_key("Åge")


def test_citizens_stand_in_danish_order_in_list_and_search(session: Session) -> None:
    reader = a.a_user(session, "SB")
    for name in shuffled():
        first, last = name.split()
        a.a_citizen(session, first_name=first, last_name=last)
    session.commit()

    shown = list_citizens(session, CitizenFilter(), actor=Actor(reader, WORKING_DAY))
    turned = list_citizens(session, CitizenFilter(sort="-name"), actor=Actor(reader, WORKING_DAY))
    found = search(session, "bo", actor=Actor(reader, WORKING_DAY))

    assert [f"{row.first_name} {row.last_name}" for row in shown.rows] == DANISH
    assert [f"{row.first_name} {row.last_name}" for row in turned.rows] == DANISH[::-1]
    assert [f"{row.first_name} {row.last_name}" for row in found] == [name for name in DANISH if name.endswith("Bo")]


def test_mentors_suppliers_teams_and_users_stand_in_danish_order(session: Session) -> None:
    reader = a.a_user(session, "MK")
    for name in shuffled():
        first, last = name.split()
        a.a_mentor(session, first_name=first, last_name=last)
        session.add(Supplier(name=name))
        users.add_user(session, username=f"b{sort_key(name).hex()}", full_name=name, by=None)
        users.add_team(session, name, by=None)
    session.commit()

    mentors = list_mentors(session, MentorFilter(), actor=Actor(reader, WORKING_DAY))
    suppliers = list_suppliers(session, actor=Actor(reader, WORKING_DAY))
    people = [user.full_name for user, _ in users.list_users(session, on=WORKING_DAY)]
    reach = [label.partition(": ")[2] for _, label in users.reach_choices(session) if label.startswith("Mentor")]

    assert [mentor.name for mentor in mentors] == DANISH
    assert [supplier.name for supplier in suppliers] == DANISH
    assert [name for name in people if name in DANISH] == DANISH
    assert [team.name for team in users.list_teams(session) if team.name in DANISH] == DANISH
    assert [name for name in reach if name in DANISH] == DANISH


def test_a_changed_name_moves_in_the_list(session: Session) -> None:
    mentor = a.a_mentor(session, first_name="Anders", last_name="Bo")
    session.commit()

    mentor.first_name = "Åse"
    session.commit()

    assert session.scalar(select(Mentor.sort_key)) == sort_key("Åse Bo")


def test_the_municipality_may_sort_aa_as_two_letters(app: Flask, session: Session) -> None:
    users.add_team(session, "Aabenraa", by=None)
    session.commit()
    app.config["AA_AS_RING"] = False

    sort_again(session)
    session.commit()

    assert session.scalar(select(Team.sort_key).where(Team.name == "Aabenraa")) == b"aabenraa"


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.py")), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_no_list_is_ordered_by_a_name_itself(file: Path) -> None:
    """The database's own order of texts differs from one installation to the next."""
    ordered = re.findall(r"order_by\(([^\n]*)", file.read_text(encoding="utf-8"))
    names = re.compile(
        r"\b(\w*full_name|search_name|first_name|last_name|(Team|Supplier|Mentor|supplier\.c)\.name|company)\b"
    )

    assert [one for one in ordered if names.search(one)] == []


def test_every_table_of_people_and_places_has_a_place_in_lists() -> None:
    named = {"full_name", "first_name", "company"}
    lacking = [
        mapper.class_.__name__
        for mapper in Base.registry.mappers
        if named & set(mapper.columns.keys()) and not issubclass(mapper.class_, Sorted)
    ]

    assert lacking == []
