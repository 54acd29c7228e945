"""Loven, som den står: what the law asks of today's cases, and the clocks of complaints and of access to files."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lay the new columns and tables."""
    _budgets_up()
    _education_up()
    _sender_up()
    _complaints_up()
    _notices_up()
    _access_up()
    _readings_up()
    _figures_up()
    _sums_up()
    _letters_up()
    _law_up()
    _heard_up()


def downgrade() -> None:
    """Take them away again."""
    _heard_down()
    _law_down()
    _access_down()
    _notices_down()
    _complaints_down()
    _sums_down()
    _figures_down()
    _readings_down()
    _sender_down()
    _budgets_down()
    _education_down()
    _letters_down()


ONE_TEAM = "(kind = 'local_budget') = (team_id IS NOT NULL)"
OPEN = "approved_on IS NULL AND dropped_on IS NULL"
BUDGET_INDEXES = (
    ("uq_frame_year_kind", "frame", "kind", "team_id IS NULL"),
    ("uq_frame_year_team", "frame", "team_id", "team_id IS NOT NULL"),
    ("uq_frame_change_open", "frame_change", "kind", f"{OPEN} AND team_id IS NULL"),
    ("uq_frame_change_open_of_team", "frame_change", "team_id", f"{OPEN} AND team_id IS NOT NULL"),
)
OLDER_OPEN = """
UPDATE frame_change SET dropped_on = proposed_on WHERE approved_on IS NULL AND EXISTS (
    SELECT 1 FROM frame_change AS newer WHERE newer.year = frame_change.year AND newer.kind = frame_change.kind
    AND newer.approved_on IS NULL AND newer.id > frame_change.id)
"""


def _budgets_up() -> None:
    """Let a year without a frame have a budget for each team; of proposals for the same, only the newest waits on."""
    with op.batch_alter_table("frame") as table:
        table.add_column(sa.Column("team_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_frame_team_id_team"), "team", ["team_id"], ["id"])
        table.drop_constraint(op.f("uq_frame_year_kind"), type_="unique")
        table.create_check_constraint(op.f("ck_frame_budget_of_one_team"), sa.text(ONE_TEAM))
    with op.batch_alter_table("frame_change") as table:
        table.add_column(sa.Column("team_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("dropped_on", sa.Date(), nullable=True))
        table.create_foreign_key(op.f("fk_frame_change_team_id_team"), "team", ["team_id"], ["id"])
        table.create_check_constraint(op.f("ck_frame_change_budget_of_one_team"), sa.text(ONE_TEAM))
        two = "approved_by_id IS NULL OR approved_by_id <> proposed_by_id"
        table.create_check_constraint(op.f("ck_frame_change_two_people"), sa.text(two))
    op.execute(OLDER_OPEN)
    for name, table_name, column, where in BUDGET_INDEXES:
        only = {"sqlite_where": sa.text(where), "postgresql_where": sa.text(where)}
        op.create_index(name, table_name, ["year", column], unique=True, **only)


def _budgets_down() -> None:
    """Forget the budgets: a year has frames alone."""
    for name, table_name, _, _ in BUDGET_INDEXES:
        op.drop_index(name, table_name)
    op.execute("DELETE FROM frame_change WHERE kind = 'local_budget'")
    op.execute(
        "UPDATE reservation SET frame_id = NULL WHERE frame_id IN (SELECT id FROM frame WHERE team_id IS NOT NULL)"
    )
    op.execute("DELETE FROM frame WHERE kind = 'local_budget'")
    with op.batch_alter_table("frame_change") as table:
        table.drop_constraint(op.f("ck_frame_change_two_people"), type_="check")
        table.drop_constraint(op.f("ck_frame_change_budget_of_one_team"), type_="check")
        table.drop_constraint(op.f("fk_frame_change_team_id_team"), type_="foreignkey")
        table.drop_column("dropped_on")
        table.drop_column("team_id")
    with op.batch_alter_table("frame") as table:
        table.drop_constraint(op.f("ck_frame_budget_of_one_team"), type_="check")
        table.drop_constraint(op.f("fk_frame_team_id_team"), type_="foreignkey")
        table.drop_column("team_id")
        table.create_unique_constraint(op.f("uq_frame_year_kind"), ["year", "kind"])


def _education_up() -> None:
    """Let a status tell of an education, and a referral of preparation; nobody has said it of those that are there."""
    op.add_column("citizen_status", sa.Column("has_education", sa.Boolean(), nullable=True))
    op.add_column("referral", sa.Column("direct_minutes_per_week", sa.Integer(), nullable=True))


def _education_down() -> None:
    with op.batch_alter_table("referral") as table:
        table.drop_column("direct_minutes_per_week")
    with op.batch_alter_table("citizen_status") as table:
        table.drop_column("has_education")


OPEN_READING, STATED = "approved_on IS NULL AND rejected_on IS NULL", "approved_on IS NOT NULL"
READING_CHECKS = {
    "four_eyes": "approved_by_id IS NULL OR approved_by_id <> proposed_by_id",
    "approved_by_somebody": "(approved_by_id IS NULL) = (approved_on IS NULL)",
    "rejected_by_somebody": "(rejected_by_id IS NULL) = (rejected_on IS NULL)",
    "decided_once": "approved_on IS NULL OR rejected_on IS NULL",
    "has_reason": "length(trim(reason)) > 0",
}


def _readings_up() -> None:
    """Let the municipality state how it reads what the law leaves open."""
    people = ("proposed_by_id", "approved_by_id", "rejected_by_id")
    op.create_table(
        "local_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point", sa.String(60), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("wording", sa.String(1000), nullable=False),
        sa.Column("reason", sa.String(400), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("rejected_by_id", sa.Integer(), nullable=True),
        sa.Column("rejected_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        *(sa.CheckConstraint(said, name=op.f(f"ck_local_reading_{name}")) for name, said in READING_CHECKS.items()),
        *(sa.ForeignKeyConstraint([who], ["user.id"], name=op.f(f"fk_local_reading_{who}_user")) for who in people),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_reading")),
        sa.UniqueConstraint("public_id", name=op.f("uq_local_reading_public_id")),
    )
    for name, columns, when in (
        ("uq_local_reading_open", ["point"], OPEN_READING),
        ("uq_local_reading_day", ["point", "valid_from"], STATED),
    ):
        told = sa.text(when)
        op.create_index(name, "local_reading", columns, unique=True, sqlite_where=told, postgresql_where=told)


def _readings_down() -> None:
    op.drop_table("local_reading")


SECTION_6 = {12: 4, 13: 5, 5: 6, 14: 7, 11: 8, 7: 9, 4: 10, 6: 11, 10: 12, 9: 13, 8: -1}
"""Numbers of § 2 that are another in § 6; number 8 has none there."""
KEY = ("year", "month", "frame_kind", "rate_percent", "team_id", "group_number", "mentor_type")
SUMMED = ("granted", "delivered", "invoiced", "minutes", "running", "entered", "started", "stopped")


def _sums_up() -> None:
    """Number the groups of agreements of before 2020 by § 6 in the sums of 2020 and later."""
    _number_sums(SECTION_6)


def _sums_down() -> None:
    """Number them by § 2 again; what has no number in § 6 stays unknown."""
    _number_sums({new: old for old, new in SECTION_6.items() if new > 0})


def _number_sums(numbers: dict[int, int]) -> None:
    first_day = date(2020, 1, 1)
    grant = sa.table("grant", sa.column("id"), sa.column("decided_on", sa.Date()), sa.column("start", sa.Date()))
    month = sa.table("course_month", sa.column("grant_id"), *map(sa.column, KEY + SUMMED))
    total = sa.table("month_sum", *map(sa.column, KEY + SUMMED))
    before = sa.select(grant.c.id).where(sa.func.coalesce(grant.c.decided_on, grant.c.start) < first_day)
    number = sa.case(numbers, value=month.c.group_number, else_=month.c.group_number)
    of_before = (month.c.year >= first_day.year, month.c.grant_id.in_(before))
    op.execute(sa.update(month).where(*of_before).values(group_number=number))
    op.execute(sa.delete(total).where(total.c.year >= first_day.year))
    keys, sums = [month.c[name] for name in KEY], [sa.func.sum(month.c[name]) for name in SUMMED]
    counted = sa.select(*keys, *sums).where(month.c.year >= first_day.year).group_by(*keys)
    op.execute(sa.insert(total).from_select([*KEY, *SUMMED], counted))


FIGURE_CHECKS = ("four_eyes", "approved_by_somebody")


def _figures_up() -> None:
    """Hold figures to two persons; one that the same person approved is rejected, as no second has agreed to it.

    A half told approval is none: the figure waits.
    """
    op.execute(
        "UPDATE local_figure SET rejected_by_id = approved_by_id, rejected_on = approved_on, approved_by_id = NULL, "
        "approved_on = NULL WHERE approved_by_id = proposed_by_id AND approved_on IS NOT NULL"
    )
    op.execute(
        "UPDATE local_figure SET approved_by_id = NULL, approved_on = NULL "
        "WHERE approved_by_id IS NULL OR approved_on IS NULL"
    )
    with op.batch_alter_table("local_figure") as table:
        for name in FIGURE_CHECKS:
            table.create_check_constraint(op.f(f"ck_local_figure_{name}"), sa.text(READING_CHECKS[name]))


def _figures_down() -> None:
    with op.batch_alter_table("local_figure") as table:
        for name in FIGURE_CHECKS:
            table.drop_constraint(op.f(f"ck_local_figure_{name}"), type_="check")


def _sender_up() -> None:
    for name, length in (("cvr", 8), ("opening_hours", 200)):
        op.add_column("municipality", sa.Column(name, sa.String(length), server_default=sa.text("''"), nullable=False))


def _sender_down() -> None:
    for name in ("opening_hours", "cvr"):
        op.drop_column("municipality", name)


ORDER_OF_2024 = date(2024, 3, 22)
"""From that day a complaint that came too late is sent on at once, without a re-assessment."""
STATUS = (
    "CASE WHEN board_outcome <> '' THEN 'answered' WHEN forwarded_on IS NOT NULL THEN 'board' "
    "WHEN outcome = 'changed' THEN 'changed' WHEN outcome = 'partly' AND stands = '' THEN 'waits' "
    "WHEN outcome = 'partly' AND stands <> 'stands' THEN 'dropped' WHEN outcome <> '' THEN 'forward' "
    "WHEN route = 'at_once' THEN 'late' ELSE 'review' END"
)
COMPLAINT_CHECKS = {
    "status_of_stamps": f"status = {STATUS}",
    "open_has_clock": "(due_on IS NOT NULL) = (status IN ('late', 'review', 'waits', 'forward'))",
    "route_known": "route IN ('review', 'at_once') AND (route = 'review' OR (received_on > last_day AND outcome = ''))",
    "outcome_known": "outcome IN ('upheld', 'partly', 'changed', '')",
    "short_case_known": "short_case IN ('offer', 'availability', 'referred', 'other_actor', '')",
    "due_after_received": "review_due >= received_on",
    "outcome_with_day": "(outcome = '') = (reviewed_on IS NULL)",
    "reviewed_after_received": "reviewed_on IS NULL OR reviewed_on >= received_on",
    "partly_asks_citizen": "(outcome = 'partly') = (told_on IS NOT NULL) AND (told_on IS NULL) = (stand_due IS NULL)",
    "told_after_reviewed": "told_on IS NULL OR (told_on >= reviewed_on AND stand_due > told_on)",
    "stands_known": "stands IN ('stands', 'withdrawn', 'lapsed', 'before', '') AND (stands = '') = (stands_on IS NULL)",
    "stands_after_told": "stands = '' OR (outcome = 'partly' AND stands_on >= told_on)",
    "lapsed_after_clock": "stands <> 'lapsed' OR stands_on > stand_due",
    "sent_if_not_changed": "forwarded_on IS NULL OR route = 'at_once' OR outcome = 'upheld' "
    "OR (outcome = 'partly' AND stands IN ('stands', 'before'))",
    "sent_after_all_else": "forwarded_on IS NULL OR (forwarded_on >= received_on "
    "AND (reviewed_on IS NULL OR forwarded_on >= reviewed_on) AND (stands_on IS NULL OR forwarded_on >= stands_on))",
    "board_known": "board_outcome IN ('upheld', 'changed', 'annulled', 'returned', 'dismissed', '') "
    "AND (board_outcome = '') = (board_on IS NULL)",
    "board_after_sent": "board_on IS NULL OR (forwarded_on IS NOT NULL AND board_on >= forwarded_on)",
}


def _complaints_up() -> None:
    """Give complaints their way, their status and the clocks of the citizen, and keep what was done before."""
    for column in (
        sa.Column("route", sa.String(length=8)),
        sa.Column("urgent", sa.Boolean()),
        sa.Column("short_case", sa.String(length=12)),
        sa.Column("status", sa.String(length=8)),
        sa.Column("due_on", sa.Date()),
        sa.Column("told_on", sa.Date()),
        sa.Column("stand_due", sa.Date()),
        sa.Column("stand_letter_id", sa.Integer()),
        sa.Column("stands", sa.String(length=10)),
        sa.Column("stands_on", sa.Date()),
    ):
        op.add_column("complaint", column)
    _keep_complaints()
    with op.batch_alter_table("complaint") as batch:
        for name in ("route", "status"):
            batch.alter_column(name, existing_type=sa.String(length=8), nullable=False)
        batch.alter_column("urgent", existing_type=sa.Boolean(), nullable=False)
        batch.alter_column("short_case", existing_type=sa.String(length=12), nullable=False)
        batch.alter_column("stands", existing_type=sa.String(length=10), nullable=False)
        batch.create_foreign_key(op.f("fk_complaint_stand_letter_id_letter"), "letter", ["stand_letter_id"], ["id"])
        for name, text in COMPLAINT_CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_complaint_{name}"), text)
    op.create_index(op.f("ix_complaint_status"), "complaint", ["status"], unique=False)


def _keep_complaints() -> None:
    """Fill the new columns of the complaints there are.

    One that was partly upheld and not sent on gets the four weeks that the citizen was never given; one that was sent
    on says that nobody asked (`before`). One that came too late under the order of 2024 and waits still is to be sent.
    """
    day = sa.Date()
    table = sa.table(
        "complaint",
        sa.column("id"),
        sa.column("received_on", day),
        sa.column("last_day", day),
        sa.column("review_due", day),
        sa.column("outcome"),
        sa.column("reviewed_on", day),
        sa.column("forwarded_on", day),
        sa.column("board_outcome"),
        sa.column("board_on", day),
        sa.column("route"),
        sa.column("urgent", sa.Boolean()),
        sa.column("short_case"),
        sa.column("status"),
        sa.column("due_on", day),
        sa.column("told_on", day),
        sa.column("stand_due", day),
        sa.column("stands"),
        sa.column("stands_on", day),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(table)).all():
        connection.execute(table.update().where(table.c.id == row.id).values(_complaint_now(row)))
    connection.execute(table.update().values(status=sa.text(STATUS)))
    closed = table.c.status.not_in(("late", "review", "waits", "forward"))
    connection.execute(table.update().where(closed).values(due_on=None))


def _complaint_now(row: Any) -> dict[str, Any]:
    """Return the new columns of one complaint; a code nobody knows is the nearest one that the stamps allow."""
    outcome = row.outcome if row.outcome in ("upheld", "partly", "changed") else "upheld"
    outcome = outcome if row.reviewed_on else ""
    waits = not outcome and row.forwarded_on is None and row.received_on > row.last_day
    at_once = waits and row.received_on >= ORDER_OF_2024
    known = row.board_outcome in ("upheld", "changed", "returned", "dismissed")
    now: dict[str, Any] = {
        "outcome": outcome,
        "board_outcome": (row.board_outcome if known else "upheld") if row.board_on else "",
        "route": "at_once" if at_once else "review",
        "urgent": False,
        "short_case": "",
        "stands": "",
        "review_due": row.received_on if at_once else row.review_due,
        "due_on": row.review_due,
    }
    now["due_on"] = now["review_due"]
    if outcome == "partly":
        now |= {"told_on": row.reviewed_on, "stand_due": row.reviewed_on + timedelta(weeks=4)}
        now["due_on"] = now["stand_due"]
        if row.forwarded_on is not None:
            now |= {"stands": "before", "stands_on": row.forwarded_on}
    return now


def _complaints_down() -> None:
    op.drop_index(op.f("ix_complaint_status"), table_name="complaint")
    with op.batch_alter_table("complaint") as batch:
        for name in COMPLAINT_CHECKS:
            batch.drop_constraint(op.f(f"ck_complaint_{name}"), type_="check")
        batch.drop_constraint(op.f("fk_complaint_stand_letter_id_letter"), type_="foreignkey")
        for name in (
            *("route", "urgent", "short_case", "status", "due_on", "told_on", "stand_due", "stand_letter_id"),
            *("stands", "stands_on"),
        ):
            batch.drop_column(name)


def _notices_up() -> None:
    op.create_table(
        "delay_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("complaint_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("(referral_id IS NULL) <> (complaint_id IS NULL)", name=op.f("ck_delay_notice_about_one")),
        sa.CheckConstraint(
            "expected_on > told_on AND expected_on > due_on", name=op.f("ck_delay_notice_expected_is_later")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_delay_notice_by_id_user")),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_delay_notice_citizen_id_citizen")),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_delay_notice_complaint_id_complaint")
        ),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_delay_notice_letter_id_letter")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_delay_notice_referral_id_referral")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_delay_notice_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delay_notice")),
        sa.UniqueConstraint("public_id", name=op.f("uq_delay_notice_public_id")),
    )
    op.create_index(op.f("ix_delay_notice_citizen_id"), "delay_notice", ["citizen_id"], unique=False)
    for about in ("referral", "complaint"):
        where = sa.text(f"{about}_id IS NOT NULL")
        op.create_index(
            f"uq_delay_notice_{about}",
            "delay_notice",
            [f"{about}_id", "expected_on"],
            unique=True,
            sqlite_where=where,
            postgresql_where=where,
        )


def _notices_down() -> None:
    op.drop_table("delay_notice")


OPEN_ACCESS = "approved_on IS NULL AND withdrawn_on IS NULL"


def _access_up() -> None:
    """Mark what is internal, let a letter go to another party, and lay the requests for access to files."""
    op.add_column("journal_entry", _internal())
    with op.batch_alter_table("document") as document:
        document.add_column(_internal())
        document.create_check_constraint(op.f("ck_document_internal_stays_inside"), "NOT (is_internal AND released)")
    op.add_column("letter", sa.Column("addressed_to", sa.String(200), nullable=False, server_default=sa.text("''")))
    op.create_table(
        "access_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("case_number", sa.String(12), nullable=False),
        sa.Column("asked_by", sa.String(14), nullable=False),
        sa.Column("consideration_id", sa.Integer(), nullable=True),
        sa.Column("party_name", sa.String(200), nullable=False),
        sa.Column("party_address", sa.String(300), nullable=False),
        sa.Column("party_why", sa.String(300), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("delay_reason", sa.String(500), nullable=False),
        sa.Column("followup_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("returned_by_id", sa.Integer(), nullable=True),
        sa.Column("return_comment", sa.String(500), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(6), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_because", sa.String(300), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_access_checks(),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_access_request_{column}_{table}"))
            for column, table in (
                ("citizen_id", "citizen"),
                ("consideration_id", "consideration"),
                ("followup_id", "follow_up"),
                ("by_id", "user"),
                ("proposed_by_id", "user"),
                ("returned_by_id", "user"),
                ("approved_by_id", "user"),
                ("letter_id", "letter"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_request")),
        sa.UniqueConstraint("public_id", name=op.f("uq_access_request_public_id")),
        sa.UniqueConstraint("followup_id", name=op.f("uq_access_request_followup_id")),
    )
    op.create_index(op.f("ix_access_request_citizen_id"), "access_request", ["citizen_id"])
    op.create_index(
        "uq_access_request_open",
        "access_request",
        ["citizen_id", "case_number", "party_name"],
        unique=True,
        sqlite_where=sa.text(OPEN_ACCESS),
        postgresql_where=sa.text(OPEN_ACCESS),
    )
    _access_omission()


def _internal() -> sa.Column[bool]:
    """The mark of what the municipality wrote for its own use."""
    return sa.Column("is_internal", sa.Boolean(), nullable=False, server_default=sa.false())


def _access_checks() -> list[sa.CheckConstraint]:
    """What no request may be, whoever writes it."""
    checks = {
        "asker_known": "asked_by IN ('citizen', 'representative', 'guardian', 'party')",
        "party_is_named": "(asked_by = 'party') = (party_name <> '')",
        "helper_is_known": "(asked_by IN ('representative', 'guardian')) = (consideration_id IS NOT NULL)",
        "outcome_known": "outcome IN ('', 'full', 'partly', 'none')",
        "outcome_when_approved": "(approved_on IS NULL) = (outcome = '')",
        "two_people": "approved_on IS NULL OR (approved_by_id IS NOT NULL AND proposed_by_id IS NOT NULL "
        "AND approved_by_id <> proposed_by_id)",
        "answered_whole": "approved_on IS NULL OR (letter_id IS NOT NULL AND pdf IS NOT NULL)",
        "due_after_received": "due_on > received_on",
        "one_end": "approved_on IS NULL OR withdrawn_on IS NULL",
        "open_has_clock": "followup_id IS NOT NULL OR approved_on IS NOT NULL OR withdrawn_on IS NOT NULL",
    }
    return [sa.CheckConstraint(told, name=op.f(f"ck_access_request_{name}")) for name, told in checks.items()]


def _access_omission() -> None:
    """What a party does not get, by which section and why."""
    op.create_table(
        "access_omission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(20), nullable=False),
        sa.Column("subject_id", sa.String(36), nullable=False),
        sa.Column("pages", sa.String(100), nullable=False),
        sa.Column("section", sa.String(3), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.CheckConstraint(
            "section IN ('12', '14', '15', '15a', '15b')", name=op.f("ck_access_omission_section_known")
        ),
        sa.CheckConstraint(
            "section NOT IN ('12', '14') OR pages = ''", name=op.f("ck_access_omission_documents_whole")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_access_omission_reason_given")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_access_omission_by_id_user")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["access_request.id"], name=op.f("fk_access_omission_request_id_access_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_omission")),
        sa.UniqueConstraint("public_id", name=op.f("uq_access_omission_public_id")),
        sa.UniqueConstraint(
            "request_id",
            "subject",
            "subject_id",
            "pages",
            name=op.f("uq_access_omission_request_id_subject_subject_id_pages"),
        ),
    )
    op.create_index(op.f("ix_access_omission_request_id"), "access_omission", ["request_id"])


def _access_down() -> None:
    """Take the requests away again, and the marks."""
    op.drop_table("access_omission")
    op.drop_table("access_request")
    with op.batch_alter_table("letter") as letter:
        letter.drop_column("addressed_to")
    with op.batch_alter_table("document") as document:
        document.drop_constraint(op.f("ck_document_internal_stays_inside"), type_="check")
        document.drop_column("is_internal")
    with op.batch_alter_table("journal_entry") as entry:
        entry.drop_column("is_internal")


def _letters_up() -> None:
    """Let a letter tell whether it held the page on the citizen's data; none sent so far did."""
    op.add_column("letter", sa.Column("data_notice", sa.Boolean(), server_default=sa.false(), nullable=False))


def _letters_down() -> None:
    with op.batch_alter_table("letter") as table:
        table.drop_column("data_notice")


LAW_TO_CODE = """
UPDATE assessment SET law = CASE law WHEN 'LAB 2013' THEN 'lab2013' WHEN 'LAB 2014' THEN 'lab2014'
    WHEN 'LAB 2016' THEN 'lab2016' WHEN 'LAB 2020' THEN 'lab2020' ELSE 'not_known' END
"""
LAW_TO_NAME = """
UPDATE assessment SET law = CASE law WHEN 'lab2013' THEN 'LAB 2013' WHEN 'lab2014' THEN 'LAB 2014'
    WHEN 'lab2016' THEN 'LAB 2016' WHEN 'lab2020' THEN 'LAB 2020' ELSE 'Ikke kendt' END
"""
LAW_KNOWN = "law IN ('lab2013', 'lab2014', 'lab2016', 'lab2020', 'not_known')"


def _law_up() -> None:
    """Keep the law of an assessment as a code; what was assessed under its name goes over."""
    op.execute(LAW_TO_CODE)
    with op.batch_alter_table("assessment") as batch:
        batch.create_check_constraint(op.f("ck_assessment_law_known"), sa.text(LAW_KNOWN))


def _law_down() -> None:
    with op.batch_alter_table("assessment") as batch:
        batch.drop_constraint(op.f("ck_assessment_law_known"), type_="check")
    op.execute(LAW_TO_NAME)


def _heard_up() -> None:
    """Keep what a citizen is heard about, with its source and day; hearings that were sent before stay as they are."""
    op.create_table(
        "heard_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("fact", sa.String(500), nullable=False),
        sa.Column("source", sa.String(100), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.CheckConstraint("trim(fact) <> ''", name=op.f("ck_heard_fact_fact_given")),
        sa.CheckConstraint("trim(source) <> ''", name=op.f("ck_heard_fact_source_given")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_heard_fact_by_id_user")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_heard_fact_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heard_fact")),
        sa.UniqueConstraint("public_id", name=op.f("uq_heard_fact_public_id")),
        sa.UniqueConstraint(
            "decision_id", "fact", "source", "known_on", name=op.f("uq_heard_fact_decision_id_fact_source_known_on")
        ),
    )
    op.create_index(op.f("ix_heard_fact_decision_id"), "heard_fact", ["decision_id"])


def _heard_down() -> None:
    op.drop_table("heard_fact")
