"""Logbog, aftaler og mål."""

import sqlalchemy as sa
from alembic import op

import jobcenter_mentor.db

# revision identifiers, used by Alembic.
revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STAMP = jobcenter_mentor.db.UtcDateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of goals, answers and replies; widen agreements and meetings."""
    _goals()
    _answers()
    with op.batch_alter_table("agreement") as table:
        table.add_column(sa.Column("terms", sa.JSON(), nullable=False, server_default="{}"))
        table.add_column(sa.Column("assessment_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_agreement_assessment_id_assessment"), "assessment", ["assessment_id"], ["id"])
    with op.batch_alter_table("meeting") as table:
        table.add_column(sa.Column("began", sa.Integer(), nullable=True))
        table.add_column(sa.Column("subjects", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("goal_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("next_step", sa.String(length=300), nullable=False, server_default=""))
        table.add_column(sa.Column("citizen_answer", sa.String(length=3), nullable=False, server_default=""))
        table.add_column(sa.Column("citizen_answered_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("link_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_meeting_goal_id_goal"), "goal", ["goal_id"], ["id"])
        table.create_foreign_key(op.f("fk_meeting_link_id_link"), "link", ["link_id"], ["id"])
    with op.batch_alter_table("agreement") as table:
        table.alter_column("terms", existing_type=sa.JSON(), existing_nullable=False, server_default=None)
    with op.batch_alter_table("meeting") as table:
        table.alter_column("subjects", existing_type=sa.JSON(), existing_nullable=False, server_default=None)
        for name, length in (("next_step", 300), ("citizen_answer", 3)):
            text = sa.String(length=length)
            table.alter_column(name, existing_type=text, existing_nullable=False, server_default=None)


def _goals() -> None:
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
        sa.Column("recorded_at", STAMP, nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_goal_grant_id_grant")),
        sa.ForeignKeyConstraint(["set_by_id"], ["user.id"], name=op.f("fk_goal_set_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sa.UniqueConstraint("grant_id", "number", name=op.f("uq_goal_grant_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_goal_public_id")),
    )
    op.create_index(op.f("ix_goal_grant_id"), "goal", ["grant_id"])
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
        sa.Column("recorded_at", STAMP, nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_progression_score_1_to_5")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_progression_grant_id_grant")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_progression_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progression")),
    )
    op.create_index(op.f("ix_progression_grant_id"), "progression", ["grant_id"])


def _answers() -> None:
    op.create_table(
        "agreement_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=10), nullable=False),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("how", sa.String(length=12), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", STAMP, nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_answer_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_agreement_answer_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_answer")),
    )
    op.create_index(op.f("ix_agreement_answer_agreement_id"), "agreement_answer", ["agreement_id"])
    op.create_table(
        "meeting_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", STAMP, nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_reply_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_meeting_reply_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_reply")),
    )
    op.create_index(op.f("ix_meeting_reply_meeting_id"), "meeting_reply", ["meeting_id"])


def downgrade() -> None:
    """Take the tables and columns away."""
    with op.batch_alter_table("meeting") as table:
        table.drop_constraint(op.f("fk_meeting_link_id_link"), type_="foreignkey")
        table.drop_constraint(op.f("fk_meeting_goal_id_goal"), type_="foreignkey")
        for name in ("link_id", "citizen_answered_on", "citizen_answer", "next_step", "goal_id", "subjects", "began"):
            table.drop_column(name)
    with op.batch_alter_table("agreement") as table:
        table.drop_constraint(op.f("fk_agreement_assessment_id_assessment"), type_="foreignkey")
        table.drop_column("assessment_id")
        table.drop_column("terms")
    for name in ("meeting_reply", "agreement_answer", "progression", "goal"):
        op.drop_table(name)
