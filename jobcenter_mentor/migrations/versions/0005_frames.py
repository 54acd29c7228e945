"""Rammens månedssummer: a course's months, the sums of them, and what the nightly count found otherwise.

They are empty until the first count; `jobcenter-mentor recount` or the night fills them.
"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

FIGURES = ("granted", "delivered", "invoiced")
KEY = ("year", "month", "frame_kind", "rate_percent", "team_id", "group_number", "mentor_type")
COUNTS = ("minutes", "running", "entered", "started", "stopped")


def _amounts() -> list[sa.Column[int]]:
    """Return the columns of øre and of counts."""
    ore = [sa.Column(name, sa.BigInteger(), nullable=False) for name in FIGURES]
    return ore + [sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS]


def upgrade() -> None:
    """Make the three tables."""
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
        *_amounts(),
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
    op.create_index("ix_course_month_lines", "course_month", ["year", "frame_kind", "team_id"])
    op.create_table(
        "month_sum",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("frame_kind", sa.String(length=20), nullable=False),
        sa.Column("rate_percent", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("group_number", sa.Integer(), nullable=False),
        sa.Column("mentor_type", sa.String(length=4), nullable=False),
        *_amounts(),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_month_sum_team_id_team")),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_month_sum")),
        sqlite_with_rowid=False,
    )
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
    op.create_index(op.f("ix_sum_difference_year"), "sum_difference", ["year"])


def downgrade() -> None:
    """Drop them; everything in them can be counted again."""
    for table in ("sum_difference", "month_sum", "course_month"):
        op.drop_table(table)
