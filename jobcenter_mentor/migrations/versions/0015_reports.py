"""Statistik og datakvalitet: sub-courses with the course they belong to, and the shares of data quality by month."""

from datetime import timedelta
from secrets import randbits

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

STREAM = (
    "citizen_id", "form", "first_day", "id", "last_day", "minutes_per_week", "course_id", "grant_id",
)  # fmt: skip
PERIODS = sa.text(
    'SELECT g.id, g.citizen_id, g.form, p.first_day, p.last_day, p.minutes_per_week FROM grant_period p '
    'JOIN "grant" g ON g.id = p.grant_id ORDER BY g.citizen_id, g.form, p.first_day, g.id'
).columns(
    id=sa.Integer, citizen_id=sa.Integer, form=sa.String, first_day=sa.Date, last_day=sa.Date,
    minutes_per_week=sa.Integer,
)  # fmt: skip


def upgrade() -> None:
    """Make the tables and fill in the sub-courses of the grants that are there."""
    table = op.create_table(
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
    op.create_index(op.f("ix_sub_course_course_id"), "sub_course", ["course_id"])
    op.create_index(op.f("ix_sub_course_grant_id"), "sub_course", ["grant_id"])
    op.create_index("ix_sub_course_stream", "sub_course", list(STREAM))
    version = op.create_table(
        "sub_course_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sub_course_version")),
    )
    op.bulk_insert(version, [{"id": 1, "number": randbits(62)}])
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
    op.bulk_insert(table, _sub_courses())


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("quality_month")
    op.drop_table("sub_course_version")
    op.drop_table("sub_course")


def _sub_courses() -> list[dict[str, object]]:
    """Return the sub-courses of the hours periods, joined where no day lies between for a citizen and form."""
    found: list[dict[str, object]] = []
    whose, reach, course = None, None, None
    for row in op.get_bind().execute(PERIODS):
        same = whose == (row.citizen_id, row.form)
        if not (same and reach and row.first_day <= reach + timedelta(days=1)):
            course = row.id
        reach = max(reach, row.last_day) if same and reach else row.last_day
        whose = (row.citizen_id, row.form)
        last = found[-1] if found else {}
        if (last.get("grant_id"), last.get("minutes_per_week")) == (row.id, row.minutes_per_week):
            last["last_day"] = row.last_day
            continue
        found.append(
            {
                "grant_id": row.id, "citizen_id": row.citizen_id, "course_id": course, "form": row.form,
                "first_day": row.first_day, "last_day": row.last_day, "minutes_per_week": row.minutes_per_week,
            }
        )  # fmt: skip
    return found
