"""Breve, partshøring og godkendelse."""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and tables."""
    op.add_column("referral", sa.Column("goal_by", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("referral") as table:
        table.drop_column("goal_by")
