"""The same sheet imported by two users at once (to på én gang), or by a double click, comes in once."""

from threading import Barrier, Thread
from typing import Any

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.kernel.errors import Conflict
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.db import transaction
from jobcenter_mentor.platform.law_figures import loader
from jobcenter_mentor.sheets.runs import service
from jobcenter_mentor.sheets.runs.models import ImportRun
from tests.builders import WORKING_DAY as ON
from tests.builders import a_frame, a_municipality, a_user
from tests.sheets.runs.sheets import a_course, xlsx
from tests.sheets.runs.test_service import taken

TAKEN_IN_MEANWHILE = ["changed_since", "already_imported"]
"""What a run is told whose rows another has taken in since its check; either of two runs may come first."""


def test_a_sheet_taken_in_by_two_at_once_comes_in_once(app: Flask, session: Session, law: Law) -> None:
    a_municipality(session)
    a_frame(session)
    leader, ready, said = a_user(session, "TL"), Barrier(3), list[tuple[Any, ...]]()
    taken(session, [a_course(Startdato="01-02-2014", Slutdato="28-02-2014")], leader, law)
    content = xlsx([a_course()])
    runs = [
        service.keep(session, "courses", "a.xlsx", content, actor=Actor(leader, ON), law=loader.law())[0].id
        for _ in range(2)
    ]
    session.commit()

    def take(run_id: int) -> None:
        with app.app_context():
            try:
                with transaction() as own:
                    run, by = own.get_one(ImportRun, run_id), own.get_one(User, leader.id)
                    if own.get_bind().dialect.name == "postgresql":  # SQLite lets one writer in at a time
                        ready.wait(20)
                    report = service.apply(own, run, actor=Actor(by, ON), law=law).report
                    notes = [note["code"] for note in report["warnings"] if note["code"] in TAKEN_IN_MEANWHILE]
                    said.append((run_id, report["rows"]["new"], report["applied"], notes))
            except Conflict as error:
                said.append((run_id, error.message))

    clicked = [runs[0], runs[0], runs[1]]
    clicks = [Thread(target=take, args=(run,)) for run in clicked]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()

    assert session.scalar(select(func.count()).select_from(Grant)) == 2
    run, other = said[0][0], next(run for run in runs if run != said[0][0])
    took, gone = (run, 1, True, []), (run, f"Filen er allerede importeret den {ON:%d-%m-%Y}.")
    stopped, nothing_new = (other, 0, False, TAKEN_IN_MEANWHILE), (other, 0, True, TAKEN_IN_MEANWHILE[1:])
    assert said[0] == took
    if run == runs[0]:  # clicked twice itself
        assert sorted(said[1:], key=len) == [gone, stopped]
    else:  # the second click follows the new check, which says that nothing is new
        assert said[1:] == [stopped, nothing_new]
