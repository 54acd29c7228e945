"""Matchning af hele listen: wishes, pins, exclusions, meetings, weights, plans, substitutes; themes of mentors."""

import sqlalchemy as sa
from alembic import op

import jobcenter_mentor.db

# revision identifiers, used by Alembic.
revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLES = (
    "match_wish", "match_pin", "match_exclusion", "informal_meeting", "match_weights", "match_plan", "match_plan_line",
    "substitute",
)  # fmt: skip


def upgrade() -> None:
    """Make the tables and columns."""
    op.add_column("mentor", sa.Column("refused_themes", sa.JSON(), nullable=True))
    op.add_column("mentor", sa.Column("preferred_themes", sa.JSON(), nullable=True))
    op.create_table(
        "match_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("wishes", sa.String(length=500), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_match_wish_grant_id_grant")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_match_wish_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_wish")),
    )
    op.create_index(op.f("ix_match_wish_grant_id"), "match_wish", ["grant_id"])
    op.create_table(
        "match_pin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_match_pin_grant_id_grant")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_match_pin_mentor_id_mentor")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_match_pin_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_pin")),
        sa.UniqueConstraint("public_id", name=op.f("uq_match_pin_public_id")),
    )
    op.create_index(op.f("ix_match_pin_grant_id"), "match_pin", ["grant_id"])
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
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_match_exclusion_citizen_id_citizen")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_match_exclusion_mentor_id_mentor")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_match_exclusion_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_exclusion")),
        sa.UniqueConstraint("public_id", name=op.f("uq_match_exclusion_public_id")),
    )
    op.create_index(op.f("ix_match_exclusion_citizen_id"), "match_exclusion", ["citizen_id"])
    op.create_index(op.f("ix_match_exclusion_mentor_id"), "match_exclusion", ["mentor_id"])
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
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_informal_meeting_grant_id_grant")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_informal_meeting_mentor_id_mentor")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_informal_meeting_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_informal_meeting")),
        sa.UniqueConstraint("public_id", name=op.f("uq_informal_meeting_public_id")),
    )
    op.create_index(op.f("ix_informal_meeting_grant_id"), "informal_meeting", ["grant_id"])
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
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["user.id"], name=op.f("fk_match_weights_proposed_by_id_user")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_match_weights_approved_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_weights")),
        sa.UniqueConstraint("public_id", name=op.f("uq_match_weights_public_id")),
    )
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
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_match_plan_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_plan")),
        sa.UniqueConstraint("public_id", name=op.f("uq_match_plan_public_id")),
    )
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
        sa.ForeignKeyConstraint(["plan_id"], ["match_plan.id"], name=op.f("fk_match_plan_line_plan_id_match_plan")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_match_plan_line_grant_id_grant")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_match_plan_line_mentor_id_mentor")),
        sa.ForeignKeyConstraint(["accepted_by_id"], ["user.id"], name=op.f("fk_match_plan_line_accepted_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_plan_line")),
        sa.UniqueConstraint("public_id", name=op.f("uq_match_plan_line_public_id")),
    )
    op.create_index(op.f("ix_match_plan_line_plan_id"), "match_plan_line", ["plan_id"])
    op.create_index(op.f("ix_match_plan_line_grant_id"), "match_plan_line", ["grant_id"])
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
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_substitute_grant_id_grant")),
        sa.ForeignKeyConstraint(["absent_id"], ["mentor.id"], name=op.f("fk_substitute_absent_id_mentor")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_substitute_mentor_id_mentor")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_substitute_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitute")),
        sa.UniqueConstraint("public_id", name=op.f("uq_substitute_public_id")),
    )
    op.create_index(op.f("ix_substitute_grant_id"), "substitute", ["grant_id"])
    op.create_index(op.f("ix_substitute_mentor_id"), "substitute", ["mentor_id"])


def downgrade() -> None:
    """Take them away."""
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_column("mentor", "preferred_themes")
    op.drop_column("mentor", "refused_themes")
