"""Rundtur: the seeded municipality, who walks it, and the ids that each walker may and may not reach.

What is reachable is worked out here from the rows themselves, not by the policy that is under test.
"""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from uuid import UUID

import yaml
from flask import Flask

from jobcenter_mentor.platform.access.policy import MATRIX
from jobcenter_mentor_demo.staff import LOGINS
from tests.builders import WORKING_DAY

UNKNOWN = str(UUID(int=7, version=4))
SECRET_NAME, SECRET_STREET = "Hemmeligsen", "Skjultestræde"
CPR = re.compile(r"(?<![\d-])(\d{6})-?(\d{4})(?![\d-])")
MASKED = re.compile(r"\d{6}-(\*|x){4}", re.IGNORECASE)
PROTECTED = "SELECT id FROM citizen WHERE protected"
GRANT = 'FROM "grant" g LEFT JOIN mentor m ON m.id = g.mentor_id'
OF_GRANT = "g.team_id, g.mentor_id, m.supplier_id, coalesce(g.ended_on, g.last_day)"
ROWS = {
    "grant": f"SELECT g.public_id, {OF_GRANT} {GRANT}",
    "citizen": f"SELECT c.public_id, {OF_GRANT} {GRANT} JOIN citizen c ON c.id = g.citizen_id",
    "referral": "SELECT public_id, team_id, NULL, NULL, NULL FROM referral",
    "decision": "SELECT public_id, team_id, NULL, NULL, NULL FROM decision "
    "WHERE approved_on IS NULL AND kind IN ('grant', 'refusal')",
    "letter": f"SELECT l.public_id, {OF_GRANT} {GRANT} JOIN letter l ON l.grant_id = g.id",
    "consideration": f"SELECT h.public_id, {OF_GRANT} {GRANT} JOIN consideration h ON h.citizen_id = g.citizen_id",
    "document": f"SELECT d.public_id, {OF_GRANT} {GRANT} JOIN document d ON d.grant_id = g.id",
    "meeting": f"SELECT t.public_id, {OF_GRANT} {GRANT} JOIN meeting t ON t.grant_id = g.id",
    "follow_up": f"SELECT f.public_id, {OF_GRANT} {GRANT} JOIN follow_up f ON f.grant_id = g.id",
    "mentor": "SELECT public_id, NULL, id, supplier_id, NULL FROM mentor",
    "supplier": "SELECT public_id, NULL, NULL, id, NULL FROM supplier",
    "supervision": "SELECT public_id, NULL, NULL, NULL, NULL FROM supervision",
    "user": "SELECT public_id, NULL, NULL, NULL, NULL FROM \"user\" WHERE username = 'jonas'",
    "frame_change": "SELECT public_id, NULL, NULL, NULL, NULL FROM frame_change",
    "assessment": "SELECT a.public_id, d.team_id, NULL, NULL, NULL FROM assessment a "
    "JOIN decision d ON d.assessment_id = a.id",
    "local_figure": "SELECT public_id, NULL, NULL, NULL, NULL FROM local_figure",
    "local_reading": "SELECT public_id, NULL, NULL, NULL, NULL FROM local_reading",
    "change": "SELECT public_id, team_id, NULL, NULL, NULL FROM decision "
    "WHERE approved_on IS NULL AND kind IN ('hours', 'extension', 'ending')",
    "second_check": "SELECT public_id, team_id, NULL, NULL, NULL FROM second_check",
    "match_plan": "SELECT public_id, NULL, NULL, NULL, NULL FROM match_plan",
    "plan_line": f"SELECT l.public_id, {OF_GRANT} {GRANT} JOIN match_plan_line l ON l.grant_id = g.id",
    "match_weights": "SELECT public_id, NULL, NULL, NULL, NULL FROM match_weights",
    "absence": "SELECT public_id, team_id, NULL, NULL, NULL FROM absence",
    "match_proposal": "SELECT public_id, team_id, NULL, NULL, NULL FROM decision "
    "WHERE approved_on IS NULL AND kind IN ('mentor', 'substitute')",
    "guide": "SELECT 'sagsbehandler', NULL, NULL, NULL, NULL",
    "job": "SELECT public_id, NULL, NULL, NULL, NULL FROM job",
    "pay_line": f"SELECT p.public_id, g.team_id, g.mentor_id, p.supplier_id, NULL {GRANT} "
    "JOIN pay_line p ON p.grant_id = g.id",
    "paid_line": f"SELECT p.public_id, g.team_id, g.mentor_id, p.supplier_id, NULL {GRANT} "
    "JOIN pay_line p ON p.grant_id = g.id "
    "WHERE p.released_on IS NOT NULL AND p.corrects_id IS NULL AND p.credited < p.amount",
    "invoice": "SELECT public_id, NULL, NULL, supplier_id, NULL FROM invoice",
    "journal_entry": f"SELECT j.public_id, {OF_GRANT} {GRANT} "
    "JOIN journal_entry j ON j.grant_id = g.id WHERE j.is_health",
    "access_request": "SELECT a.public_id, c.team_id, NULL, NULL, NULL FROM access_request a "
    "JOIN citizen c ON c.id = a.citizen_id",
    "complaint": "SELECT public_id, team_id, NULL, NULL, NULL FROM complaint",
    "decided": "SELECT public_id, team_id, NULL, NULL, NULL FROM decision WHERE approved_on IS NOT NULL",
    "caseworker": 'SELECT u.public_id, r.team_id, NULL, NULL, NULL FROM "user" u '
    "JOIN role_assignment r ON r.user_id = u.id WHERE r.role = 'SB'",
    "claim": "SELECT public_id, NULL, NULL, NULL, NULL FROM claim",
    "survey_round": "SELECT public_id, NULL, NULL, NULL, NULL FROM survey_round",
    "survey_invitation": "SELECT public_id, team_id, NULL, NULL, NULL FROM survey_invitation WHERE answered_on IS NULL "
    "AND round_id IN (SELECT id FROM survey_round WHERE closes_on > '2014-10-15')",
    "saved_report": "SELECT public_id, team_id, NULL, NULL, NULL FROM saved_report",
}
"""Each kind of thing in an address: public id, team, mentor, supplier and last day."""
KINDS = {
    "agreements": "grant",
    "citizens": "citizen",
    "letters": "letter",
    "facts": "citizen",
    "facts.edit": "consideration",
    "facts.end": "consideration",
    "documents": "document",
    "documents.new": "citizen",
    "documents.create": "citizen",
    "merging": "citizen",
    "journal": "citizen",
    "handover": "grant",
    "caseloads": "caseworker",
    "access_requests": "access_request",
    "access_requests.new": "citizen",
    "access_requests.create": "citizen",
    "complaints": "complaint",
    "notices": "referral",
    "complaints.new": "decided",
    "complaints.create": "decided",
    "journal.note": "journal_entry",
    "mentors": "mentor",
    "suppliers": "supplier",
    "training": "supervision",
    "auth": "user",
    "background": "job",
    "guide": "guide",
    "drafts": "frame_change",
    "frames": "frame_change",
    "followups": "follow_up",
    "absences": "absence",
    "calendar": "job",
    "meetings": "meeting",
    "matching": "grant",
    "match_proposals": "match_proposal",
    "match_weights": "match_weights",
    "referrals": "referral",
    "api_referrals": "referral",
    "grants": "decision",
    "imports": "frame_change",
    "meetings.log": "grant",
    "meetings.renewal": "grant",
    "meetings.make_link": "grant",
    "meetings.new": "grant",
    "meetings.create": "grant",
    "grants.show": "grant",
    "rules": "local_figure",
    "readings": "local_reading",
    "assessments": "assessment",
    "changes": "decision",
    "hearings": "decision",
    "changes.show": "change",
    "changes.preview": "change",
    "changes.approve": "change",
    "changes.send_back": "change",
    "changes.new": "grant",
    "changes.create": "grant",
    "changes.mentor_letter": "grant",
    "changes.send_mentor_letter": "grant",
    "changes.settle_check": "second_check",
    "accounting.line": "pay_line",
    "accounting.match": "pay_line",
    "accounting.reject": "pay_line",
    "accounting.release": "pay_line",
    "corrections": "paid_line",
    "accounting.invoice": "invoice",
    "accounting.chain_of_course": "grant",
    "accounting": "claim",
    "grants.propose": "referral",
    "grants.create": "referral",
    "grants.assess": "referral",
    "surveys": "survey_round",
    "surveys.make_link": "survey_invitation",
    "surveys.interview": "survey_invitation",
    "surveys.keep_interview": "survey_invitation",
    "builder": "saved_report",
}
"""What the id in an address is one of, by endpoint or else by feature."""


@dataclass(frozen=True)
class Walker:
    """Who walks: role, and the team, mentor or supplier that goes with it."""

    username: str
    role: str
    user_id: int
    team: int | None
    mentor: int | None
    supplier: int | None

    def reaches(self, cell: str, row: tuple[str, int | None, int | None, int | None, str | None], kind: str) -> bool:
        """Tell whether a cell of the matrix opens the row to this one."""
        _, team, mentor, supplier, last_day = row
        reach = cell[1]
        if reach == "a" or (kind in {"mentor", "supplier", "survey_round", "claim"} and reach == "t"):
            return True
        if reach == "t":
            return self.team is None or team == self.team
        if reach == "l":
            return supplier is not None and supplier == self.supplier
        if last_day is not None and last_day < (WORKING_DAY - timedelta(days=30)).isoformat():
            return False
        return mentor is not None and mentor == self.mentor


@dataclass
class Town:
    """Kommunen: one file of the seeded municipality, with names and streets that must never be seen."""

    file: Path
    cells: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the matrix as it is written."""
        for row in yaml.safe_load(MATRIX.read_text(encoding="utf-8")):
            for letter, action in row["actions"].items():
                opens = {role: _opening(cell, letter) for role, cell in row["cells"].items()}
                self.cells[action] = {role: cell for role, cell in opens.items() if cell}

    def copied(self, file: Path) -> "Town":
        """Return a copy in a file of its own, which need not read again what stands in the pattern."""
        town = Town(Path(shutil.copyfile(self.file, file)))
        town.__dict__ |= {"rows": self.rows, "hidden": self.hidden, "columns": self.columns}
        return town

    def release(self) -> None:
        """Let the caseworkers release every citizen's contact data to mentors outside the municipality."""
        with sqlite3.connect(self.file) as connection:
            connection.execute("UPDATE citizen SET released_contact = 1")

    def query(self, statement: str) -> list[tuple]:  # type: ignore[type-arg]
        """Ask the file."""
        with sqlite3.connect(self.file) as connection:
            return connection.execute(statement).fetchall()

    def protect(self, letter: bytes) -> None:
        """Give every third person with a course a protected name and street that stand nowhere else.

        `letter` is a PDF that holds them; one is kept for each of these persons that has got letters.
        """
        with sqlite3.connect(self.file) as connection:
            connection.execute(
                "UPDATE citizen SET protected = 1, released_contact = 1, last_name = ?, address = ? || id, "
                "phone = '99887766', email = 'skjult@example.dk', search_name = lower(first_name || ' ' || ?) "
                'WHERE id % 3 = 0 AND id IN (SELECT citizen_id FROM "grant")',
                (SECRET_NAME, SECRET_STREET, SECRET_NAME.lower()),
            )
            connection.execute(
                "UPDATE consideration SET name = 'Bo ' || ?, address = ? WHERE name <> '' "
                f"AND citizen_id IN ({PROTECTED})",
                (SECRET_NAME, SECRET_STREET),
            )
            columns = (
                "citizen_id, referral_id, grant_id, kind, title, sha256, template, sent_on, sent_by_id, recorded_at"
            )
            connection.execute(
                f"INSERT INTO letter (public_id, pdf, {columns}) SELECT '0000' || hex(randomblob(12)), ?, {columns} "
                "FROM letter WHERE id IN "
                f"(SELECT max(id) FROM letter WHERE citizen_id IN ({PROTECTED}) GROUP BY grant_id)",
                (letter,),
            )

    @cached_property
    def people(self) -> dict[str, set[int]]:
        """Citizens by their full name, but for those whose name a colleague or a mentor has as well."""
        others = {name for (name,) in self.query('SELECT full_name FROM "user"')}
        others |= {" ".join(pair) for pair in self.query("SELECT first_name, last_name FROM mentor")}
        others |= {name for (name,) in self.query("SELECT contact_name FROM supplier")}
        found: dict[str, set[int]] = {}
        for key, first, last in self.query("SELECT id, first_name, last_name FROM citizen"):
            found.setdefault(f"{first} {last}", set()).add(key)
        return {name: keys for name, keys in found.items() if name not in others}

    def walker(self, role: str) -> Walker:
        """Return the printed log-in of a role."""
        login = next(one for one in LOGINS if one.role == role)
        columns = "u.id, r.team_id, r.mentor_id, r.supplier_id"
        ((key, team, mentor, supplier),) = self.query(
            f'SELECT {columns} FROM "user" u JOIN role_assignment r ON r.user_id = u.id '
            f"WHERE u.username = '{login.username}'"
        )
        if mentor is not None:
            ((supplier,),) = self.query(f"SELECT supplier_id FROM mentor WHERE id = {mentor}")
        return Walker(login.username, role, key, team, mentor, supplier)

    @cached_property
    def rows(self) -> dict[str, list[tuple]]:  # type: ignore[type-arg]
        """The things of each kind as they stood when first asked for."""
        return {kind: self.query(statement) for kind, statement in ROWS.items()}

    def ids(self, kind: str, cell: str, walker: Walker) -> tuple[str | None, str | None, str | None]:
        """Return the id of a thing that a cell opens to the walker, one that it doesn't, and one about a hidden person.

        The first is of a person without protection where there is one.
        """
        rows, hidden = self.rows[kind], self.hidden
        reached = {row[0] for row in rows if walker.reaches(cell, row, kind)}
        near = sorted(reached, key=lambda one: (one in hidden, one))
        far = next((row[0] for row in rows if row[0] not in reached), None)
        return next(iter(near), None), far, next((one for one in near[1:] if one in hidden), None)

    @cached_property
    def columns(self) -> dict[str, set[str]]:
        """The columns of each table."""
        tables = [name for (name,) in self.query("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: {row[1] for row in self.query(f'PRAGMA table_info("{name}")')} for name in tables}

    @cached_property
    def hidden(self) -> set[str]:
        """Public ids of all that is about a person with a protected name."""
        found = set()
        for table, columns in self.columns.items():
            key = next(
                (one for one in ("citizen_id", "grant_id") if one in columns), "id" if table == "citizen" else ""
            )
            if key and "public_id" in columns:
                of_grant = (
                    f'SELECT id FROM "grant" WHERE citizen_id IN ({PROTECTED})' if key == "grant_id" else PROTECTED
                )
                found |= {one for (one,) in self.query(f'SELECT public_id FROM "{table}" WHERE {key} IN ({of_grant})')}
        return found


def routes(app: Flask, method: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield rule, endpoint and the names of the parts of each address that is asked with the method."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if method in (rule.methods or set()) and rule.endpoint != "static":
            yield rule.rule, rule.endpoint, sorted(rule.arguments)


def _opening(cell: str, letter: str) -> str:
    """Return the part of a cell that gives the letter; who may write or approve may read too."""
    gives = {"R": "RWA"}.get(letter, letter)
    return next((part for part in cell.split() if part[0] in gives and "<" not in part), "")
