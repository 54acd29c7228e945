"""Indlæsning: fortryd og overskrifter."""

import sqlalchemy as sa
from alembic import op

import jobcenter_mentor.db

# revision identifiers, used by Alembic.
revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for the preview and the trace; files that wait are forgotten, they are encrypted from now on."""
    with op.batch_alter_table("import_run") as table:
        table.add_column(sa.Column("preview", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("trace", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("undone_on", sa.Date(), nullable=True))
    op.execute("UPDATE import_run SET content = NULL")
    op.create_table(
        "import_heading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("folded", sa.String(length=100), nullable=False),
        sa.Column("heading", sa.String(length=100), nullable=False),
        sa.Column("field", sa.String(length=30), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_import_heading_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_heading")),
        sa.UniqueConstraint("kind", "folded", name=op.f("uq_import_heading_kind_folded")),
        sa.UniqueConstraint("public_id", name=op.f("uq_import_heading_public_id")),
    )


def downgrade() -> None:
    """Take it away again; what waits encrypted is forgotten."""
    op.drop_table("import_heading")
    op.execute("UPDATE import_run SET content = NULL")
    with op.batch_alter_table("import_run") as table:
        table.drop_column("undone_on")
        table.drop_column("trace")
        table.drop_column("preview")
