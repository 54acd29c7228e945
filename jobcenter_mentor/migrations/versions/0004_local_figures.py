"""Lokale tal."""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let a proposal be rejected, and keep who did."""
    with op.batch_alter_table("local_figure") as table:
        table.add_column(sa.Column("rejected_by_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("rejected_on", sa.Date(), nullable=True))
        table.create_foreign_key(op.f("fk_local_figure_rejected_by_id_user"), "user", ["rejected_by_id"], ["id"])


def downgrade() -> None:
    """Take the columns away."""
    with op.batch_alter_table("local_figure") as table:
        table.drop_constraint(op.f("fk_local_figure_rejected_by_id_user"), type_="foreignkey")
        table.drop_column("rejected_on")
        table.drop_column("rejected_by_id")
