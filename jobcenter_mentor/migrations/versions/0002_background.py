"""Baggrundsjob: the jobs that people ordered."""

import sqlalchemy as sa
from alembic import op

import jobcenter_mentor.db

# revision identifiers, used by Alembic.
revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("started_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("finished_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("failed_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("message", sa.String(length=500), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_job_owner_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("public_id", name=op.f("uq_job_public_id")),
    )
    op.create_index(op.f("ix_job_owner_id"), "job", ["owner_id"])


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("job")
