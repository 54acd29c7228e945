"""To på én gang: the same sheet taken in by two at once, or twice by one who clicks twice, comes in once."""

from threading import Barrier, Thread

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.auth.models import User
from jobcenter_mentor.db import transaction
from jobcenter_mentor.domain.errors import Conflict
from jobcenter_mentor.domain.law import Law
from jobcenter_mentor.grants.models import Grant
from jobcenter_mentor.imports import service
from jobcenter_mentor.imports.models import ImportRun
from tests.builders import WORKING_DAY as ON
from tests.builders import a_frame, a_municipality, a_user
from tests.imports.sheets import a_course, xlsx
from tests.imports.test_service import taken


def test_a_sheet_taken_in_by_two_at_once_comes_in_once(app: Flask, session: Session, law: Law) -> None:
    a_municipality(session)
    a_frame(session)
    leader, ready, said = a_user(session, "TL"), Barrier(3), list[str]()
    taken(session, [a_course(Startdato="01-02-2014", Slutdato="28-02-2014")], leader, law)
    content = xlsx([a_course()])
    runs = [service.keep(session, "courses", "a.xlsx", content, by=leader, on=ON)[0].id for _ in range(2)]
    session.commit()

    def take(run_id: int) -> None:
        with app.app_context():
            try:
                with transaction() as own:
                    run, by = own.get_one(ImportRun, run_id), own.get_one(User, leader.id)
                    if own.get_bind().dialect.name == "postgresql":  # SQLite lets one writer in at a time
                        ready.wait(20)
                    said.append(str(service.apply(own, run, by=by, on=ON, law=law).report["rows"]["new"]))
            except Conflict as error:
                said.append(error.code)

    clicks = [Thread(target=take, args=(run,)) for run in (runs[0], runs[0], runs[1])]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()

    assert session.scalar(select(func.count()).select_from(Grant)) == 2
    assert sorted(said) == ["0", "1", "conflict"]
