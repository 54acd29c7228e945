"""Fakturaer, lønlinjer og opgørelser: their tables, and triggers that keep a closed claim as it was."""

import sqlalchemy as sa
from alembic import op

from jobcenter_mentor.db import UtcDateTime

# revision identifiers, used by Alembic.
revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CLOSED = "(SELECT closed_on FROM claim WHERE id = {row}.claim_id) IS NOT NULL"
GUARDS = {
    ("claim", "UPDATE"): "OLD.closed_on IS NOT NULL",
    ("claim", "DELETE"): "OLD.closed_on IS NOT NULL",
    ("claim_line", "INSERT"): CLOSED.format(row="NEW"),
    ("claim_line", "UPDATE"): CLOSED.format(row="OLD"),
    ("claim_line", "DELETE"): CLOSED.format(row="OLD"),
}
"""What is refused, by table and act: any change of a closed claim and its lines."""


def _number(name: str, *, null: bool = False, to: str = "") -> sa.Column[int]:
    """Return an integer column; `to` is the table it refers to."""
    keys = [sa.ForeignKey(f"{to}.id")] if to else []
    return sa.Column(name, sa.Integer(), *keys, nullable=null)


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _day(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=null)


def _ore(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _make(name: str, *parts: sa.schema.SchemaItem, stamped: bool = True) -> None:
    """Make a table with its row id, its public id and, where it is stamped, the time of recording."""
    columns: list[sa.schema.SchemaItem] = [sa.Column("id", sa.Integer(), primary_key=True, nullable=False)]
    if stamped:
        columns.append(sa.Column("recorded_at", UtcDateTime(timezone=True), nullable=False))
    op.create_table(name, *columns, _text("public_id", 36), *parts, sa.UniqueConstraint("public_id"))


def upgrade() -> None:
    """Make the tables and guard what is closed; a frame's amount may be reckoned as rate x full-year persons."""
    op.add_column("frame_change", sa.Column("rate", sa.BigInteger(), nullable=True))
    op.add_column("frame_change", sa.Column("persons", sa.Integer(), nullable=True))
    _make(
        "invoice",
        _number("supplier_id", null=True, to="supplier"),
        _text("sender", 120),
        _text("cvr", 8),
        _text("number", 40),
        _day("received_on"),
        _text("source", 8),
        _number("entered_by_id", to="user"),
        sa.UniqueConstraint("cvr", "number"),
    )
    _make_pay_line()
    _make(
        "time_sheet",
        _number("grant_id", to="grant"),
        _number("mentor_id", to="mentor"),
        _number("year"),
        _number("month"),
        _number("minutes"),
        _day("drawn_on"),
        _number("approved_by_id", null=True, to="user"),
        _day("approved_on", null=True),
        sa.UniqueConstraint("grant_id", "mentor_id", "year", "month"),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name="month_of_year"),
    )
    _make_claims()
    for table, columns in INDEXES.items():
        for name, on in columns.items():
            op.create_index(name, table, on)
    _guard()


def _make_pay_line() -> None:
    _make(
        "pay_line",
        _text("kind", 8),
        _number("invoice_id", null=True, to="invoice"),
        _number("number"),
        _number("supplier_id", null=True, to="supplier"),
        _number("grant_id", null=True, to="grant"),
        _number("citizen_id", to="citizen"),
        _number("mentor_id", null=True, to="mentor"),
        _day("first_day"),
        _day("last_day"),
        _number("minutes"),
        _ore("hourly_price"),
        _ore("amount"),
        _text("item", 10),
        _number("entered_by_id", to="user"),
        _day("entered_on"),
        _number("matched_by_id", null=True, to="user"),
        _day("matched_on", null=True),
        _text("note", 500),
        _number("released_by_id", null=True, to="user"),
        _day("released_on", null=True),
        _number("rejected_by_id", null=True, to="user"),
        _day("rejected_on", null=True),
        _text("reject_reason", 500),
        sa.UniqueConstraint("invoice_id", "number"),
        sa.CheckConstraint("last_day >= first_day", name="last_after_first"),
        sa.CheckConstraint("kind IN ('invoice', 'wage')", name="known_kind"),
        sa.CheckConstraint("(kind = 'invoice') = (invoice_id IS NOT NULL)", name="invoice_has_head"),
        sa.CheckConstraint("released_on IS NULL OR grant_id IS NOT NULL", name="paid_with_grant"),
        sa.CheckConstraint("released_on IS NULL OR matched_on IS NOT NULL", name="matched_before_paid"),
    )


def _make_claims() -> None:
    _make(
        "claim",
        _day("first_day"),
        _day("last_day"),
        _number("drafted_by_id", to="user"),
        _day("drafted_on"),
        _number("closed_by_id", null=True, to="user"),
        _day("closed_on", null=True),
        sa.CheckConstraint("last_day >= first_day", name="last_after_first"),
    )
    _make(
        "claim_line",
        _number("claim_id", to="claim"),
        _number("pay_line_id", to="pay_line"),
        _number("grant_id", to="grant"),
        _day("first_day"),
        _day("last_day"),
        _number("year"),
        _text("account", 20),
        _text("frame_kind", 20),
        _text("rule", 40),
        _number("rate_percent"),
        _ore("cost"),
        _ore("eligible"),
        _ore("base"),
        _ore("refund"),
        _number("correction_of_id", null=True, to="claim_line"),
        _text("reason", 200),
        stamped=False,
    )


INDEXES = {
    "invoice": {"ix_invoice_supplier_id": ["supplier_id"]},
    "pay_line": {
        "ix_pay_line_invoice_id": ["invoice_id"],
        "ix_pay_line_supplier_id": ["supplier_id"],
        "ix_pay_line_citizen_id": ["citizen_id"],
        "ix_pay_line_mentor_id": ["mentor_id"],
        "ix_pay_line_grant": ["grant_id", "first_day"],
        "ix_pay_line_waiting": ["released_on", "rejected_on"],
    },
    "time_sheet": {"ix_time_sheet_mentor_id": ["mentor_id"]},
    "claim_line": {
        "ix_claim_line_claim_id": ["claim_id"],
        "ix_claim_line_pay_line_id": ["pay_line_id"],
        "ix_claim_line_grant_id": ["grant_id"],
        "ix_claim_line_correction_of_id": ["correction_of_id"],
        "ix_claim_line_year": ["year", "frame_kind"],
    },
}


def _guard() -> None:
    """Refuse what `GUARDS` names, on both databases."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    if postgresql:
        for table, row in (("claim", "OLD.id"), ("claim_line", "coalesce(OLD.claim_id, NEW.claim_id)")):
            op.execute(_FUNCTION.format(table=table, row=row))
    for (table, act), closed in GUARDS.items():
        name = f"{table}_closed_{act.lower()}"
        if postgresql:
            op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_closed()")
        else:
            refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is closed'); END"
            op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {closed} {refuse}")


_FUNCTION = """
CREATE FUNCTION {table}_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT closed_on FROM claim WHERE id = {row}) IS NOT NULL THEN RAISE EXCEPTION '{table} is closed'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$
"""


def downgrade() -> None:
    """Take the tables away, the youngest first."""
    with op.batch_alter_table("frame_change") as frame_change:
        frame_change.drop_column("persons")
        frame_change.drop_column("rate")
    for table in ("claim_line", "claim", "time_sheet", "pay_line", "invoice"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in ("claim", "claim_line"):
            op.execute(f"DROP FUNCTION {table}_closed()")
