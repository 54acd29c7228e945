"""Assemble the Flask app; this is the one module that knows every feature."""

from datetime import time
from typing import Any

from flask import Flask
from flask_babel import Babel
from flask_migrate import Migrate
from flask_wtf import CSRFProtect

from jobcenter_mentor.accounts.claims.views import bp as accounting
from jobcenter_mentor.accounts.invoices.views import bp as corrections
from jobcenter_mentor.api import base as api
from jobcenter_mentor.api.assessments import bp as assessments_api
from jobcenter_mentor.api.followups import bp as followups_api
from jobcenter_mentor.api.meetings import bp as meetings_api
from jobcenter_mentor.api.referrals import bp as referrals_api
from jobcenter_mentor.casefile.documents.views import bp as documents
from jobcenter_mentor.casefile.followups import jobs as followup_tasks
from jobcenter_mentor.casefile.followups.absences.views import bp as absences
from jobcenter_mentor.casefile.followups.views import bp as late
from jobcenter_mentor.casefile.journal.views import bp as journal
from jobcenter_mentor.casefile.letters.views import bp as letters
from jobcenter_mentor.casefile.letters.views import data_bp as data_notice
from jobcenter_mentor.casework.access_requests.views import bp as access_requests
from jobcenter_mentor.casework.agreements.views import bp as agreements
from jobcenter_mentor.casework.assessments.views import bp as assessments
from jobcenter_mentor.casework.caseloads.views import bp as caseloads
from jobcenter_mentor.casework.changes.hearings.views import bp as hearings
from jobcenter_mentor.casework.changes.views import bp as changes
from jobcenter_mentor.casework.complaints.views import bp as complaints
from jobcenter_mentor.casework.duplicates.views import bp as merging
from jobcenter_mentor.casework.frames.views import bp as frames
from jobcenter_mentor.casework.matching import jobs as matching_tasks
from jobcenter_mentor.casework.matching.proposals.views import bp as match_proposals
from jobcenter_mentor.casework.matching.views import bp as matching
from jobcenter_mentor.casework.matching.weights.views import bp as match_weights
from jobcenter_mentor.casework.meetings.handover.views import bp as handover
from jobcenter_mentor.casework.meetings.views import bp as meetings
from jobcenter_mentor.casework.notices.views import bp as notices
from jobcenter_mentor.config import PACKAGE, Config, resource_dir
from jobcenter_mentor.figures.budget import jobs as frame_tasks
from jobcenter_mentor.figures.budget.views import bp as claims
from jobcenter_mentor.figures.quality import jobs as report_tasks
from jobcenter_mentor.figures.report_builder.views import bp as builder
from jobcenter_mentor.figures.surveys.views import bp as surveys
from jobcenter_mentor.people.citizens.views import bp as facts
from jobcenter_mentor.people.mentors.views import bp as training
from jobcenter_mentor.platform import logs
from jobcenter_mentor.platform.database.db import Base, db, engine_options
from jobcenter_mentor.platform.database.schema import MIGRATIONS
from jobcenter_mentor.platform.drafts import jobs as draft_tasks
from jobcenter_mentor.platform.drafts.views import bp as drafts
from jobcenter_mentor.platform.jobs import queue, worker
from jobcenter_mentor.platform.jobs.nightly import Nightly
from jobcenter_mentor.platform.jobs.views import bp as background
from jobcenter_mentor.platform.pages import filters, sent
from jobcenter_mentor.platform.pages.proxies import TrustedProxies
from jobcenter_mentor.screens.calendar.views import bp as calendar
from jobcenter_mentor.screens.citizen.views import bp as citizens
from jobcenter_mentor.screens.corps.views import bp as mentors
from jobcenter_mentor.screens.course.views import bp as grants
from jobcenter_mentor.screens.frame import access_log, error_pages, guard, headers, health, menu, once
from jobcenter_mentor.screens.frame.hosts import TrustedHosts
from jobcenter_mentor.screens.guide.views import bp as guide
from jobcenter_mentor.screens.law.views import bp as rules
from jobcenter_mentor.screens.log_of_events.views import bp as audit
from jobcenter_mentor.screens.my_day.views import bp as followups
from jobcenter_mentor.screens.new_case.views import bp as referrals
from jobcenter_mentor.screens.readings.views import bp as readings
from jobcenter_mentor.screens.reports.views import bp as reports
from jobcenter_mentor.screens.supplier_home.views import bp as suppliers
from jobcenter_mentor.screens.users.views import bp as auth
from jobcenter_mentor.screens.users.views import logout
from jobcenter_mentor.settings import make_own_file
from jobcenter_mentor.sheets.runs import jobs as import_tasks
from jobcenter_mentor.sheets.runs.views import bp as imports

FEATURES = (
    auth,
    guide,
    audit,
    rules,
    readings,
    background,
    drafts,
    citizens,
    facts,
    journal,
    letters,
    data_notice,
    documents,
    followups,
    absences,
    calendar,
    late,
    suppliers,
    mentors,
    training,
    referrals,
    grants,
    caseloads,
    changes,
    hearings,
    assessments,
    match_proposals,
    match_weights,
    matching,
    agreements,
    meetings,
    handover,
    notices,
    complaints,
    access_requests,
    frames,
    claims,
    accounting,
    corrections,
    surveys,
    reports,
    builder,
    imports,
    merging,
)

API_PARTS = (assessments_api, referrals_api, meetings_api, followups_api)

TASKS: dict[str, queue.Task] = {
    "frame.put_right": frame_tasks.put_right,
    "match_plan": matching_tasks.match_plan,
    "import.check": import_tasks.check,
    "import.apply": import_tasks.apply,
}
"""The background jobs by kind."""

NIGHTLY: tuple[Nightly, ...] = (
    Nightly("frame.count_again", "Rammens månedssummer tælles efter", time(2, 40), frame_tasks.count_again),
    Nightly("statistics.check_courses", "Delforløb regnes efter", time(3, 10), report_tasks.check_courses),
    Nightly("quality.keep", "Månedens datakvalitet gemmes", time(3, 20), report_tasks.keep_quality),
    Nightly("drafts.forget_sent_forms", "Sendte formularer glemmes", time(3, 40), draft_tasks.forget_sent_forms),
    Nightly("reminders.send", "Påmindelser på mail", time(6, 30), followup_tasks.send_reminders, of_the_day=True),
)
"""What runs by the clock, a Danish one."""


def create_app(config: Config) -> Flask:
    """Build the app for one installation. Touches no database."""
    app = Flask("jobcenter_mentor", root_path=str(PACKAGE), template_folder=str(resource_dir("templates")))
    app.config.update(
        SQLALCHEMY_DATABASE_URI=config.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(config.database_url),
        SECRET_KEY=config.secret_key,
        CPR_KEYS=config.cpr_keys,
        CPR_INDEX_KEY=config.cpr_index_key,
        WORKING_DATE=config.working_date,
        QUEUE_FILE=config.queue_file,
        MAIL=config.mail,
        PUBLIC_URL=config.public_url,
        DEMO=config.demo,
        AA_AS_RING=config.aa_as_ring,
        TESTING=config.testing,
        SESSION_COOKIE_SECURE=config.secure_cookies,
        SESSION_COOKIE_NAME="__Host-session" if config.secure_cookies else "session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=12 * 1024 * 1024,
        WTF_CSRF_TIME_LIMIT=36000,
        BABEL_DEFAULT_LOCALE="da",
        BABEL_DEFAULT_TIMEZONE="Europe/Copenhagen",
    )
    if config.shows_sql:
        logs.show_sql()
    sent.register(app)
    _extend(app)
    access_log.register(app)
    headers.register(app, https=config.secure_cookies)
    if config.queue_file is not None:
        make_own_file(config.queue_file)
    queue.register(app, TASKS, NIGHTLY)
    worker.register(app)
    filters.register(app.jinja_env)
    guard.register(app)
    once.register(app)
    menu.register(app)
    for feature in FEATURES:
        app.register_blueprint(feature)
    api.register(app, API_PARTS)
    error_pages.register(app, api=api.answer)
    health.register(app)
    guard.check_routes(app)
    named = TrustedHosts(app.wsgi_app, config.trusted_hosts)
    known = TrustedProxies(named, config.trusted_proxies)
    app.wsgi_app = access_log.AccessLog(known)  # type: ignore[method-assign]
    return app


def _extend(app: Flask) -> None:
    """Hand the app to its extensions, each in its own way."""
    db.init_app(app)
    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)
    csrf = CSRFProtect(app)
    for part in (*API_PARTS, logout):
        csrf.exempt(part)
    Babel(app)
    app.shell_context_processor(_in_the_shell)


def _in_the_shell() -> dict[str, Any]:
    """Return what `make shell` gives by name: the session and every class of a table."""
    return {"session": db.session, **{mapper.class_.__name__: mapper.class_ for mapper in Base.registry.mappers}}
