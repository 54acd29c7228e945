"""Spørgeskemaer og gemte rapporter."""

import sqlalchemy as sa
from alembic import op

import jobcenter_mentor.db

# revision identifiers, used by Alembic.
revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "survey_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("questionnaire", sa.String(length=20), nullable=False),
        sa.Column("point", sa.String(length=5), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_survey_round_made_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_round")),
        sa.UniqueConstraint("public_id", name=op.f("uq_survey_round_public_id")),
    )
    op.create_table(
        "survey_respondent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=7), nullable=False),
        sa.Column("code", jobcenter_mentor.db.Encrypted(), nullable=False),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_survey_respondent_grant_id_grant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_respondent")),
        sa.UniqueConstraint("grant_id", "party", name=op.f("uq_survey_respondent_grant_id_party")),
    )
    _invitations()
    _answers()
    _reports()


def _invitations() -> None:
    op.create_table(
        "survey_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("respondent_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=9), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["respondent_id"], ["survey_respondent.id"],
            name=op.f("fk_survey_invitation_respondent_id_survey_respondent"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["survey_round.id"], name=op.f("fk_survey_invitation_round_id_survey_round")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_survey_invitation_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_invitation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_survey_invitation_public_id")),
        sa.UniqueConstraint("round_id", "respondent_id", name=op.f("uq_survey_invitation_round_id_respondent_id")),
    )  # fmt: skip
    op.create_index(op.f("ix_survey_invitation_respondent_id"), "survey_invitation", ["respondent_id"])
    op.create_index("ix_survey_invitation_team", "survey_invitation", ["team_id"])


def _answers() -> None:
    op.create_table(
        "survey_ballot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=7), nullable=False),
        sa.Column("sealed", jobcenter_mentor.db.Encrypted(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["survey_round.id"], name=op.f("fk_survey_ballot_round_id_survey_round")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_survey_ballot_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_ballot")),
    )
    op.create_index("ix_survey_ballot_round", "survey_ballot", ["round_id", "team_id", "party"])
    op.create_table(
        "survey_answer",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=7), nullable=False),
        sa.Column("respondent", jobcenter_mentor.db.Encrypted(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["survey_round.id"], name=op.f("fk_survey_answer_round_id_survey_round")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_survey_answer_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answer")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_survey_answer_round", "survey_answer", ["round_id"])


def _reports() -> None:
    op.create_table(
        "saved_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("split", sa.String(length=20), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("filter_team_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", jobcenter_mentor.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["filter_team_id"], ["team.id"], name=op.f("fk_saved_report_filter_team_id_team")),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_saved_report_made_by_id_user")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_saved_report_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_report")),
        sa.UniqueConstraint("public_id", name=op.f("uq_saved_report_public_id")),
    )
    op.create_index(op.f("ix_saved_report_team_id"), "saved_report", ["team_id"])


def downgrade() -> None:
    """Take the tables away."""
    for table in (
        "saved_report", "survey_answer", "survey_ballot", "survey_invitation", "survey_respondent", "survey_round",
    ):  # fmt: skip
        op.drop_table(table)
