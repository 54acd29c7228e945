"""Hvad som helst, sendt til hver rute af hver rolle, er aldrig en fejl i systemet: never 500 on either database."""

import logging
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from flask import Flask

from jobcenter_mentor.app import create_app
from jobcenter_mentor.platform.database.db import db, transaction
from jobcenter_mentor_demo.municipality import SEED, SIZES, found
from tests.databases import a_config, migrate
from tests.screens.frame.anything import Anything, sendings


@pytest.fixture
def town(engine_name: str, request: pytest.FixtureRequest, quick_path: Path) -> Iterator[Flask]:
    """Return the app of a made-up municipality of its own, answering errors as in use."""
    if engine_name == "sqlite":
        url = f"sqlite:///{shutil.copyfile(request.getfixturevalue('demo_file'), quick_path / 'town.sqlite')}"
    else:
        url = request.getfixturevalue("postgresql_server").create("anything")
        migrate(url)
    app = create_app(replace(a_config(url), demo=True))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        if engine_name == "postgresql":
            with transaction() as session:
                found(session, SIZES["S"], SEED)
            db.session.remove()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(
    ("seed", "times"),
    [pytest.param(2014, 2_000, id="2000"), pytest.param(2026, 50_000, id="50000", marks=pytest.mark.slow)],
)
def test_nothing_that_is_sent_is_ever_an_error_of_ours(
    town: Flask, caplog: pytest.LogCaptureFixture, seed: int, times: int
) -> None:
    anything, wrong, codes = Anything(town, db.session(), Random(seed)), [], dict[int, int]()
    caplog.set_level(logging.ERROR)

    for number, what, answer in sendings(anything, times):
        status = 0 if isinstance(answer, Exception) else answer.status_code
        codes[status] = codes.get(status, 0) + 1
        if caplog.records or not 200 <= status < 500:
            told = [f"{record.getMessage()} {cause(record)}" for record in caplog.records] or [repr(answer)]
            wrong.append(f"{number}: {status} {what}\n    {told[0][:500]}")
            caplog.clear()

    print(dict(sorted(codes.items())))
    assert wrong == [], "\n".join(wrong[:40])
    assert codes[200] > times // 5
    assert codes[422] > times // 20


def cause(record: logging.LogRecord) -> str:
    """Return what an error was and where in our code it happened."""
    if not record.exc_info or record.exc_info[1] is None:
        return ""
    trace, places = record.exc_info[2], []
    while trace is not None:
        place = trace.tb_frame.f_code
        if "jobcenter_mentor" in place.co_filename and "site-packages" not in place.co_filename:
            places.append(f"{Path(place.co_filename).name}:{trace.tb_lineno} {place.co_name}")
        trace = trace.tb_next
    return f"{record.exc_info[1]!s:.200} in {' < '.join(reversed(places[-4:]))}"
