"""Dørene til vurderingen: the API, the command and the live page must answer as the function does."""

import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from flask import Flask

from benchmarks.ruling import DATES, people
from jobcenter_mentor.app import create_app
from jobcenter_mentor.casework.assessments.forms import values_of
from jobcenter_mentor.casework.grants.models import AssessmentRecord
from jobcenter_mentor.cli.main import main as command
from jobcenter_mentor.domain.law.assessment import Assessment
from jobcenter_mentor.domain.law.case_facts import facts_from_dict, facts_to_dict
from jobcenter_mentor.domain.law.facts import CaseFacts
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.verdict import answer_case, assess
from jobcenter_mentor.platform.database.db import db, transaction
from jobcenter_mentor.platform.pages.filters import fact_name
from jobcenter_mentor.screens.frame.law_card import answer_words
from tests.api.callers import a_caller
from tests.builders import a_referral, a_user
from tests.casework.grants.cases import proposed, the_frames
from tests.databases import SqliteFiles, a_config
from tests.logins import Visitor, logged_in

VERDICT = re.compile(r'<p class="verdict[^"]*">(.*?)</p>')
CHECK = re.compile(r"<span>([^<]*) <b>([^<]*)</b></span><span>([^<]*)</span>")
WARNING = re.compile(r'<div class="msg msg--warn">.*?<p>(.*?)</p></div>', re.DOTALL)
Panel = tuple[str, list[tuple[str, str, str]], list[str]]
"""Verdict; question, answer and section of what decides; what is missing and what is warned of."""


def differing(law: Law, count: int) -> int:
    """A4: count the cases that the API, the command or the page answers otherwise than the function."""
    cases = [case for day in DATES for case in people(-(-count // len(DATES)), day, seed=7)][:count]
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(a_config(SqliteFiles(Path(folder)).fresh()))
        with app.app_context():
            db.create_all()
            return _by_machine(app, cases, law) + _on_the_page(app, cases, law)


def _by_machine(app: Flask, cases: Sequence[CaseFacts], law: Law) -> int:
    """Count what the API or the command answers otherwise, the whole answer compared."""
    given = [facts_to_dict(case) for case in cases]
    wanted: list[Any] = json.loads(json.dumps([answer_case(case, law) for case in given]))
    printed = CliRunner().invoke(command, ["assess", "-", "--json"], input=json.dumps(given))
    with transaction() as session:
        caller = a_caller(app, session, a_user(session, "MK"))
    served = list(caller.post("/assessments", json=given).json or ())
    pairs = zip(wanted, json.loads(printed.stdout), served, strict=True)
    return sum(not (want == one == other) for want, one, other in pairs)


def _on_the_page(app: Flask, cases: Sequence[CaseFacts], law: Law) -> int:
    """Count what the page "hvad nu hvis" shows otherwise; what its form does not ask is the kept case's."""
    with transaction() as session:
        the_frames(session)
        by = a_user(session, "SB")
        decision = proposed(session, a_referral(session), by=by, law=law)
        record = session.get_one(AssessmentRecord, decision.assessment_id)
        address, kept = f"/vurderinger/{record.public_id}/hvad-nu-hvis", facts_from_dict(record.facts)
    page = logged_in(app, db.session(), by)
    db.session.remove()
    return sum(_shown(page, address, case) != _wanted(assess(case, law)) for case in _told_by(kept, cases))


def _told_by(kept: CaseFacts, cases: Sequence[CaseFacts]) -> Iterator[CaseFacts]:
    """Give each case as the form tells it."""
    for case in cases:
        citizen = replace(
            case.citizen,
            age=kept.citizen.age,
            situation=kept.citizen.situation,
            education_kind=kept.citizen.education_kind,
            education_admission_date=kept.citizen.education_admission_date,
        )
        asked = {name: getattr(case.request, name) for name in ("start", "minutes_per_week", "mentor_type")}
        ends = {"end": case.request.last_day, "weeks": None, "beyond_normal": case.request.beyond_normal}
        yield replace(kept, date=case.date, citizen=citizen, request=replace(kept.request, **asked, **ends))


def _shown(page: Visitor, address: str, case: CaseFacts) -> Panel | None:
    """Post the form; return what the panel says, None where the page refuses."""
    form = {**values_of(case), "minutes_per_week": f"{(case.request.minutes_per_week or 0) / 60}"}
    days = {name: day.strftime("%d-%m-%Y") for name, day in form.items() if hasattr(day, "strftime")}
    answer = page.post(address, data={name: "" if value is None else value for name, value in (form | days).items()})
    if answer.status_code != 200:
        return None
    panel = unescape(answer.text.partition('<div id="svar"')[2]).replace("\u00a0", " ")
    verdict = VERDICT.search(panel)
    return verdict[1] if verdict else "", CHECK.findall(panel), WARNING.findall(panel)


def _wanted(answer: Assessment) -> Panel:
    """Return what the panel must say."""
    deciding = [(found.question, answer_words(found), found.section) for found in answer.deciding]
    missing = [f"Mangler: {fact_name(path)}" for path in answer.missing]
    return answer.verdict, deciding, [*missing, *answer.warning_texts]
