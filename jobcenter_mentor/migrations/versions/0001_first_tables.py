"""Første tabeller: all tables of the main job, and triggers that keep what was sent and logged unchanged."""

import sqlalchemy as sa
from alembic import op

import jobcenter_mentor.db

# revision identifiers, used by Alembic.
revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


GUARDED = {"event": "", "letter": "", "assessment": "OF facts, result, outcome, law, assessed_on"}
"""Tables whose rows the product never deletes, and the columns it never changes (none named: no column)."""

REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""


def guard_tables() -> None:
    """Refuse UPDATE and DELETE on the guarded tables, on both databases."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    if postgresql:
        op.execute(REFUSE)
    for table, columns in GUARDED.items():
        for act in (f"UPDATE {columns}", "DELETE"):
            name = f"{table}_guard_{act.split()[0].lower()}"
            refuse = "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            if not postgresql:
                refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} {refuse}")


def unguard_tables() -> None:
    """Take the guards away before the tables go."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in GUARDED:
        for act in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_guard_{act} ON {table}")
    op.execute("DROP FUNCTION refuse_change")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "frame",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("covered", sa.BigInteger(), nullable=False),
        sa.Column("beyond", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("beyond >= 0", name=op.f("ck_frame_beyond_not_negative")),
        sa.CheckConstraint("covered >= 0 AND covered <= amount", name=op.f("ck_frame_covered_within_amount")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frame")),
        sa.UniqueConstraint("public_id", name=op.f("uq_frame_public_id")),
        sa.UniqueConstraint("year", "kind", name=op.f("uq_frame_year_kind")),
    )
    op.create_table(
        "login_delay",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_try_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_login_delay")),
    )
    op.create_table(
        "municipality",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("jobcentre", sa.String(length=100), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
    )
    op.create_table(
        "supplier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("cvr", sa.String(length=8), nullable=False),
        sa.Column("contact_name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplier")),
        sa.UniqueConstraint("name", name=op.f("uq_supplier_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_supplier_public_id")),
    )
    op.create_table(
        "team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("name", name=op.f("uq_team_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_team_public_id")),
    )
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("full_name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("public_id", name=op.f("uq_user_public_id")),
        sa.UniqueConstraint("username", name=op.f("uq_user_username")),
    )
    op.create_table(
        "citizen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cpr", jobcenter_mentor.db.Encrypted(), nullable=False),
        sa.Column("cpr_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("first_name", sa.String(length=100), nullable=False),
        sa.Column("last_name", sa.String(length=100), nullable=False),
        sa.Column("search_name", sa.String(length=210), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("sex", sa.String(length=1), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("released_contact", sa.Boolean(), nullable=False),
        sa.Column("integration_programme", sa.Boolean(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("caseworker_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["caseworker_id"], ["user.id"], name=op.f("fk_citizen_caseworker_id_user")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_citizen_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citizen")),
        sa.UniqueConstraint("cpr_index", name=op.f("uq_citizen_cpr_index")),
        sa.UniqueConstraint("public_id", name=op.f("uq_citizen_public_id")),
    )
    with op.batch_alter_table("citizen", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_citizen_caseworker_id"), ["caseworker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_citizen_search_name"), ["search_name"], unique=False)
        batch_op.create_index(batch_op.f("ix_citizen_team_id"), ["team_id"], unique=False)
        batch_op.create_index("ix_citizen_team_name", ["team_id", "search_name"], unique=False)

    op.create_table(
        "contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("hourly_price", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_contract_supplier_id_supplier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("public_id", name=op.f("uq_contract_public_id")),
    )
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_supplier_id"), ["supplier_id"], unique=False)

    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("citizen_ids", sa.JSON(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_event_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_at"), ["at"], unique=False)
        batch_op.create_index("ix_event_subject", ["subject", "subject_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_user_id"), ["user_id"], unique=False)

    op.create_table(
        "frame_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_frame_change_approved_by_id_user")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["user.id"], name=op.f("fk_frame_change_proposed_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frame_change")),
        sa.UniqueConstraint("public_id", name=op.f("uq_frame_change_public_id")),
    )
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_import_run_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
        sa.UniqueConstraint("public_id", name=op.f("uq_import_run_public_id")),
    )
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_run_sha256"), ["sha256"], unique=False)

    op.create_table(
        "local_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("value", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_local_figure_approved_by_id_user")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["user.id"], name=op.f("fk_local_figure_proposed_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_figure")),
        sa.UniqueConstraint(
            "name", "valid_from", "approved_on", name=op.f("uq_local_figure_name_valid_from_approved_on")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_local_figure_public_id")),
    )
    with op.batch_alter_table("local_figure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_local_figure_name"), ["name"], unique=False)

    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("ended_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("used_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_api_token_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("public_id", name=op.f("uq_api_token_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_token_user_id"), ["user_id"], unique=False)

    op.create_table(
        "login_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("seen_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_login_session_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_login_session_token_hash")),
    )
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_session_user_id"), ["user_id"], unique=False)

    op.create_table(
        "mentor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_name", sa.String(length=100), nullable=False),
        sa.Column("last_name", sa.String(length=100), nullable=False),
        sa.Column("search_name", sa.String(length=210), nullable=False),
        sa.Column("mentor_type", sa.String(length=4), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("employer", sa.String(length=120), nullable=False),
        sa.Column("cvr", sa.String(length=8), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=True),
        sa.Column("area", sa.String(length=60), nullable=False),
        sa.Column("qualification", sa.String(length=200), nullable=False),
        sa.Column("course_hours", sa.Integer(), nullable=True),
        sa.Column("sex", sa.String(length=1), nullable=False),
        sa.Column("evenings", sa.Boolean(), nullable=False),
        sa.Column("clearance_on", sa.Date(), nullable=True),
        sa.Column("active_from", sa.Date(), nullable=False),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_mentor_supplier_id_supplier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mentor_public_id")),
    )
    with op.batch_alter_table("mentor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentor_search_name"), ["search_name"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentor_supplier_id"), ["supplier_id"], unique=False)

    op.create_table(
        "citizen_status",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("benefit", sa.String(length=30), nullable=False),
        sa.Column("visitation", sa.String(length=30), nullable=True),
        sa.Column("match_group", sa.Integer(), nullable=True),
        sa.Column("support", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_citizen_status_citizen_id_citizen")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citizen_status")),
        sa.UniqueConstraint("citizen_id", "valid_from", name=op.f("uq_citizen_status_citizen_id_valid_from")),
    )
    with op.batch_alter_table("citizen_status", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_citizen_status_citizen_id"), ["citizen_id"], unique=False)

    op.create_table(
        "mentor_absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_mentor_absence_mentor_id_mentor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_absence")),
    )
    with op.batch_alter_table("mentor_absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentor_absence_mentor_id"), ["mentor_id"], unique=False)

    op.create_table(
        "mentor_function",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("workplace", sa.String(length=120), nullable=False),
        sa.Column("minutes_per_week", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("places > 0", name=op.f("ck_mentor_function_places_positive")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_mentor_function_mentor_id_mentor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_function")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mentor_function_public_id")),
    )
    with op.batch_alter_table("mentor_function", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentor_function_mentor_id"), ["mentor_id"], unique=False)

    op.create_table(
        "mentor_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("minutes_per_week", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes_per_week >= 0", name=op.f("ck_mentor_hours_minutes_not_negative")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_mentor_hours_mentor_id_mentor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_hours")),
    )
    with op.batch_alter_table("mentor_hours", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentor_hours_mentor_id"), ["mentor_id"], unique=False)

    op.create_table(
        "mentor_price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("hourly_price", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_mentor_price_mentor_id_mentor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_price")),
    )
    with op.batch_alter_table("mentor_price", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentor_price_mentor_id"), ["mentor_id"], unique=False)

    op.create_table(
        "mentor_skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_mentor_skill_mentor_id_mentor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_skill")),
    )
    with op.batch_alter_table("mentor_skill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentor_skill_mentor_id"), ["mentor_id"], unique=False)

    op.create_table(
        "case_counter",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_case_counter")),
    )
    op.create_table(
        "referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_number", sa.String(length=12), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("caseworker_id", sa.Integer(), nullable=True),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("goal", sa.String(length=1000), nullable=False),
        sa.Column("tasks", sa.JSON(), nullable=False),
        sa.Column("barriers", sa.JSON(), nullable=False),
        sa.Column("wishes", sa.String(length=500), nullable=False),
        sa.Column("wished_language", sa.String(length=40), nullable=False),
        sa.Column("consulted", sa.Boolean(), nullable=False),
        sa.Column("consulted_on", sa.Date(), nullable=True),
        sa.Column("can_take_other_offers", sa.Boolean(), nullable=True),
        sa.Column("cannot_because", sa.String(length=10), nullable=True),
        sa.Column("first_offer", sa.Boolean(), nullable=True),
        sa.Column("psychiatric_inpatient", sa.Boolean(), nullable=False),
        sa.Column("discharge_date", sa.Date(), nullable=True),
        sa.Column("single_parent", sa.Boolean(), nullable=True),
        sa.Column("other_support", sa.String(length=6), nullable=False),
        sa.Column("division_of_tasks", sa.String(length=500), nullable=False),
        sa.Column("beyond_normal", sa.Boolean(), nullable=True),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("minutes_per_week", sa.Integer(), nullable=False),
        sa.Column("hours_reason", sa.String(length=300), nullable=False),
        sa.Column("mentor_type", sa.String(length=4), nullable=False),
        sa.Column("form_key", sa.String(length=60), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_reason", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["caseworker_id"], ["user.id"], name=op.f("fk_referral_caseworker_id_user")),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_referral_citizen_id_citizen")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_referral_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint("case_number", name=op.f("uq_referral_case_number")),
        sa.UniqueConstraint("form_key", name=op.f("uq_referral_form_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_referral_public_id")),
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_caseworker_id"), ["caseworker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_citizen_id"), ["citizen_id"], unique=False)
        batch_op.create_index("ix_referral_list", ["team_id", "closed_on", "referred_on"], unique=False)

    op.create_table(
        "role_assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=2), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("supplier_id", sa.Integer(), nullable=True),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_role_assignment_mentor_id_mentor")),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_role_assignment_supplier_id_supplier")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_role_assignment_team_id_team")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_role_assignment_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_assignment")),
    )
    with op.batch_alter_table("role_assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_assignment_user_id"), ["user_id"], unique=False)

    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("law", sa.String(length=10), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_assessment_by_id_user")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_assessment_referral_id_referral")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_assessment_public_id")),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_number", sa.String(length=12), nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("caseworker_id", sa.Integer(), nullable=True),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("assessment_id", sa.Integer(), nullable=True),
        sa.Column("previous_grant_id", sa.Integer(), nullable=True),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("mentor_function_id", sa.Integer(), nullable=True),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("place_share", sa.Integer(), nullable=False),
        sa.Column("mentor_type", sa.String(length=4), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=200), nullable=False),
        sa.Column("benefit", sa.String(length=30), nullable=False),
        sa.Column("visitation", sa.String(length=30), nullable=True),
        sa.Column("group_number", sa.Integer(), nullable=True),
        sa.Column("legal_basis", sa.String(length=40), nullable=False),
        sa.Column("right_and_duty", sa.Boolean(), nullable=True),
        sa.Column("contact_interval_days", sa.Integer(), nullable=True),
        sa.Column("rate_percent", sa.Integer(), nullable=False),
        sa.Column("frame_kind", sa.String(length=20), nullable=False),
        sa.Column("hourly_price", sa.BigInteger(), nullable=False),
        sa.Column("goal", sa.String(length=1000), nullable=False),
        sa.Column("tasks", sa.JSON(), nullable=False),
        sa.Column("letter_note", sa.String(length=100), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("last_day >= start", name=op.f("ck_grant_last_day_after_start")),
        sa.CheckConstraint("place_share > 0", name=op.f("ck_grant_share_positive")),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_grant_assessment_id_assessment")),
        sa.ForeignKeyConstraint(["caseworker_id"], ["user.id"], name=op.f("fk_grant_caseworker_id_user")),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_grant_citizen_id_citizen")),
        sa.ForeignKeyConstraint(
            ["mentor_function_id"], ["mentor_function.id"], name=op.f("fk_grant_mentor_function_id_mentor_function")
        ),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_grant_mentor_id_mentor")),
        sa.ForeignKeyConstraint(["previous_grant_id"], ["grant.id"], name=op.f("fk_grant_previous_grant_id_grant")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_grant_referral_id_referral")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_grant_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant")),
        sa.UniqueConstraint("public_id", name=op.f("uq_grant_public_id")),
    )
    with op.batch_alter_table("grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grant_case_number"), ["case_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_grant_caseworker_id"), ["caseworker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grant_citizen_id"), ["citizen_id"], unique=False)
        batch_op.create_index("ix_grant_list", ["team_id", "last_day", "start"], unique=False)
        batch_op.create_index("ix_grant_mentor", ["mentor_id", "last_day"], unique=False)
        batch_op.create_index(batch_op.f("ix_grant_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("case_number", sa.String(length=12), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("section", sa.String(length=80), nullable=False),
        sa.Column("authority", sa.String(length=8), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("result", sa.String(length=1000), nullable=False),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("dropped_reason", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_follow_up_citizen_id_citizen")),
        sa.ForeignKeyConstraint(["done_by_id"], ["user.id"], name=op.f("fk_follow_up_done_by_id_user")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_follow_up_grant_id_grant")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_follow_up_owner_id_user")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_follow_up_referral_id_referral")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_follow_up_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("public_id", name=op.f("uq_follow_up_public_id")),
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_citizen_id"), ["citizen_id"], unique=False)
        batch_op.create_index("ix_follow_up_grant", ["grant_id", "kind"], unique=False)
        batch_op.create_index("ix_follow_up_open", ["team_id", "done_on", "dropped_on", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "grant_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("minutes_per_week", sa.Integer(), nullable=False),
        sa.Column("hourly_price", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_grant_period_last_after_first")),
        sa.CheckConstraint("minutes_per_week >= 0", name=op.f("ck_grant_period_minutes_not_negative")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_grant_period_grant_id_grant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_period")),
    )
    with op.batch_alter_table("grant_period", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grant_period_grant_id"), ["grant_id"], unique=False)

    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("template", sa.String(length=80), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_letter_citizen_id_citizen")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_letter_grant_id_grant")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_letter_referral_id_referral")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["user.id"], name=op.f("fk_letter_sent_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("public_id", name=op.f("uq_letter_public_id")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_citizen_id"), ["citizen_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_grant_id"), ["grant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("against", sa.JSON(), nullable=False),
        sa.Column("runner_up", sa.JSON(), nullable=False),
        sa.Column("wish_followed", sa.Boolean(), nullable=True),
        sa.Column("choice_reason", sa.String(length=500), nullable=False),
        sa.Column("chosen_by_id", sa.Integer(), nullable=False),
        sa.Column("chosen_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["chosen_by_id"], ["user.id"], name=op.f("fk_match_chosen_by_id_user")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_match_grant_id_grant")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_match_mentor_id_mentor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match")),
        sa.UniqueConstraint("public_id", name=op.f("uq_match_public_id")),
    )
    with op.batch_alter_table("match", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_match_grant_id"), ["grant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_match_mentor_id"), ["mentor_id"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("absence_reason", sa.String(length=10), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("progress", sa.String(length=8), nullable=False),
        sa.Column("note", sa.String(length=4000), nullable=False),
        sa.Column("special_reason", sa.String(length=300), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("next_meeting", sa.String(length=80), nullable=False),
        sa.Column("concern", sa.Boolean(), nullable=False),
        sa.Column("corrected", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("logged_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("minutes >= 0 AND minutes <= 1440", name=op.f("ck_meeting_minutes_within_day")),
        sa.ForeignKeyConstraint(["corrects_id"], ["meeting.id"], name=op.f("fk_meeting_corrects_id_meeting")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_meeting_grant_id_grant")),
        sa.ForeignKeyConstraint(["logged_by_id"], ["user.id"], name=op.f("fk_meeting_logged_by_id_user")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_meeting_mentor_id_mentor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("public_id", name=op.f("uq_meeting_public_id")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index("ix_meeting_grant", ["grant_id", "met_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_mentor_id"), ["mentor_id"], unique=False)

    op.create_table(
        "reservation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("frame_id", sa.Integer(), nullable=True),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("frame_kind", sa.String(length=20), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("covered", sa.BigInteger(), nullable=False),
        sa.Column("beyond", sa.BigInteger(), nullable=False),
        sa.Column("rate_percent", sa.Integer(), nullable=False),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("covered + beyond = cost", name=op.f("ck_reservation_parts_sum")),
        sa.CheckConstraint("covered >= 0 AND beyond >= 0", name=op.f("ck_reservation_parts_not_negative")),
        sa.ForeignKeyConstraint(["frame_id"], ["frame.id"], name=op.f("fk_reservation_frame_id_frame")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_reservation_grant_id_grant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
    )
    with op.batch_alter_table("reservation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reservation_frame_id"), ["frame_id"], unique=False)
        batch_op.create_index("ix_reservation_grant", ["grant_id", "year"], unique=False)

    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("goal", sa.String(length=1000), nullable=False),
        sa.Column("mentor_name", sa.String(length=200), nullable=False),
        sa.Column("mentor_contact", sa.String(length=250), nullable=False),
        sa.Column("tasks", sa.JSON(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("minutes_per_week", sa.Integer(), nullable=False),
        sa.Column("complaint_guidance", sa.String(length=2000), nullable=False),
        sa.Column("meeting_place", sa.String(length=200), nullable=False),
        sa.Column("contact_interval_days", sa.Integer(), nullable=True),
        sa.Column("drafted_by_id", sa.Integer(), nullable=False),
        sa.Column("drafted_on", sa.Date(), nullable=False),
        sa.Column("jobcentre_accepted_on", sa.Date(), nullable=True),
        sa.Column("jobcentre_accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("citizen_accepted_on", sa.Date(), nullable=True),
        sa.Column("citizen_absent_reason", sa.String(length=300), nullable=False),
        sa.Column("mentor_accepted_on", sa.Date(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["drafted_by_id"], ["user.id"], name=op.f("fk_agreement_drafted_by_id_user")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_agreement_grant_id_grant")),
        sa.ForeignKeyConstraint(
            ["jobcentre_accepted_by_id"], ["user.id"], name=op.f("fk_agreement_jobcentre_accepted_by_id_user")
        ),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_agreement_letter_id_letter")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_agreement_mentor_id_mentor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("grant_id", "number", name=op.f("uq_agreement_grant_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agreement_public_id")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_grant_id"), ["grant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_mentor_id"), ["mentor_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("case_number", sa.String(length=12), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("minutes_per_week", sa.Integer(), nullable=True),
        sa.Column("mentor_type", sa.String(length=4), nullable=True),
        sa.Column("hourly_price", sa.BigInteger(), nullable=True),
        sa.Column("place_share", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("hearing_note", sa.String(length=500), nullable=False),
        sa.Column("considerations", sa.String(length=1000), nullable=False),
        sa.Column("other_help", sa.String(length=500), nullable=False),
        sa.Column("beyond_reason", sa.String(length=500), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("returned_by_id", sa.Integer(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("return_comment", sa.String(length=500), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_decision_approved_by_id_user")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_decision_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_decision_citizen_id_citizen")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_decision_grant_id_grant")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_decision_letter_id_letter")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["user.id"], name=op.f("fk_decision_proposed_by_id_user")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_decision_referral_id_referral")),
        sa.ForeignKeyConstraint(["returned_by_id"], ["user.id"], name=op.f("fk_decision_returned_by_id_user")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_decision_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("public_id", name=op.f("uq_decision_public_id")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_case_number"), ["case_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_citizen_id"), ["citizen_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_grant_id"), ["grant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_referral_id"), ["referral_id"], unique=False)
        batch_op.create_index(
            "ix_decision_waiting", ["team_id", "approved_on", "returned_on", "withdrawn_on"], unique=False
        )

    guard_tables()


def downgrade() -> None:
    """Drop the tables."""
    unguard_tables()
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index("ix_decision_waiting")
        batch_op.drop_index(batch_op.f("ix_decision_referral_id"))
        batch_op.drop_index(batch_op.f("ix_decision_grant_id"))
        batch_op.drop_index(batch_op.f("ix_decision_citizen_id"))
        batch_op.drop_index(batch_op.f("ix_decision_case_number"))

    op.drop_table("decision")
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_mentor_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_grant_id"))

    op.drop_table("agreement")
    with op.batch_alter_table("reservation", schema=None) as batch_op:
        batch_op.drop_index("ix_reservation_grant")
        batch_op.drop_index(batch_op.f("ix_reservation_frame_id"))

    op.drop_table("reservation")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_mentor_id"))
        batch_op.drop_index("ix_meeting_grant")

    op.drop_table("meeting")
    with op.batch_alter_table("match", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_mentor_id"))
        batch_op.drop_index(batch_op.f("ix_match_grant_id"))

    op.drop_table("match")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_referral_id"))
        batch_op.drop_index(batch_op.f("ix_letter_grant_id"))
        batch_op.drop_index(batch_op.f("ix_letter_citizen_id"))

    op.drop_table("letter")
    with op.batch_alter_table("grant_period", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grant_period_grant_id"))

    op.drop_table("grant_period")
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_up_referral_id"))
        batch_op.drop_index(batch_op.f("ix_follow_up_owner_id"))
        batch_op.drop_index("ix_follow_up_open")
        batch_op.drop_index("ix_follow_up_grant")
        batch_op.drop_index(batch_op.f("ix_follow_up_citizen_id"))

    op.drop_table("follow_up")
    with op.batch_alter_table("grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grant_referral_id"))
        batch_op.drop_index("ix_grant_mentor")
        batch_op.drop_index("ix_grant_list")
        batch_op.drop_index(batch_op.f("ix_grant_citizen_id"))
        batch_op.drop_index(batch_op.f("ix_grant_caseworker_id"))
        batch_op.drop_index(batch_op.f("ix_grant_case_number"))

    op.drop_table("grant")
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_referral_id"))

    op.drop_table("assessment")
    with op.batch_alter_table("role_assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_assignment_user_id"))

    op.drop_table("role_assignment")
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_index("ix_referral_list")
        batch_op.drop_index(batch_op.f("ix_referral_citizen_id"))
        batch_op.drop_index(batch_op.f("ix_referral_caseworker_id"))

    op.drop_table("referral")
    op.drop_table("case_counter")
    with op.batch_alter_table("mentor_skill", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentor_skill_mentor_id"))

    op.drop_table("mentor_skill")
    with op.batch_alter_table("mentor_price", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentor_price_mentor_id"))

    op.drop_table("mentor_price")
    with op.batch_alter_table("mentor_hours", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentor_hours_mentor_id"))

    op.drop_table("mentor_hours")
    with op.batch_alter_table("mentor_function", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentor_function_mentor_id"))

    op.drop_table("mentor_function")
    with op.batch_alter_table("mentor_absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentor_absence_mentor_id"))

    op.drop_table("mentor_absence")
    with op.batch_alter_table("citizen_status", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_citizen_status_citizen_id"))

    op.drop_table("citizen_status")
    with op.batch_alter_table("mentor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentor_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_mentor_search_name"))

    op.drop_table("mentor")
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_session_user_id"))

    op.drop_table("login_session")
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_token_user_id"))

    op.drop_table("api_token")
    with op.batch_alter_table("local_figure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_local_figure_name"))

    op.drop_table("local_figure")
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_run_sha256"))

    op.drop_table("import_run")
    op.drop_table("frame_change")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_user_id"))
        batch_op.drop_index("ix_event_subject")
        batch_op.drop_index(batch_op.f("ix_event_at"))

    op.drop_table("event")
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_supplier_id"))

    op.drop_table("contract")
    with op.batch_alter_table("citizen", schema=None) as batch_op:
        batch_op.drop_index("ix_citizen_team_name")
        batch_op.drop_index(batch_op.f("ix_citizen_team_id"))
        batch_op.drop_index(batch_op.f("ix_citizen_search_name"))
        batch_op.drop_index(batch_op.f("ix_citizen_caseworker_id"))

    op.drop_table("citizen")
    op.drop_table("user")
    op.drop_table("team")
    op.drop_table("supplier")
    op.drop_table("municipality")
    op.drop_table("login_delay")
    op.drop_table("frame")
