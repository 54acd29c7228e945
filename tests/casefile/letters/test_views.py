"""Breve på nettet: the very bytes that were sent, under a name without personal data."""

from jobcenter_mentor.casefile.letters import service
from jobcenter_mentor.platform.access.actor import Actor
from tests.builders import WORKING_DAY, a_citizen, a_team
from tests.casefile.letters.samples import GRANT


def kept(session, user, citizen):
    draft = service.decision_draft("decision", GRANT)
    return service.keep(session, draft, service.render(draft), citizen_id=citizen.id, actor=Actor(user, WORKING_DAY))


def test_a_letter_is_served_byte_for_byte(as_caseworker, session):
    letter = kept(session, as_caseworker.user, a_citizen(session))
    sent = letter.pdf

    answer = as_caseworker.get(f"/breve/{letter.public_id}.pdf")

    assert answer.data == sent
    assert answer.mimetype == "application/pdf"
    assert "Emil" not in answer.headers["Content-Disposition"]


def test_another_teams_letter_is_not_found(as_caseworker, session):
    foreign = a_citizen(session, team_id=a_team(session, "Team Voksen").id)
    letter = kept(session, as_caseworker.user, foreign)

    assert as_caseworker.get(f"/breve/{letter.public_id}.pdf").status_code == 404


def test_an_administrator_reads_no_letters(as_admin, session):
    letter = kept(session, as_admin.user, a_citizen(session))

    assert as_admin.get(f"/breve/{letter.public_id}.pdf").status_code in (403, 404)
