"""Loven, som den står: what the law asks of today's cases, and the clocks of complaints and of access to files."""

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


def downgrade() -> None:
    """Take them away again."""
    _sender_down()
    _budgets_down()
    _education_down()


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


def _sender_up() -> None:
    for name, length in (("cvr", 8), ("opening_hours", 200)):
        op.add_column("municipality", sa.Column(name, sa.String(length), server_default=sa.text("''"), nullable=False))


def _sender_down() -> None:
    for name in ("opening_hours", "cvr"):
        op.drop_column("municipality", name)
