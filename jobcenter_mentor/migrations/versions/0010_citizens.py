"""Borgerens forhold, dokumenter, journal og klager."""

import sqlalchemy as sa
from alembic import op

import jobcenter_mentor.db

# revision identifiers, used by Alembic.
revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STAMP = jobcenter_mentor.db.UtcDateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of the journal and of complaints."""
    _journal()
    _complaints()
    _facts()
    _documents()
    _sendings()


def _journal() -> None:
    op.create_table(
        "journal_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("case_number", sa.String(length=12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", jobcenter_mentor.db.Encrypted(), nullable=True),
        sa.Column("is_health", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", STAMP, nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_journal_entry_citizen_id_citizen")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_journal_entry_grant_id_grant")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_journal_entry_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entry")),
        sa.UniqueConstraint("public_id", name=op.f("uq_journal_entry_public_id")),
    )
    op.create_index("ix_journal_entry_citizen", "journal_entry", ["citizen_id", "day", "id"])
    op.create_index(op.f("ix_journal_entry_grant_id"), "journal_entry", ["grant_id"])


def _complaints() -> None:
    op.create_table(
        "complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("case_number", sa.String(length=12), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("text", jobcenter_mentor.db.Encrypted(), nullable=False),
        sa.Column("review_due", sa.Date(), nullable=False),
        sa.Column("followup_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("review_note", jobcenter_mentor.db.Encrypted(), nullable=True),
        sa.Column("forwarded_on", sa.Date(), nullable=True),
        sa.Column("board_outcome", sa.String(length=10), nullable=False),
        sa.Column("board_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", STAMP, nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_complaint_citizen_id_citizen")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_complaint_grant_id_grant")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_complaint_decision_id_decision")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_complaint_team_id_team")),
        sa.ForeignKeyConstraint(["followup_id"], ["follow_up.id"], name=op.f("fk_complaint_followup_id_follow_up")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_complaint_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("public_id", name=op.f("uq_complaint_public_id")),
    )
    for column in ("citizen_id", "grant_id", "decision_id"):
        op.create_index(op.f(f"ix_complaint_{column}"), "complaint", [column])


def _facts() -> None:
    op.create_table(
        "consideration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("letters", sa.String(length=8), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("ended_because", sa.String(length=200), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", STAMP, nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_consideration_citizen_id_citizen")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user.id"], name=op.f("fk_consideration_recorded_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consideration")),
        sa.UniqueConstraint("public_id", name=op.f("uq_consideration_public_id")),
    )
    op.create_index(op.f("ix_consideration_citizen_id"), "consideration", ["citizen_id"])
    op.create_table(
        "former_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("old_citizen_id", sa.Integer(), nullable=True),
        sa.Column("cpr", jobcenter_mentor.db.Encrypted(), nullable=False),
        sa.Column("cpr_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("replaced_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", STAMP, nullable=False),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_former_number_citizen_id_citizen")),
        sa.ForeignKeyConstraint(
            ["old_citizen_id"], ["citizen.id"], name=op.f("fk_former_number_old_citizen_id_citizen")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_former_number_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_number")),
        sa.UniqueConstraint("old_citizen_id", name=op.f("uq_former_number_old_citizen_id")),
        sa.UniqueConstraint("cpr_index", name=op.f("uq_former_number_cpr_index")),
    )
    op.create_index(op.f("ix_former_number_citizen_id"), "former_number", ["citizen_id"])


def _documents() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("party", sa.String(length=200), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", jobcenter_mentor.db.EncryptedBytes(), nullable=True),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.Column("uploaded_on", sa.Date(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.Column("replaced_because", sa.String(length=200), nullable=False),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_because", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", STAMP, nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_document_citizen_id_citizen")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_document_grant_id_grant")),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["user.id"], name=op.f("fk_document_uploaded_by_id_user")),
        sa.ForeignKeyConstraint(["removed_by_id"], ["user.id"], name=op.f("fk_document_removed_by_id_user")),
        sa.ForeignKeyConstraint(["replaced_by_id"], ["document.id"], name=op.f("fk_document_replaced_by_id_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("public_id", name=op.f("uq_document_public_id")),
    )
    for column in ("citizen_id", "grant_id"):
        op.create_index(op.f(f"ix_document_{column}"), "document", [column])


def _sendings() -> None:
    """Make the marks of sending; the letters there are count as sent, and a letter may follow a merged citizen."""
    op.create_table(
        "letter_sending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", STAMP, nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_sending_letter_id_letter")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_letter_sending_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_sending")),
    )
    op.create_index(op.f("ix_letter_sending_letter_id"), "letter_sending", ["letter_id"])
    op.execute(
        "INSERT INTO letter_sending (letter_id, channel, sent_on, by_id, recorded_at) "
        "SELECT id, 'before', sent_on, sent_by_id, recorded_at FROM letter"
    )
    _guard_letters(MADE)


MADE = "OF id, public_id, referral_id, grant_id, kind, title, pdf, sha256, template, sent_on, sent_by_id, recorded_at"
"""What never changes of a letter: all but the citizen it stands under."""


def _guard_letters(columns: str) -> None:
    """Refuse UPDATE on these columns of the letters; none named: on every column."""
    refuse, of_table = "FOR EACH ROW EXECUTE FUNCTION refuse_change()", " ON letter"
    if op.get_bind().dialect.name != "postgresql":
        refuse, of_table = "BEGIN SELECT RAISE(ABORT, 'letter is append-only'); END", ""
    op.execute(f"DROP TRIGGER letter_guard_update{of_table}")
    op.execute(f"CREATE TRIGGER letter_guard_update BEFORE UPDATE {columns} ON letter {refuse}")


def downgrade() -> None:
    """Take them away again."""
    _guard_letters("")
    for table in ("letter_sending", "document", "former_number", "consideration"):
        op.drop_table(table)
    op.drop_table("complaint")
    op.drop_table("journal_entry")
