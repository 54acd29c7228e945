"""Mentorkorps, leverandører og supervision: what is known of a mentor, frame contracts, company agreements, courses."""

import sqlalchemy as sa
from alembic import op

import jobcenter_mentor.db

# revision identifiers, used by Alembic.
revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STAMP = jobcenter_mentor.db.UtcDateTime(timezone=True)
OF_MENTOR = (
    ("children_clearance_on", sa.Date(), None),
    ("proof_on", sa.Date(), None),
    ("transport", sa.String(length=12), ""),
    ("work_area", sa.String(length=12), ""),
    ("education", sa.String(length=12), ""),
    ("main_occupation", sa.Boolean(), None),
    ("work_since", sa.Integer(), None),
    ("mentor_since", sa.Integer(), None),
)


def upgrade() -> None:
    """Make the tables and columns."""
    for name, kind, default in OF_MENTOR:
        op.add_column("mentor", sa.Column(name, kind, nullable=default is None, server_default=default))
    op.add_column("mentor_hours", sa.Column("reason", sa.String(length=200), nullable=False, server_default=""))
    _drop_defaults("mentor", ("transport", "work_area", "education"), 12)
    _drop_defaults("mentor_hours", ("reason",), 200)
    _frame_contract()
    _company_agreement()
    _supervision()
    _refer("contract", "frame_contract")
    _refer("mentor_function", "company_agreement")


def downgrade() -> None:
    """Remove them."""
    for table, other in (("mentor_function", "company_agreement"), ("contract", "frame_contract")):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(f"fk_{table}_{other}_id_{other}", type_="foreignkey")
            batch.drop_index(f"ix_{table}_{other}_id")
            batch.drop_column(f"{other}_id")
    for table in ("supervision_attendance", "supervision", "company_agreement", "frame_contract"):
        op.drop_table(table)
    op.drop_column("mentor_hours", "reason")
    for name, _, _ in reversed(OF_MENTOR):
        op.drop_column("mentor", name)


def _drop_defaults(table: str, names: tuple[str, ...], length: int) -> None:
    """The rows that were there are empty text now; new ones are given it by the models."""
    with op.batch_alter_table(table) as batch:
        for name in names:
            text = sa.String(length=length)
            batch.alter_column(name, existing_type=text, existing_nullable=False, server_default=None)


def _refer(table: str, other: str) -> None:
    with op.batch_alter_table(table) as batch:
        batch.add_column(sa.Column(f"{other}_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(f"fk_{table}_{other}_id_{other}", other, [f"{other}_id"], ["id"])
        batch.create_index(f"ix_{table}_{other}_id", [f"{other}_id"])


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
        sa.Column("recorded_at", STAMP, nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_frame_contract_supplier_id_supplier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frame_contract")),
        sa.UniqueConstraint("public_id", name=op.f("uq_frame_contract_public_id")),
    )
    op.create_index(op.f("ix_frame_contract_supplier_id"), "frame_contract", ["supplier_id"])


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
        sa.Column("recorded_at", STAMP, nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("released_minutes > 0", name=op.f("ck_company_agreement_minutes_positive")),
        sa.CheckConstraint("places > 0", name=op.f("ck_company_agreement_places_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_agreement")),
        sa.UniqueConstraint("public_id", name=op.f("uq_company_agreement_public_id")),
    )


def _supervision() -> None:
    op.create_table(
        "supervision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("led_by", sa.String(length=120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("recorded_at", STAMP, nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_supervision_minutes_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision")),
        sa.UniqueConstraint("public_id", name=op.f("uq_supervision_public_id")),
    )
    op.create_index(op.f("ix_supervision_held_on"), "supervision", ["held_on"])
    op.create_table(
        "supervision_attendance",
        sa.Column("supervision_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["supervision_id"], ["supervision.id"], name=op.f("fk_supervision_attendance_supervision_id_supervision")
        ),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_supervision_attendance_mentor_id_mentor")),
        sa.PrimaryKeyConstraint("supervision_id", "mentor_id", name=op.f("pk_supervision_attendance")),
    )
    op.create_index(op.f("ix_supervision_attendance_mentor_id"), "supervision_attendance", ["mentor_id"])
