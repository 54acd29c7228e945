"""Breve, partshøring og godkendelse."""

import sqlalchemy as sa
from alembic import op

import jobcenter_mentor.db

# revision identifiers, used by Alembic.
revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and tables, and the index by which the course after a course is found."""
    op.add_column("referral", sa.Column("goal_by", sa.Date(), nullable=True))
    op.add_column("decision", sa.Column("end_code", sa.String(length=20), nullable=True))
    op.add_column("decision", sa.Column("offer_start", sa.Date(), nullable=True))
    op.create_index(op.f("ix_grant_previous_grant_id"), "grant", ["previous_grant_id"])
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
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
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
    op.create_index(op.f("ix_hearing_citizen_id"), "hearing", ["citizen_id"])
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
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["checked_by_id"], ["user.id"], name=op.f("fk_second_check_checked_by_id_user")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_second_check_decision_id_decision")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_second_check_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_check")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_second_check_decision_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_second_check_public_id")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("second_check")
    op.drop_table("hearing")
    op.drop_index(op.f("ix_grant_previous_grant_id"), "grant")
    with op.batch_alter_table("decision") as table:
        table.drop_column("offer_start")
        table.drop_column("end_code")
    with op.batch_alter_table("referral") as table:
        table.drop_column("goal_by")
