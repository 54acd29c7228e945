"""First release: all tables. The triggers that keep rows unchanged are written after every migration, by `env.py`.

It imports nothing of the package, so that later code can't change what a released migration does.
"""

from secrets import randbits
from typing import Any

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

OPEN_MATCH = "kind IN ('mentor', 'substitute') AND approved_on IS NULL AND withdrawn_on IS NULL"
CHANGES = "'hours', 'extension', 'ending'"
OPEN_GRANT = "kind = 'grant' AND approved_on IS NULL AND withdrawn_on IS NULL"
"""Proposals of a match and of a grant that nobody has decided yet."""


WAGE_PAID = "kind = 'wage' AND rejected_on IS NULL AND (credited < amount OR amount = 0)"


def upgrade() -> None:
    """Make the tables, each after those it refers to."""
    for make in TABLES.values():
        make()


def downgrade() -> None:
    """Take the tables away, the youngest first."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _unique_where(name: str, table: str, columns: list[Any], where: str) -> None:
    """Let rows that fulfil a condition be unique in the columns, on both databases."""
    only = {"sqlite_where": sa.text(where), "postgresql_where": sa.text(where)}
    op.create_index(name, table, columns, unique=True, **only)


def _no_overlap(table: str, person: str, where: str) -> None:
    """Let the days of one person's rows not overlap; on SQLite triggers see to that, see `env.py`."""
    if op.get_bind().dialect.name == "postgresql":
        days = f"int4range({person}, {person}, '[]') WITH &&, daterange(first_day, last_day, '[]') WITH &&"
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT ex_{table}_days EXCLUDE USING gist ({days}) WHERE ({where})")


def _case_counter() -> None:
    op.create_table(
        "case_counter",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_case_counter")),
    )


def _company_agreement() -> None:
    op.create_table(
        "company_agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=120), nullable=False),
        sa.Column("cvr", sa.String(length=8), nullable=False),
        sa.Column("contact_name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("partnership", sa.Boolean(), nullable=False),
        sa.Column("released_minutes", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sort_key", sa.LargeBinary(length=1000), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("places > 0", name=op.f("ck_company_agreement_places_positive")),
        sa.CheckConstraint("released_minutes > 0", name=op.f("ck_company_agreement_minutes_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_agreement")),
        sa.UniqueConstraint("public_id", name=op.f("uq_company_agreement_public_id")),
    )


def _frame() -> None:
    op.create_table(
        "frame",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("covered", sa.BigInteger(), nullable=False),
        sa.Column("beyond", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("beyond >= 0", name=op.f("ck_frame_beyond_not_negative")),
        sa.CheckConstraint("covered >= 0 AND covered <= amount", name=op.f("ck_frame_covered_within_amount")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frame")),
        sa.UniqueConstraint("public_id", name=op.f("uq_frame_public_id")),
        sa.UniqueConstraint("year", "kind", name=op.f("uq_frame_year_kind")),
    )


def _login_delay() -> None:
    op.create_table(
        "login_delay",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_login_delay")),
    )


def _municipality() -> None:
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


def _sub_course_version() -> None:
    version = op.create_table(
        "sub_course_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sub_course_version")),
    )
    op.bulk_insert(version, [{"id": 1, "number": randbits(62)}])


def _supervision() -> None:
    op.create_table(
        "supervision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("led_by", sa.String(length=120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_supervision_minutes_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision")),
        sa.UniqueConstraint("public_id", name=op.f("uq_supervision_public_id")),
    )
    op.create_index(op.f("ix_supervision_held_on"), "supervision", ["held_on"], unique=False)


def _supplier() -> None:
    op.create_table(
        "supplier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("cvr", sa.String(length=8), nullable=False),
        sa.Column("contact_name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sort_key", sa.LargeBinary(length=1000), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplier")),
        sa.UniqueConstraint("name", name=op.f("uq_supplier_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_supplier_public_id")),
    )


def _team() -> None:
    op.create_table(
        "team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("sort_key", sa.LargeBinary(length=1000), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("name", name=op.f("uq_team_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_team_public_id")),
    )


def _user() -> None:
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("full_name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sort_key", sa.LargeBinary(length=1000), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("public_id", name=op.f("uq_user_public_id")),
        sa.UniqueConstraint("username", name=op.f("uq_user_username")),
    )


def _worker() -> None:
    op.create_table(
        "worker",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_worker")),
    )


def _absence() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["deputy_id"], ["user.id"], name=op.f("fk_absence_deputy_id_user")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_absence_team_id_team")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_absence_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
        sa.UniqueConstraint("public_id", name=op.f("uq_absence_public_id")),
    )
    _no_overlap("absence", "user_id", "withdrawn_on IS NULL")
    op.create_index("ix_absence_days", "absence", ["first_day", "last_day"], unique=False)
    op.create_index(op.f("ix_absence_user_id"), "absence", ["user_id"], unique=False)


def _api_token() -> None:
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_api_token_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("public_id", name=op.f("uq_api_token_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    op.create_index(op.f("ix_api_token_user_id"), "api_token", ["user_id"], unique=False)


def _calendar_feed() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_calendar_feed_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
        sa.UniqueConstraint("user_id", name=op.f("uq_calendar_feed_user_id")),
    )


def _citizen() -> None:
    op.create_table(
        "citizen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cpr", sa.LargeBinary(), nullable=False),
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
        sa.Column("died_on", sa.Date(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("caseworker_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sort_key", sa.LargeBinary(length=1000), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["caseworker_id"], ["user.id"], name=op.f("fk_citizen_caseworker_id_user")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_citizen_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citizen")),
        sa.UniqueConstraint("cpr_index", name=op.f("uq_citizen_cpr_index")),
        sa.UniqueConstraint("public_id", name=op.f("uq_citizen_public_id")),
    )
    op.create_index(op.f("ix_citizen_caseworker_id"), "citizen", ["caseworker_id"], unique=False)
    op.create_index(op.f("ix_citizen_search_name"), "citizen", ["search_name"], unique=False)
    op.create_index(op.f("ix_citizen_team_id"), "citizen", ["team_id"], unique=False)
    op.create_index("ix_citizen_team_name", "citizen", ["team_id", "sort_key"], unique=False)


def _claim() -> None:
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("drafted_by_id", sa.Integer(), nullable=False),
        sa.Column("drafted_on", sa.Date(), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "closed_by_id IS NULL OR closed_by_id <> drafted_by_id", name=op.f("ck_claim_closed_by_another")
        ),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_claim_last_after_first")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["user.id"], name=op.f("fk_claim_closed_by_id_user")),
        sa.ForeignKeyConstraint(["drafted_by_id"], ["user.id"], name=op.f("fk_claim_drafted_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("public_id", name=op.f("uq_claim_public_id")),
    )
    _unique_where("uq_claim_draft", "claim", [sa.text("(closed_on IS NULL)")], "closed_on IS NULL")


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("case_key", sa.String(length=80), nullable=False),
        sa.Column("typed", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_draft_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("user_id", "form", "case_key", name=op.f("uq_draft_user_id_form_case_key")),
    )


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
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
    op.create_index(op.f("ix_event_at"), "event", ["at"], unique=False)
    op.create_index("ix_event_subject", "event", ["subject", "subject_id"], unique=False)
    op.create_index(op.f("ix_event_user_id"), "event", ["user_id"], unique=False)


def _frame_change() -> None:
    op.create_table(
        "frame_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("rate", sa.BigInteger(), nullable=True),
        sa.Column("persons", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_frame_change_approved_by_id_user")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["user.id"], name=op.f("fk_frame_change_proposed_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frame_change")),
        sa.UniqueConstraint("public_id", name=op.f("uq_frame_change_public_id")),
    )


def _frame_contract() -> None:
    op.create_table(
        "frame_contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("report_weeks", sa.Integer(), nullable=True),
        sa.Column("report_days", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_frame_contract_supplier_id_supplier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frame_contract")),
        sa.UniqueConstraint("public_id", name=op.f("uq_frame_contract_public_id")),
    )
    op.create_index(op.f("ix_frame_contract_supplier_id"), "frame_contract", ["supplier_id"], unique=False)


def _import_heading() -> None:
    op.create_table(
        "import_heading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("folded", sa.String(length=100), nullable=False),
        sa.Column("heading", sa.String(length=100), nullable=False),
        sa.Column("field", sa.String(length=30), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_import_heading_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_heading")),
        sa.UniqueConstraint("kind", "folded", name=op.f("uq_import_heading_kind_folded")),
        sa.UniqueConstraint("public_id", name=op.f("uq_import_heading_public_id")),
    )


def _import_run() -> None:
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("preview", sa.LargeBinary(), nullable=True),
        sa.Column("trace", sa.LargeBinary(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("sheets", sa.JSON(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("undone_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_import_run_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
        sa.UniqueConstraint("public_id", name=op.f("uq_import_run_public_id")),
    )
    op.create_index(op.f("ix_import_run_sha256"), "import_run", ["sha256"], unique=False)


def _import_value() -> None:
    op.create_table(
        "import_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("field", sa.String(length=30), nullable=False),
        sa.Column("value", sa.String(length=100), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_import_value_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_value")),
        sa.UniqueConstraint("kind", "field", "value", name=op.f("uq_import_value_kind_field_value")),
        sa.UniqueConstraint("public_id", name=op.f("uq_import_value_public_id")),
    )


def _invoice() -> None:
    op.create_table(
        "invoice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=True),
        sa.Column("sender", sa.String(length=120), nullable=False),
        sa.Column("cvr", sa.String(length=8), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_invoice_entered_by_id_user")),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_invoice_supplier_id_supplier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice")),
        sa.UniqueConstraint("cvr", "number", name=op.f("uq_invoice_cvr_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_invoice_public_id")),
    )
    op.create_index(op.f("ix_invoice_supplier_id"), "invoice", ["supplier_id"], unique=False)


def _job() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message", sa.String(length=500), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_job_owner_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("public_id", name=op.f("uq_job_public_id")),
    )
    op.create_index(op.f("ix_job_owner_id"), "job", ["owner_id"], unique=False)


def _lawful_change() -> None:
    op.create_table(
        "lawful_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("table_name", sa.String(length=40), nullable=False),
        sa.Column("column_name", sa.String(length=40), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("open_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("first_id <= last_id", name=op.f("ck_lawful_change_first_before_last")),
        sa.CheckConstraint(
            "id > 0 AND (open_id IS NULL OR open_id < 0)", name=op.f("ck_lawful_change_open_points_nowhere")
        ),
        sa.CheckConstraint("way IN ('encryption', 'deletion', 'column')", name=op.f("ck_lawful_change_known_way")),
        sa.ForeignKeyConstraint(
            ["open_id"],
            ["lawful_change.id"],
            name=op.f("fk_lawful_change_open_id_lawful_change"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_lawful_change_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lawful_change")),
    )
    op.create_index(op.f("ix_lawful_change_open_id"), "lawful_change", ["open_id"], unique=False)


def _link() -> None:
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("body_digest", sa.String(length=64), nullable=False),
        sa.Column("result_id", sa.String(length=36), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_link_made_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("public_id", name=op.f("uq_link_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_link_token_hash")),
    )
    op.create_index("ix_link_subject", "link", ["subject_kind", "subject_id"], unique=False)


def _local_figure() -> None:
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
        sa.Column("rejected_by_id", sa.Integer(), nullable=True),
        sa.Column("rejected_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_local_figure_approved_by_id_user")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["user.id"], name=op.f("fk_local_figure_proposed_by_id_user")),
        sa.ForeignKeyConstraint(["rejected_by_id"], ["user.id"], name=op.f("fk_local_figure_rejected_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_figure")),
        sa.UniqueConstraint(
            "name", "valid_from", "approved_on", name=op.f("uq_local_figure_name_valid_from_approved_on")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_local_figure_public_id")),
    )
    op.create_index(op.f("ix_local_figure_name"), "local_figure", ["name"], unique=False)


def _login_session() -> None:
    op.create_table(
        "login_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_login_session_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_login_session_token_hash")),
    )
    op.create_index(op.f("ix_login_session_user_id"), "login_session", ["user_id"], unique=False)


def _match_plan() -> None:
    op.create_table(
        "match_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("bound", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_match_plan_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_plan")),
        sa.UniqueConstraint("public_id", name=op.f("uq_match_plan_public_id")),
    )


def _match_weights() -> None:
    op.create_table(
        "match_weights",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("percents", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_match_weights_approved_by_id_user")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["user.id"], name=op.f("fk_match_weights_proposed_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_weights")),
        sa.UniqueConstraint("public_id", name=op.f("uq_match_weights_public_id")),
    )


def _mentor() -> None:
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
        sa.Column("refused_themes", sa.JSON(), nullable=True),
        sa.Column("preferred_themes", sa.JSON(), nullable=True),
        sa.Column("clearance_on", sa.Date(), nullable=True),
        sa.Column("children_clearance_on", sa.Date(), nullable=True),
        sa.Column("proof_on", sa.Date(), nullable=True),
        sa.Column("transport", sa.String(length=12), nullable=False),
        sa.Column("work_area", sa.String(length=12), nullable=False),
        sa.Column("education", sa.String(length=12), nullable=False),
        sa.Column("main_occupation", sa.Boolean(), nullable=True),
        sa.Column("work_since", sa.Integer(), nullable=True),
        sa.Column("mentor_since", sa.Integer(), nullable=True),
        sa.Column("active_from", sa.Date(), nullable=False),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sort_key", sa.LargeBinary(length=1000), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_mentor_supplier_id_supplier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mentor_public_id")),
    )
    op.create_index(op.f("ix_mentor_search_name"), "mentor", ["search_name"], unique=False)
    op.create_index(op.f("ix_mentor_supplier_id"), "mentor", ["supplier_id"], unique=False)


def _month_sum() -> None:
    op.create_table(
        "month_sum",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("frame_kind", sa.String(length=20), nullable=False),
        sa.Column("rate_percent", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("group_number", sa.Integer(), nullable=False),
        sa.Column("mentor_type", sa.String(length=4), nullable=False),
        sa.Column("granted", sa.BigInteger(), nullable=False),
        sa.Column("delivered", sa.BigInteger(), nullable=False),
        sa.Column("invoiced", sa.BigInteger(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("running", sa.Integer(), nullable=False),
        sa.Column("entered", sa.Integer(), nullable=False),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("stopped", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_month_sum_team_id_team")),
        sa.PrimaryKeyConstraint(
            "year",
            "month",
            "frame_kind",
            "rate_percent",
            "team_id",
            "group_number",
            "mentor_type",
            name=op.f("pk_month_sum"),
        ),
        sqlite_with_rowid=False,
    )


def _nightly_run() -> None:
    op.create_table(
        "nightly_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nightly_run")),
        sa.UniqueConstraint("name", "day", name=op.f("uq_nightly_run_name_day")),
    )


def _quality_month() -> None:
    op.create_table(
        "quality_month",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("flawed", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_quality_month_team_id_team")),
        sa.PrimaryKeyConstraint("month", "team_id", "code", name=op.f("pk_quality_month")),
    )


def _reminder() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_reminder_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("user_id", "day", name=op.f("uq_reminder_user_id_day")),
    )


def _saved_report() -> None:
    op.create_table(
        "saved_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("split", sa.String(length=20), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("filter_team_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["filter_team_id"], ["team.id"], name=op.f("fk_saved_report_filter_team_id_team")),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_saved_report_made_by_id_user")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_saved_report_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_report")),
        sa.UniqueConstraint("public_id", name=op.f("uq_saved_report_public_id")),
    )
    op.create_index(op.f("ix_saved_report_team_id"), "saved_report", ["team_id"], unique=False)


def _sent_form() -> None:
    op.create_table(
        "sent_form",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_sent_form_user_id_user")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sent_form")),
    )
    op.create_index(op.f("ix_sent_form_sent_at"), "sent_form", ["sent_at"], unique=False)


def _sum_difference() -> None:
    op.create_table(
        "sum_difference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("frame_kind", sa.String(length=20), nullable=False),
        sa.Column("rate_percent", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("group_number", sa.Integer(), nullable=False),
        sa.Column("mentor_type", sa.String(length=4), nullable=False),
        sa.Column("figure", sa.String(length=10), nullable=False),
        sa.Column("kept", sa.BigInteger(), nullable=False),
        sa.Column("counted", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_sum_difference_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sum_difference")),
    )
    op.create_index(op.f("ix_sum_difference_year"), "sum_difference", ["year"], unique=False)


def _survey_round() -> None:
    op.create_table(
        "survey_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("questionnaire", sa.String(length=20), nullable=False),
        sa.Column("point", sa.String(length=5), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_survey_round_made_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_round")),
        sa.UniqueConstraint("public_id", name=op.f("uq_survey_round_public_id")),
    )


def _citizen_status() -> None:
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
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_citizen_status_citizen_id_citizen")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citizen_status")),
        sa.UniqueConstraint("citizen_id", "valid_from", name=op.f("uq_citizen_status_citizen_id_valid_from")),
    )
    op.create_index(op.f("ix_citizen_status_citizen_id"), "citizen_status", ["citizen_id"], unique=False)


def _consideration() -> None:
    op.create_table(
        "consideration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("letters", sa.String(length=8), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("ended_because", sa.String(length=200), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_consideration_citizen_id_citizen")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user.id"], name=op.f("fk_consideration_recorded_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consideration")),
        sa.UniqueConstraint("public_id", name=op.f("uq_consideration_public_id")),
    )
    op.create_index(op.f("ix_consideration_citizen_id"), "consideration", ["citizen_id"], unique=False)


def _contract() -> None:
    op.create_table(
        "contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("hourly_price", sa.BigInteger(), nullable=False),
        sa.Column("frame_contract_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["frame_contract_id"], ["frame_contract.id"], name=op.f("fk_contract_frame_contract_id_frame_contract")
        ),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_contract_supplier_id_supplier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("public_id", name=op.f("uq_contract_public_id")),
    )
    op.create_index(op.f("ix_contract_frame_contract_id"), "contract", ["frame_contract_id"], unique=False)
    op.create_index(op.f("ix_contract_supplier_id"), "contract", ["supplier_id"], unique=False)


def _former_number() -> None:
    op.create_table(
        "former_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("old_citizen_id", sa.Integer(), nullable=True),
        sa.Column("cpr", sa.LargeBinary(), nullable=False),
        sa.Column("cpr_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("replaced_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_former_number_by_id_user")),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_former_number_citizen_id_citizen")),
        sa.ForeignKeyConstraint(
            ["old_citizen_id"], ["citizen.id"], name=op.f("fk_former_number_old_citizen_id_citizen")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_number")),
        sa.UniqueConstraint("cpr_index", name=op.f("uq_former_number_cpr_index")),
        sa.UniqueConstraint("old_citizen_id", name=op.f("uq_former_number_old_citizen_id")),
    )
    op.create_index(op.f("ix_former_number_citizen_id"), "former_number", ["citizen_id"], unique=False)


def _match_exclusion() -> None:
    op.create_table(
        "match_exclusion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lift_reason", sa.String(length=300), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_match_exclusion_by_id_user")),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_match_exclusion_citizen_id_citizen")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_match_exclusion_mentor_id_mentor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_exclusion")),
        sa.UniqueConstraint("public_id", name=op.f("uq_match_exclusion_public_id")),
    )
    _unique_where("uq_match_exclusion_standing", "match_exclusion", ["citizen_id", "mentor_id"], "lifted_on IS NULL")
    op.create_index(op.f("ix_match_exclusion_citizen_id"), "match_exclusion", ["citizen_id"], unique=False)
    op.create_index(op.f("ix_match_exclusion_mentor_id"), "match_exclusion", ["mentor_id"], unique=False)


def _mentor_absence() -> None:
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
    _no_overlap("mentor_absence", "mentor_id", "true")
    op.create_index(op.f("ix_mentor_absence_mentor_id"), "mentor_absence", ["mentor_id"], unique=False)


def _mentor_function() -> None:
    op.create_table(
        "mentor_function",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("workplace", sa.String(length=120), nullable=False),
        sa.Column("minutes_per_week", sa.Integer(), nullable=False),
        sa.Column("company_agreement_id", sa.Integer(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("places > 0", name=op.f("ck_mentor_function_places_positive")),
        sa.ForeignKeyConstraint(
            ["company_agreement_id"],
            ["company_agreement.id"],
            name=op.f("fk_mentor_function_company_agreement_id_company_agreement"),
        ),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_mentor_function_mentor_id_mentor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_function")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mentor_function_public_id")),
    )
    op.create_index(
        op.f("ix_mentor_function_company_agreement_id"), "mentor_function", ["company_agreement_id"], unique=False
    )
    op.create_index(op.f("ix_mentor_function_mentor_id"), "mentor_function", ["mentor_id"], unique=False)


def _mentor_hours() -> None:
    op.create_table(
        "mentor_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("minutes_per_week", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("minutes_per_week >= 0", name=op.f("ck_mentor_hours_minutes_not_negative")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_mentor_hours_mentor_id_mentor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_hours")),
    )
    op.create_index(op.f("ix_mentor_hours_mentor_id"), "mentor_hours", ["mentor_id"], unique=False)


def _mentor_price() -> None:
    op.create_table(
        "mentor_price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("hourly_price", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_mentor_price_mentor_id_mentor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_price")),
    )
    op.create_index(op.f("ix_mentor_price_mentor_id"), "mentor_price", ["mentor_id"], unique=False)


def _mentor_skill() -> None:
    op.create_table(
        "mentor_skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_mentor_skill_mentor_id_mentor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_skill")),
    )
    op.create_index(op.f("ix_mentor_skill_mentor_id"), "mentor_skill", ["mentor_id"], unique=False)


def _referral() -> None:
    op.create_table(
        "referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_number", sa.String(length=12), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("caseworker_id", sa.Integer(), nullable=True),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("goal", sa.String(length=1000), nullable=False),
        sa.Column("goal_by", sa.Date(), nullable=True),
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
        sa.Column("education_kind", sa.String(length=30), nullable=True),
        sa.Column("education_admission_date", sa.Date(), nullable=True),
        sa.Column("refugee_full_refund", sa.Boolean(), nullable=True),
        sa.Column("other_support", sa.String(length=6), nullable=False),
        sa.Column("division_of_tasks", sa.String(length=500), nullable=False),
        sa.Column("beyond_normal", sa.Boolean(), nullable=True),
        sa.Column("decisive", sa.Boolean(), nullable=True),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("minutes_per_week", sa.Integer(), nullable=False),
        sa.Column("hours_reason", sa.String(length=300), nullable=False),
        sa.Column("mentor_type", sa.String(length=4), nullable=False),
        sa.Column("form_key", sa.String(length=60), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_reason", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
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
    op.create_index(op.f("ix_referral_caseworker_id"), "referral", ["caseworker_id"], unique=False)
    op.create_index(op.f("ix_referral_citizen_id"), "referral", ["citizen_id"], unique=False)
    op.create_index("ix_referral_list", "referral", ["team_id", "closed_on", "referred_on"], unique=False)


def _role_assignment() -> None:
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
    op.create_index(op.f("ix_role_assignment_user_id"), "role_assignment", ["user_id"], unique=False)


def _supervision_attendance() -> None:
    op.create_table(
        "supervision_attendance",
        sa.Column("supervision_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_supervision_attendance_mentor_id_mentor")),
        sa.ForeignKeyConstraint(
            ["supervision_id"], ["supervision.id"], name=op.f("fk_supervision_attendance_supervision_id_supervision")
        ),
        sa.PrimaryKeyConstraint("supervision_id", "mentor_id", name=op.f("pk_supervision_attendance")),
    )
    op.create_index(op.f("ix_supervision_attendance_mentor_id"), "supervision_attendance", ["mentor_id"], unique=False)


def _survey_answer() -> None:
    op.create_table(
        "survey_answer",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=7), nullable=False),
        sa.Column("respondent", sa.LargeBinary(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["survey_round.id"], name=op.f("fk_survey_answer_round_id_survey_round")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_survey_answer_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answer")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_survey_answer_round", "survey_answer", ["round_id"], unique=False)


def _survey_ballot() -> None:
    op.create_table(
        "survey_ballot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=7), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["survey_round.id"], name=op.f("fk_survey_ballot_round_id_survey_round")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_survey_ballot_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_ballot")),
    )
    op.create_index("ix_survey_ballot_round", "survey_ballot", ["round_id", "team_id", "party"], unique=False)


def _assessment() -> None:
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
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_assessment_by_id_user")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_assessment_referral_id_referral")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_assessment_public_id")),
    )
    op.create_index(op.f("ix_assessment_referral_id"), "assessment", ["referral_id"], unique=False)


def _grant() -> None:
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
        sa.Column("right", sa.Boolean(), nullable=True),
        sa.Column("discharge_right", sa.Boolean(), nullable=True),
        sa.Column("right_and_duty", sa.Boolean(), nullable=True),
        sa.Column("contact_interval_days", sa.Integer(), nullable=True),
        sa.Column("rate_percent", sa.Integer(), nullable=False),
        sa.Column("frame_kind", sa.String(length=20), nullable=False),
        sa.Column("hourly_price", sa.BigInteger(), nullable=False),
        sa.Column("approved_price", sa.BigInteger(), nullable=False),
        sa.Column("goal", sa.String(length=1000), nullable=False),
        sa.Column("tasks", sa.JSON(), nullable=False),
        sa.Column("letter_note", sa.String(length=100), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("last_day >= start", name=op.f("ck_grant_last_day_after_start")),
        sa.CheckConstraint("place_share > 0", name=op.f("ck_grant_share_positive")),
        sa.CheckConstraint(
            '(right_and_duty IS NOT TRUE AND discharge_right IS NOT TRUE) OR "right" IS TRUE',
            name=op.f("ck_grant_right_is_told"),
        ),
        sa.CheckConstraint("hourly_price <= approved_price", name=op.f("ck_grant_price_is_approved")),
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
    op.create_index(op.f("ix_grant_case_number"), "grant", ["case_number"], unique=False)
    op.create_index(op.f("ix_grant_caseworker_id"), "grant", ["caseworker_id"], unique=False)
    op.create_index(op.f("ix_grant_citizen_id"), "grant", ["citizen_id"], unique=False)
    op.create_index("ix_grant_list", "grant", ["team_id", "last_day", "start"], unique=False)
    op.create_index("ix_grant_mentor", "grant", ["mentor_id", "last_day"], unique=False)
    op.create_index(op.f("ix_grant_previous_grant_id"), "grant", ["previous_grant_id"], unique=False)
    op.create_index(op.f("ix_grant_referral_id"), "grant", ["referral_id"], unique=False)


def _course_month() -> None:
    op.create_table(
        "course_month",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("frame_kind", sa.String(length=20), nullable=False),
        sa.Column("rate_percent", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("group_number", sa.Integer(), nullable=False),
        sa.Column("mentor_type", sa.String(length=4), nullable=False),
        sa.Column("granted", sa.BigInteger(), nullable=False),
        sa.Column("delivered", sa.BigInteger(), nullable=False),
        sa.Column("invoiced", sa.BigInteger(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("running", sa.Integer(), nullable=False),
        sa.Column("entered", sa.Integer(), nullable=False),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("stopped", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_course_month_grant_id_grant")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_course_month_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_month")),
        sa.UniqueConstraint(
            "grant_id",
            "year",
            "month",
            "frame_kind",
            "rate_percent",
            name=op.f("uq_course_month_grant_id_year_month_frame_kind_rate_percent"),
        ),
    )
    op.create_index("ix_course_month_lines", "course_month", ["year", "frame_kind", "team_id"], unique=False)


def _document() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("party", sa.String(length=200), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.Column("uploaded_on", sa.Date(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.Column("replaced_because", sa.String(length=200), nullable=False),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_because", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_document_citizen_id_citizen")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_document_grant_id_grant")),
        sa.ForeignKeyConstraint(["removed_by_id"], ["user.id"], name=op.f("fk_document_removed_by_id_user")),
        sa.ForeignKeyConstraint(["replaced_by_id"], ["document.id"], name=op.f("fk_document_replaced_by_id_document")),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["user.id"], name=op.f("fk_document_uploaded_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("public_id", name=op.f("uq_document_public_id")),
    )
    op.create_index(op.f("ix_document_citizen_id"), "document", ["citizen_id"], unique=False)
    op.create_index(op.f("ix_document_grant_id"), "document", ["grant_id"], unique=False)


def _follow_up() -> None:
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
        sa.Column("authority", sa.String(length=12), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("by_act", sa.Boolean(), nullable=False),
        sa.Column("result", sa.String(length=1000), nullable=False),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("dropped_reason", sa.String(length=200), nullable=False),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("snooze_reason", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "by_act OR done_on IS NULL OR kind NOT IN ('contact', 'first_contact')",
            name=op.f("ck_follow_up_contact_not_by_words"),
        ),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_follow_up_citizen_id_citizen")),
        sa.ForeignKeyConstraint(["done_by_id"], ["user.id"], name=op.f("fk_follow_up_done_by_id_user")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_follow_up_grant_id_grant")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_follow_up_owner_id_user")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_follow_up_referral_id_referral")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_follow_up_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("public_id", name=op.f("uq_follow_up_public_id")),
    )
    op.create_index(op.f("ix_follow_up_citizen_id"), "follow_up", ["citizen_id"], unique=False)
    op.create_index("ix_follow_up_grant", "follow_up", ["grant_id", "kind"], unique=False)
    op.create_index("ix_follow_up_open", "follow_up", ["team_id", "done_on", "dropped_on", "due_on"], unique=False)
    op.create_index(op.f("ix_follow_up_owner_id"), "follow_up", ["owner_id"], unique=False)
    op.create_index(
        "ix_follow_up_owner_open", "follow_up", ["owner_id", "done_on", "dropped_on", "due_on"], unique=False
    )
    op.create_index(op.f("ix_follow_up_referral_id"), "follow_up", ["referral_id"], unique=False)


def _goal() -> None:
    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("area", sa.String(length=20), nullable=False),
        sa.Column("target_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("status_on", sa.Date(), nullable=True),
        sa.Column("status_note", sa.String(length=300), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_goal_grant_id_grant")),
        sa.ForeignKeyConstraint(["set_by_id"], ["user.id"], name=op.f("fk_goal_set_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sa.UniqueConstraint("grant_id", "number", name=op.f("uq_goal_grant_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_goal_public_id")),
    )
    op.create_index(op.f("ix_goal_grant_id"), "goal", ["grant_id"], unique=False)


def _grant_period() -> None:
    op.create_table(
        "grant_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("minutes_per_week", sa.Integer(), nullable=False),
        sa.Column("hourly_price", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_grant_period_last_after_first")),
        sa.CheckConstraint("minutes_per_week >= 0", name=op.f("ck_grant_period_minutes_not_negative")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_grant_period_grant_id_grant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_period")),
    )
    op.create_index(op.f("ix_grant_period_grant_id"), "grant_period", ["grant_id"], unique=False)


def _informal_meeting() -> None:
    op.create_table(
        "informal_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("went_well", sa.Boolean(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_informal_meeting_by_id_user")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_informal_meeting_grant_id_grant")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_informal_meeting_mentor_id_mentor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_informal_meeting")),
        sa.UniqueConstraint("public_id", name=op.f("uq_informal_meeting_public_id")),
    )
    op.create_index(op.f("ix_informal_meeting_grant_id"), "informal_meeting", ["grant_id"], unique=False)


def _journal_entry() -> None:
    op.create_table(
        "journal_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("case_number", sa.String(length=12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("is_health", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_journal_entry_by_id_user")),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_journal_entry_citizen_id_citizen")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_journal_entry_grant_id_grant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entry")),
        sa.UniqueConstraint("public_id", name=op.f("uq_journal_entry_public_id")),
    )
    op.create_index("ix_journal_entry_citizen", "journal_entry", ["citizen_id", "day", "id"], unique=False)
    op.create_index(op.f("ix_journal_entry_grant_id"), "journal_entry", ["grant_id"], unique=False)


def _letter() -> None:
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
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_letter_citizen_id_citizen")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_letter_grant_id_grant")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_letter_referral_id_referral")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["user.id"], name=op.f("fk_letter_sent_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("public_id", name=op.f("uq_letter_public_id")),
    )
    op.create_index(op.f("ix_letter_citizen_id"), "letter", ["citizen_id"], unique=False)
    op.create_index(op.f("ix_letter_grant_id"), "letter", ["grant_id"], unique=False)
    op.create_index(op.f("ix_letter_referral_id"), "letter", ["referral_id"], unique=False)


def _match() -> None:
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
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["chosen_by_id"], ["user.id"], name=op.f("fk_match_chosen_by_id_user")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_match_grant_id_grant")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_match_mentor_id_mentor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match")),
        sa.UniqueConstraint("public_id", name=op.f("uq_match_public_id")),
    )
    op.create_index(op.f("ix_match_grant_id"), "match", ["grant_id"], unique=False)
    op.create_index(op.f("ix_match_mentor_id"), "match", ["mentor_id"], unique=False)


def _match_pin() -> None:
    op.create_table(
        "match_pin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_match_pin_by_id_user")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_match_pin_grant_id_grant")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_match_pin_mentor_id_mentor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_pin")),
        sa.UniqueConstraint("public_id", name=op.f("uq_match_pin_public_id")),
    )
    _unique_where("uq_match_pin_standing", "match_pin", ["grant_id"], "lifted_on IS NULL")
    op.create_index(op.f("ix_match_pin_grant_id"), "match_pin", ["grant_id"], unique=False)


def _match_plan_line() -> None:
    op.create_table(
        "match_plan_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("against", sa.JSON(), nullable=False),
        sa.Column("runner_up", sa.JSON(), nullable=False),
        sa.Column("missing", sa.String(length=300), nullable=False),
        sa.Column("is_pinned", sa.Boolean(), nullable=False),
        sa.Column("is_demanded", sa.Boolean(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["accepted_by_id"], ["user.id"], name=op.f("fk_match_plan_line_accepted_by_id_user")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_match_plan_line_grant_id_grant")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_match_plan_line_mentor_id_mentor")),
        sa.ForeignKeyConstraint(["plan_id"], ["match_plan.id"], name=op.f("fk_match_plan_line_plan_id_match_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_plan_line")),
        sa.UniqueConstraint("public_id", name=op.f("uq_match_plan_line_public_id")),
    )
    op.create_index(op.f("ix_match_plan_line_grant_id"), "match_plan_line", ["grant_id"], unique=False)
    op.create_index(op.f("ix_match_plan_line_plan_id"), "match_plan_line", ["plan_id"], unique=False)


def _match_wish() -> None:
    op.create_table(
        "match_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("wishes", sa.String(length=500), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_match_wish_by_id_user")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_match_wish_grant_id_grant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_wish")),
    )
    op.create_index(op.f("ix_match_wish_grant_id"), "match_wish", ["grant_id"], unique=False)


def _pay_line() -> None:
    op.create_table(
        "pay_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=True),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("hundredths", sa.Integer(), nullable=True),
        sa.Column("hourly_price", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("credited", sa.BigInteger(), nullable=False),
        sa.Column("credited_minutes", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=10), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("matched_by_id", sa.Integer(), nullable=True),
        sa.Column("matched_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("rejected_by_id", sa.Integer(), nullable=True),
        sa.Column("rejected_on", sa.Date(), nullable=True),
        sa.Column("reject_reason", sa.String(length=500), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("(kind = 'invoice') = (invoice_id IS NOT NULL)", name=op.f("ck_pay_line_invoice_has_head")),
        sa.CheckConstraint("kind IN ('invoice', 'wage', 'correction')", name=op.f("ck_pay_line_known_kind")),
        sa.CheckConstraint(
            "kind <> 'correction' OR corrects_id IS NOT NULL", name=op.f("ck_pay_line_correction_of_a_line")
        ),
        sa.CheckConstraint(
            "(corrects_id IS NULL AND amount >= 0 AND minutes >= 0)"
            " OR (corrects_id IS NOT NULL AND amount < 0 AND minutes <= 0)",
            name=op.f("ck_pay_line_only_credits_are_negative"),
        ),
        sa.CheckConstraint(
            "credited = 0 OR (credited > 0 AND credited <= amount AND released_on IS NOT NULL AND rejected_on IS NULL)",
            name=op.f("ck_pay_line_credited_within_paid"),
        ),
        sa.CheckConstraint(
            "credited_minutes = 0 OR (credited_minutes > 0 AND credited_minutes <= minutes)",
            name=op.f("ck_pay_line_credited_within_hours"),
        ),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_pay_line_last_after_first")),
        sa.CheckConstraint("released_on IS NULL OR grant_id IS NOT NULL", name=op.f("ck_pay_line_paid_with_grant")),
        sa.CheckConstraint(
            "released_on IS NULL OR matched_on IS NOT NULL", name=op.f("ck_pay_line_matched_before_paid")
        ),
        sa.CheckConstraint(
            "released_by_id IS NULL OR released_by_id <> matched_by_id", name=op.f("ck_pay_line_paid_by_another")
        ),
        sa.CheckConstraint("released_on IS NULL OR rejected_on IS NULL", name=op.f("ck_pay_line_paid_or_rejected")),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_pay_line_citizen_id_citizen")),
        sa.ForeignKeyConstraint(["corrects_id"], ["pay_line.id"], name=op.f("fk_pay_line_corrects_id_pay_line")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_pay_line_entered_by_id_user")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_pay_line_grant_id_grant")),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_pay_line_invoice_id_invoice")),
        sa.ForeignKeyConstraint(["matched_by_id"], ["user.id"], name=op.f("fk_pay_line_matched_by_id_user")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_pay_line_mentor_id_mentor")),
        sa.ForeignKeyConstraint(["rejected_by_id"], ["user.id"], name=op.f("fk_pay_line_rejected_by_id_user")),
        sa.ForeignKeyConstraint(["released_by_id"], ["user.id"], name=op.f("fk_pay_line_released_by_id_user")),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_pay_line_supplier_id_supplier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_line")),
        sa.UniqueConstraint("invoice_id", "number", name=op.f("uq_pay_line_invoice_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_pay_line_public_id")),
    )
    op.create_index(op.f("ix_pay_line_citizen_id"), "pay_line", ["citizen_id"], unique=False)
    one_wage = ["grant_id", "mentor_id", "first_day"]
    _unique_where("uq_pay_line_wage", "pay_line", one_wage, WAGE_PAID)
    op.create_index(op.f("ix_pay_line_corrects_id"), "pay_line", ["corrects_id"], unique=False)
    op.create_index("ix_pay_line_grant", "pay_line", ["grant_id", "first_day"], unique=False)
    op.create_index(op.f("ix_pay_line_invoice_id"), "pay_line", ["invoice_id"], unique=False)
    op.create_index(op.f("ix_pay_line_mentor_id"), "pay_line", ["mentor_id"], unique=False)
    op.create_index(op.f("ix_pay_line_supplier_id"), "pay_line", ["supplier_id"], unique=False)
    op.create_index("ix_pay_line_waiting", "pay_line", ["released_on", "rejected_on"], unique=False)


def _progression() -> None:
    op.create_table(
        "progression",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=8), nullable=False),
        sa.Column("point", sa.String(length=6), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("replaced", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_progression_score_1_to_5")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_progression_by_id_user")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_progression_grant_id_grant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progression")),
    )
    op.create_index(op.f("ix_progression_grant_id"), "progression", ["grant_id"], unique=False)


def _reservation() -> None:
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
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("covered + beyond = cost", name=op.f("ck_reservation_parts_sum")),
        sa.CheckConstraint("covered >= 0 AND beyond >= 0", name=op.f("ck_reservation_parts_not_negative")),
        sa.ForeignKeyConstraint(["frame_id"], ["frame.id"], name=op.f("fk_reservation_frame_id_frame")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_reservation_grant_id_grant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
    )
    op.create_index(op.f("ix_reservation_frame_id"), "reservation", ["frame_id"], unique=False)
    op.create_index("ix_reservation_grant", "reservation", ["grant_id", "year"], unique=False)


def _sub_course() -> None:
    op.create_table(
        "sub_course",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("minutes_per_week", sa.Integer(), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_sub_course_last_after_first")),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_sub_course_citizen_id_citizen")),
        sa.ForeignKeyConstraint(["course_id"], ["grant.id"], name=op.f("fk_sub_course_course_id_grant")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_sub_course_grant_id_grant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sub_course")),
    )
    op.create_index(op.f("ix_sub_course_course_id"), "sub_course", ["course_id"], unique=False)
    op.create_index(op.f("ix_sub_course_grant_id"), "sub_course", ["grant_id"], unique=False)
    op.create_index(
        "ix_sub_course_stream",
        "sub_course",
        ["citizen_id", "form", "first_day", "id", "last_day", "minutes_per_week", "course_id", "grant_id"],
        unique=False,
    )


def _substitute() -> None:
    op.create_table(
        "substitute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("absent_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["absent_id"], ["mentor.id"], name=op.f("fk_substitute_absent_id_mentor")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_substitute_by_id_user")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_substitute_grant_id_grant")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_substitute_mentor_id_mentor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitute")),
        sa.UniqueConstraint("public_id", name=op.f("uq_substitute_public_id")),
    )
    op.create_index(op.f("ix_substitute_grant_id"), "substitute", ["grant_id"], unique=False)
    op.create_index(op.f("ix_substitute_mentor_id"), "substitute", ["mentor_id"], unique=False)


def _survey_respondent() -> None:
    op.create_table(
        "survey_respondent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=7), nullable=False),
        sa.Column("code", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_survey_respondent_grant_id_grant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_respondent")),
        sa.UniqueConstraint("grant_id", "party", name=op.f("uq_survey_respondent_grant_id_party")),
    )


def _time_sheet() -> None:
    op.create_table(
        "time_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_time_sheet_month_of_year")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_time_sheet_approved_by_id_user")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_time_sheet_grant_id_grant")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_time_sheet_mentor_id_mentor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_sheet")),
        sa.UniqueConstraint(
            "grant_id", "mentor_id", "year", "month", name=op.f("uq_time_sheet_grant_id_mentor_id_year_month")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_time_sheet_public_id")),
    )
    op.create_index(op.f("ix_time_sheet_mentor_id"), "time_sheet", ["mentor_id"], unique=False)


def _agreement() -> None:
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
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("drafted_by_id", sa.Integer(), nullable=False),
        sa.Column("drafted_on", sa.Date(), nullable=False),
        sa.Column("jobcentre_accepted_on", sa.Date(), nullable=True),
        sa.Column("jobcentre_accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("citizen_accepted_on", sa.Date(), nullable=True),
        sa.Column("citizen_absent_reason", sa.String(length=300), nullable=False),
        sa.Column("mentor_accepted_on", sa.Date(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("assessment_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_agreement_assessment_id_assessment")
        ),
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
    op.create_index(op.f("ix_agreement_grant_id"), "agreement", ["grant_id"], unique=False)
    op.create_index(op.f("ix_agreement_mentor_id"), "agreement", ["mentor_id"], unique=False)


def _claim_line() -> None:
    op.create_table(
        "claim_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("pay_line_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=20), nullable=False),
        sa.Column("frame_kind", sa.String(length=20), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("rate_percent", sa.Integer(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("eligible", sa.BigInteger(), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=False),
        sa.Column("refund", sa.BigInteger(), nullable=False),
        sa.Column("correction_of_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_claim_line_claim_id_claim")),
        sa.ForeignKeyConstraint(
            ["correction_of_id"], ["claim_line.id"], name=op.f("fk_claim_line_correction_of_id_claim_line")
        ),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_claim_line_grant_id_grant")),
        sa.ForeignKeyConstraint(["pay_line_id"], ["pay_line.id"], name=op.f("fk_claim_line_pay_line_id_pay_line")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_line")),
        sa.UniqueConstraint("public_id", name=op.f("uq_claim_line_public_id")),
    )
    op.create_index(op.f("ix_claim_line_claim_id"), "claim_line", ["claim_id"], unique=False)
    op.create_index(op.f("ix_claim_line_correction_of_id"), "claim_line", ["correction_of_id"], unique=False)
    op.create_index(op.f("ix_claim_line_grant_id"), "claim_line", ["grant_id"], unique=False)
    op.create_index(op.f("ix_claim_line_pay_line_id"), "claim_line", ["pay_line_id"], unique=False)
    op.create_index("ix_claim_line_year", "claim_line", ["year", "frame_kind"], unique=False)
    one_part = ["pay_line_id", "account", "first_day"]
    _unique_where("uq_claim_line_part", "claim_line", one_part, "correction_of_id IS NULL")


def _decision() -> None:
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
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("wish_followed", sa.Boolean(), nullable=True),
        sa.Column("hourly_price", sa.BigInteger(), nullable=True),
        sa.Column("place_share", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("hearing_note", sa.String(length=500), nullable=False),
        sa.Column("considerations", sa.String(length=1000), nullable=False),
        sa.Column("other_help", sa.String(length=500), nullable=False),
        sa.Column("end_code", sa.String(length=20), nullable=True),
        sa.Column("offer_start", sa.Date(), nullable=True),
        sa.Column("beyond_reason", sa.String(length=500), nullable=False),
        sa.Column("overlap_reason", sa.String(length=500), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("returned_by_id", sa.Integer(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("return_comment", sa.String(length=500), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("end_code IS NULL OR end_code <> 'died'", name=op.f("ck_decision_not_of_the_dead")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_decision_approved_by_id_user")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_decision_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_decision_citizen_id_citizen")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_decision_grant_id_grant")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_decision_letter_id_letter")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_decision_mentor_id_mentor")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["user.id"], name=op.f("fk_decision_proposed_by_id_user")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_decision_referral_id_referral")),
        sa.ForeignKeyConstraint(["returned_by_id"], ["user.id"], name=op.f("fk_decision_returned_by_id_user")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_decision_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("public_id", name=op.f("uq_decision_public_id")),
        sa.CheckConstraint(
            "kind NOT IN ('mentor', 'substitute') OR (grant_id IS NOT NULL AND mentor_id IS NOT NULL)",
            name=op.f("ck_decision_match_names_course_and_mentor"),
        ),
    )
    op.create_index(op.f("ix_decision_case_number"), "decision", ["case_number"], unique=False)
    op.create_index(op.f("ix_decision_citizen_id"), "decision", ["citizen_id"], unique=False)
    op.create_index(op.f("ix_decision_grant_id"), "decision", ["grant_id"], unique=False)
    op.create_index(op.f("ix_decision_referral_id"), "decision", ["referral_id"], unique=False)
    op.create_index(
        "uq_decision_open_match",
        "decision",
        ["grant_id"],
        unique=True,
        sqlite_where=sa.text(OPEN_MATCH),
        postgresql_where=sa.text(OPEN_MATCH),
    )
    op.create_index(
        "uq_decision_same_terms",
        "decision",
        ["citizen_id", "start", "last_day", "minutes_per_week", "mentor_type", "place_share"],
        unique=True,
        sqlite_where=sa.text(OPEN_GRANT),
        postgresql_where=sa.text(OPEN_GRANT),
    )
    waits = "approved_on IS NULL AND withdrawn_on IS NULL"
    _unique_where("uq_decision_open_change", "decision", ["grant_id"], f"kind IN ({CHANGES}) AND {waits}")
    _unique_where("uq_decision_open_proposal", "decision", ["referral_id"], f"kind IN ('grant', 'refusal') AND {waits}")
    op.create_index(
        "ix_decision_waiting", "decision", ["team_id", "approved_on", "returned_on", "withdrawn_on"], unique=False
    )


def _letter_sending() -> None:
    op.create_table(
        "letter_sending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_letter_sending_by_id_user")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_sending_letter_id_letter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_sending")),
    )
    op.create_index(op.f("ix_letter_sending_letter_id"), "letter_sending", ["letter_id"], unique=False)


def _meeting() -> None:
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
        sa.Column("began", sa.Integer(), nullable=True),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=True),
        sa.Column("progress", sa.String(length=8), nullable=False),
        sa.Column("note", sa.String(length=4000), nullable=False),
        sa.Column("special_reason", sa.String(length=300), nullable=False),
        sa.Column("next_step", sa.String(length=300), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("next_meeting", sa.String(length=80), nullable=False),
        sa.Column("concern", sa.Boolean(), nullable=False),
        sa.Column("corrected", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("citizen_answer", sa.String(length=6), nullable=False),
        sa.Column("citizen_answered_on", sa.Date(), nullable=True),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("logged_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "citizen_answer IN ('', 'yes', 'no', 'unsure')", name=op.f("ck_meeting_citizen_answer_known")
        ),
        sa.CheckConstraint("minutes >= 0 AND minutes <= 1440", name=op.f("ck_meeting_minutes_within_day")),
        sa.ForeignKeyConstraint(["corrects_id"], ["meeting.id"], name=op.f("fk_meeting_corrects_id_meeting")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_meeting_goal_id_goal")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_meeting_grant_id_grant")),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name=op.f("fk_meeting_link_id_link")),
        sa.ForeignKeyConstraint(["logged_by_id"], ["user.id"], name=op.f("fk_meeting_logged_by_id_user")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_meeting_mentor_id_mentor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("public_id", name=op.f("uq_meeting_public_id")),
    )
    op.create_index("ix_meeting_grant", "meeting", ["grant_id", "met_on"], unique=False)
    op.create_index(op.f("ix_meeting_mentor_id"), "meeting", ["mentor_id"], unique=False)


def _survey_invitation() -> None:
    op.create_table(
        "survey_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("respondent_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=9), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["survey_respondent.id"],
            name=op.f("fk_survey_invitation_respondent_id_survey_respondent"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["survey_round.id"], name=op.f("fk_survey_invitation_round_id_survey_round")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_survey_invitation_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_invitation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_survey_invitation_public_id")),
        sa.UniqueConstraint("round_id", "respondent_id", name=op.f("uq_survey_invitation_round_id_respondent_id")),
    )
    op.create_index(op.f("ix_survey_invitation_respondent_id"), "survey_invitation", ["respondent_id"], unique=False)
    op.create_index("ix_survey_invitation_team", "survey_invitation", ["team_id"], unique=False)


def _agreement_answer() -> None:
    op.create_table(
        "agreement_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=10), nullable=False),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("how", sa.String(length=12), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("given_by", sa.String(length=14), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "party <> 'citizen' OR answer <> 'accepted' OR given_by <> ''",
            name=op.f("ck_agreement_answer_consent_is_given"),
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_answer_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_agreement_answer_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_answer")),
    )
    op.create_index(op.f("ix_agreement_answer_agreement_id"), "agreement_answer", ["agreement_id"], unique=False)


def _complaint() -> None:
    op.create_table(
        "complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("case_number", sa.String(length=12), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("review_due", sa.Date(), nullable=False),
        sa.Column("followup_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("review_note", sa.LargeBinary(), nullable=True),
        sa.Column("forwarded_on", sa.Date(), nullable=True),
        sa.Column("board_outcome", sa.String(length=10), nullable=False),
        sa.Column("board_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_complaint_by_id_user")),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_complaint_citizen_id_citizen")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_complaint_decision_id_decision")),
        sa.ForeignKeyConstraint(["followup_id"], ["follow_up.id"], name=op.f("fk_complaint_followup_id_follow_up")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_complaint_grant_id_grant")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_complaint_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("public_id", name=op.f("uq_complaint_public_id")),
    )
    op.create_index(op.f("ix_complaint_citizen_id"), "complaint", ["citizen_id"], unique=False)
    op.create_index(op.f("ix_complaint_decision_id"), "complaint", ["decision_id"], unique=False)
    op.create_index(op.f("ix_complaint_grant_id"), "complaint", ["grant_id"], unique=False)


def _hearing() -> None:
    op.create_table(
        "hearing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(length=2000), nullable=False),
        sa.Column("left_out_reason", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_hearing_by_id_user")),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_hearing_citizen_id_citizen")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_hearing_decision_id_decision")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_hearing_letter_id_letter")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_hearing_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_hearing_decision_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hearing_public_id")),
    )
    op.create_index(op.f("ix_hearing_citizen_id"), "hearing", ["citizen_id"], unique=False)


def _meeting_reply() -> None:
    op.create_table(
        "meeting_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_meeting_reply_by_id_user")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_reply_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_reply")),
    )
    op.create_index(op.f("ix_meeting_reply_meeting_id"), "meeting_reply", ["meeting_id"], unique=False)


def _second_check() -> None:
    op.create_table(
        "second_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("risk", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("is_right", sa.Boolean(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["checked_by_id"], ["user.id"], name=op.f("fk_second_check_checked_by_id_user")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_second_check_decision_id_decision")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_second_check_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_check")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_second_check_decision_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_second_check_public_id")),
    )


TABLES = {
    "case_counter": _case_counter,
    "company_agreement": _company_agreement,
    "frame": _frame,
    "login_delay": _login_delay,
    "municipality": _municipality,
    "sub_course_version": _sub_course_version,
    "supervision": _supervision,
    "supplier": _supplier,
    "team": _team,
    "user": _user,
    "worker": _worker,
    "absence": _absence,
    "api_token": _api_token,
    "calendar_feed": _calendar_feed,
    "citizen": _citizen,
    "claim": _claim,
    "draft": _draft,
    "event": _event,
    "frame_change": _frame_change,
    "frame_contract": _frame_contract,
    "import_heading": _import_heading,
    "import_run": _import_run,
    "import_value": _import_value,
    "invoice": _invoice,
    "job": _job,
    "lawful_change": _lawful_change,
    "link": _link,
    "local_figure": _local_figure,
    "login_session": _login_session,
    "match_plan": _match_plan,
    "match_weights": _match_weights,
    "mentor": _mentor,
    "month_sum": _month_sum,
    "nightly_run": _nightly_run,
    "quality_month": _quality_month,
    "reminder": _reminder,
    "saved_report": _saved_report,
    "sent_form": _sent_form,
    "sum_difference": _sum_difference,
    "survey_round": _survey_round,
    "citizen_status": _citizen_status,
    "consideration": _consideration,
    "contract": _contract,
    "former_number": _former_number,
    "match_exclusion": _match_exclusion,
    "mentor_absence": _mentor_absence,
    "mentor_function": _mentor_function,
    "mentor_hours": _mentor_hours,
    "mentor_price": _mentor_price,
    "mentor_skill": _mentor_skill,
    "referral": _referral,
    "role_assignment": _role_assignment,
    "supervision_attendance": _supervision_attendance,
    "survey_answer": _survey_answer,
    "survey_ballot": _survey_ballot,
    "assessment": _assessment,
    "grant": _grant,
    "course_month": _course_month,
    "document": _document,
    "follow_up": _follow_up,
    "goal": _goal,
    "grant_period": _grant_period,
    "informal_meeting": _informal_meeting,
    "journal_entry": _journal_entry,
    "letter": _letter,
    "match": _match,
    "match_pin": _match_pin,
    "match_plan_line": _match_plan_line,
    "match_wish": _match_wish,
    "pay_line": _pay_line,
    "progression": _progression,
    "reservation": _reservation,
    "sub_course": _sub_course,
    "substitute": _substitute,
    "survey_respondent": _survey_respondent,
    "time_sheet": _time_sheet,
    "agreement": _agreement,
    "claim_line": _claim_line,
    "decision": _decision,
    "letter_sending": _letter_sending,
    "meeting": _meeting,
    "survey_invitation": _survey_invitation,
    "agreement_answer": _agreement_answer,
    "complaint": _complaint,
    "hearing": _hearing,
    "meeting_reply": _meeting_reply,
    "second_check": _second_check,
}
"""The tables in the order they are made: none refers to one that comes after it."""
