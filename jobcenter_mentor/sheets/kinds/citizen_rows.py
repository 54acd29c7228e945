"""Find the citizens of a sheet (borgere i ark) within the importer's reach, register new ones and date their status."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import NotFound
from jobcenter_mentor.domain.kernel.identifiers import birth_date_of
from jobcenter_mentor.domain.kernel.identity import NameKey, may_be_same, name_key, same_name
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens import cpr_numbers as numbers_of
from jobcenter_mentor.people.citizens import service as citizens
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.citizens.queries import folded
from jobcenter_mentor.people.citizens.service import NewCitizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import RoleAssignment, Team, User
from jobcenter_mentor.platform.access.policy import roles_on, teams_on, visible
from jobcenter_mentor.platform.database.db import blind_index
from jobcenter_mentor.sheets.intake.row_check import SheetRow

CHUNK = 500
SOURCE = "importeret ark"
STAYS = "Sagen har en anden sagsbehandler og flyttes ikke fra et ark."
TEAM_STAYS = "Borgeren hører til et andet team og flyttes ikke fra et ark."
Item = TypeVar("Item")


@dataclass
class SheetPeople:
    """The citizens, teams and caseworkers that the rows name (borgere), loaded once for a sheet.

    `outside` are the numbers of citizens beyond the importer's reach, `indexes` the blind index of each, `otherwise`
    the caseworker of rows that name none.
    """

    session: Session
    by: User
    on: date
    law: Law
    known: dict[str, Citizen] = field(default_factory=dict)
    outside: set[str] = field(default_factory=set)
    indexes: dict[str, bytes] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)
    own_teams: list[int] = field(default_factory=list)
    caseworkers: dict[NameKey, int | None] = field(default_factory=dict)
    otherwise: int | None = None

    def find(self, row: SheetRow) -> Citizen | None:
        """Return the citizen of a row (borger), None where new.

        Refuses the row where the citizen is out of reach or has another name.
        """
        cpr = row.get("cpr")
        if cpr in self.outside:
            row.refuse("cpr", "cross_field", "Borgeren hører til et andet team. Bed teamet om at importere rækken.")
        citizen = self.known.get(cpr)
        name = f"{row.get('first_name')} {row.get('last_name', '')}"
        if citizen is None or not row.get("first_name") or same_name(citizen.name, name):
            return citizen
        if may_be_same(citizen.name, name):
            row.warn("cpr", "name_conflict", "Borgerens navn er registreret anderledes. Navnet ændres ikke fra et ark.")
        else:
            row.refuse("cpr", "name_conflict", "CPR-nummeret er registreret med et andet navn. Kontrollér nummeret.")
        return citizen

    def check_new(self, row: SheetRow) -> None:
        """Check that the citizen of a row can be registered (ny borger).

        The row needs one of the importer's teams and a birth before the day the status begins.
        """
        if self._team_of(row) is None:
            name = "team" if row.profile.has("team") else "cpr"
            code, text = ("choice", "Ukendt team.") if row.get("team") else ("required", "Skriv borgerens team.")
            row.refuse(name, code, text)
        if birth_date_of(row.get("cpr")) > self.status_day(row):
            row.refuse("cpr", "cross_field", "Borgeren er født efter datoen i rækken. Kontrollér CPR-nummeret.")

    def check_caseworker(self, row: SheetRow) -> None:
        """Check that the caseworker exists (sagsbehandler), by log-in name or full name."""
        if row.get("caseworker") and self.caseworkers.get(name_key(row.get("caseworker"))) is None:
            row.refuse("caseworker", "choice", "Sagsbehandleren findes ikke. Skriv brugernavn eller fulde navn.")

    def keeps(self, row: SheetRow, citizen: Citizen, caseworker_id: int | None) -> None:
        """Warn where a row names another caseworker or team than the stored one, because a sheet never moves cases."""
        if row.get("caseworker") and self.caseworker_of(row) not in {None, caseworker_id}:
            row.warn("caseworker", "choice_normalised", STAYS)
        if row.get("team") and self.teams.get(folded(row.get("team"))) != citizen.team_id:
            row.warn("team", "choice_normalised", TEAM_STAYS)
        if row.profile.kind != "citizens":
            self._check_education(row, citizen)

    def _check_education(self, row: SheetRow, citizen: Citizen) -> None:
        """Compare the row's education with the registered one.

        An education is never removed, and a new one gives a warning.
        """
        status, told = citizen.status_on(self.status_day(row)), row.get("has_education")
        if status is None or status.has_education is None or told in (None, status.has_education):
            return
        since = f"{status.valid_from:%d.%m.%Y}"
        if status.has_education:
            text = f"Fra {since} er der registreret Ja. Ret cellen, eller ret uddannelsen på borgerens side."
            row.refuse("has_education", "cross_field", text)
        else:
            text = f"Fra {since} er der registreret Nej. Importen registrerer Ja fra {self.status_day(row):%d.%m.%Y}."
            row.warn("has_education", "choice_normalised", text)

    def ensure(self, row: SheetRow) -> Citizen:
        """Return the citizen (borger), registered if new, with the row's target group and visitation on its day."""
        citizen = self.known.get(row.get("cpr"))
        day, visitation = self.status_day(row), row.get("visitation", row.get("match_group"))
        if citizen is None:
            new = self.new_citizen(row)
            citizen = citizens.register(self.session, new, actor=Actor(self.by, self.on), law=self.law)
            self.known[citizen.cpr] = citizen
            return citizen
        status = citizen.status_on(day)
        told = (row.get("benefit"), visitation, row.get("has_education", status.has_education if status else None))
        if status is None or (status.benefit, status.visitation, status.has_education) != told:
            citizens.set_status(
                self.session,
                citizen,
                benefit=told[0],
                visitation=visitation,
                has_education=told[2],
                valid_from=day,
                actor=Actor(self.by, self.on),
                law=self.law,
                source=SOURCE,
                match_group=_match_group(row),
                note="Rettet ved import af ark",
            )
        return citizen

    def caseworker_of(self, row: SheetRow) -> int | None:
        """Return the caseworker of the row (sagsbehandler).

        A caseworker who imports without naming one gets the citizen.
        """
        if row.get("caseworker"):
            return self.caseworkers.get(name_key(row.get("caseworker")))
        own = self.by.id if any(role.role == "SB" for role in roles_on(self.by, self.on)) else None
        return own or self.otherwise

    def without_caseworker(self, row: SheetRow) -> bool:
        """Tell whether the row gets no caseworker (sagsbehandler), neither its own nor the citizen's."""
        citizen = self.known.get(row.get("cpr"))
        return self.caseworker_of(row) is None and (citizen is None or citizen.caseworker_id is None)

    def new_citizen(self, row: SheetRow) -> NewCitizen:
        """Return the new citizen (ny borger) that the row describes."""
        day, visitation = self.status_day(row), row.get("visitation", row.get("match_group"))
        contact = row.profile.kind == "citizens"
        return NewCitizen(
            cpr=row.get("cpr"),
            first_name=row.get("first_name"),
            last_name=row.get("last_name"),
            team_id=self._team_of(row) or 0,
            benefit=row.get("benefit"),
            visitation=visitation,
            status_from=day,
            match_group=_match_group(row),
            has_education=row.get("has_education"),
            source=SOURCE,
            caseworker_id=self.caseworker_of(row),
            address=row.get("address", "") if contact else "",
            phone=row.get("phone", "") if contact else "",
            email=row.get("email", "") if contact else "",
            language=row.get("language", "dansk"),
        )

    def _team_of(self, row: SheetRow) -> int | None:
        if row.get("team"):
            team = self.teams.get(folded(row.get("team")))
            return team if team in self.own_teams else None
        return self.own_teams[0] if len(self.own_teams) == 1 else None

    @staticmethod
    def status_day(row: SheetRow) -> date:
        """Return the day from which the target group is valid (målgruppe)."""
        day: date = row.get("start") or row.get("valid_from") or row.get("referred_on")
        return day


def offered(session: Session, *, actor: Actor) -> list[User]:
    """Return the caseworkers (sagsbehandlere) of the teams that the user may import for, by name."""
    teams = teams_on(actor.user, "import.cases", on=actor.day)
    running = or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= actor.day)
    found = (
        select(User)
        .join(RoleAssignment, RoleAssignment.user_id == User.id)
        .where(User.active, RoleAssignment.role == "SB", RoleAssignment.valid_from <= actor.day, running)
    )
    if teams is not None:
        found = found.where(RoleAssignment.team_id.in_(teams))
    return list(session.scalars(found.distinct().order_by(User.sort_key, User.id)))


def chosen(session: Session, public_id: str, *, actor: Actor) -> int | None:
    """Return the row id of the chosen caseworker, None where none is chosen. Raises NotFound for anybody else."""
    if not public_id:
        return None
    for user in offered(session, actor=actor):
        if public_id in (user.public_id, user.username):
            return user.id
    raise NotFound("Sagsbehandleren findes ikke blandt dem, I kan vælge.")


def load(session: Session, rows: Sequence[SheetRow], *, actor: Actor, law: Law) -> SheetPeople:
    """Load the citizens, teams and caseworkers that the rows name, with a few statements per 500 citizens."""
    people = SheetPeople(session, actor.user, actor.day, law)
    people.indexes = {cpr: blind_index(cpr) for cpr in {row.get("cpr") for row in rows} if cpr}
    numbers = {index: cpr for cpr, index in people.indexes.items()}
    for chunk in chunks(list(numbers)):
        reached = visible(
            select(Citizen).where(Citizen.cpr_index.in_(chunk)), Citizen, actor.user, "import.cases", actor.day
        )
        for citizen in session.scalars(reached):
            people.known[numbers[citizen.cpr_index]] = citizen
        formerly = numbers_of.formerly(session, chunk)
        reached = visible(
            select(Citizen).where(Citizen.id.in_(formerly.values())), Citizen, actor.user, "import.cases", actor.day
        )
        today = {citizen.id: citizen for citizen in session.scalars(reached)} if formerly else {}
        people.known |= {numbers[index]: today[key] for index, key in formerly.items() if key in today}
        people.outside |= {numbers[index] for index, key in formerly.items() if key not in today}
        every = session.scalars(select(Citizen.cpr_index).where(Citizen.cpr_index.in_(chunk)))
        people.outside |= {numbers[index] for index in every} - people.known.keys()
    teams = list(session.execute(select(Team.name, Team.id).order_by(Team.id)))
    people.teams = {folded(name): number for name, number in teams}
    allowed = teams_on(actor.user, "import.cases", on=actor.day)
    people.own_teams = [number for _, number in teams if allowed is None or number in allowed]
    _load_caseworkers(people, rows)
    return people


def known(session: Session, rows: Sequence[SheetRow], *, actor: Actor, law: Law) -> dict[str, Citizen]:
    """Return the citizens (borgere) that the rows name, within the importer's reach, by CPR number."""
    return load(session, rows, actor=actor, law=law).known


def chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Split items into chunks of at most 500, as many as one statement may name."""
    for first in range(0, len(items), CHUNK):
        yield items[first : first + CHUNK]


def same(left: Any, right: Any) -> bool:
    """Tell whether two values are equal. Empty text, None and an empty list are equal; False is an answer."""
    return left == right or (not left and not right and left is not False and right is not False)


def _load_caseworkers(people: SheetPeople, rows: Sequence[SheetRow]) -> None:
    """Load the caseworkers that the rows name.

    A full name that two users share identifies nobody; the log-in name must tell them apart.
    """
    if not any(row.get("caseworker") for row in rows):
        return
    by_name: dict[NameKey, list[int]] = defaultdict(list)
    active = select(User.id, User.full_name, User.username).where(User.active).order_by(User.id)
    for number, full_name, username in people.session.execute(active):
        by_name[name_key(full_name)].append(number)
        people.caseworkers[name_key(username)] = number
    people.caseworkers |= {name: ids[0] if len(ids) == 1 else None for name, ids in by_name.items()}


def _match_group(row: SheetRow) -> int | None:
    return int(row.get("match_group")[-1]) if row.get("match_group") else None
