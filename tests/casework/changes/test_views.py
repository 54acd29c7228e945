"""Sider om ændringer: from the form through the hearing to the letter, by two people."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Decision
from jobcenter_mentor.domain.law.law import Law
from tests.builders import a_mentor, a_referral
from tests.casework.grants.cases import granted, the_frames
from tests.logins import Visitor

HOURS = {"minutes_per_week": "1", "start": "01-12-2014", "reason": "Klarer selv morgenen.", "considerations": ""}
FACT = {"fact": "Du er mødt hver dag.", "source": "din mentor", "known_on": "10-10-2014"}


def test_fewer_hours_from_form_to_letter(session: Session, law: Law, as_caseworker: Visitor, as_team_leader: Visitor):
    the_frames(session)
    grant = granted(session, a_referral(session), law=law)
    session.commit()

    sent = as_caseworker.post(f"/aendringer/{grant.public_id}/timer", data=HOURS)
    decision = session.scalars(select(Decision).where(Decision.kind == "hours")).one()
    address = f"/aendringer/afgoerelse/{decision.public_id}"
    blocked = as_team_leader.post(f"{address}/godkend")
    as_caseworker.post(f"/aendringer/hoering/{decision.public_id}/oplysning", data=FACT)
    heard = as_caseworker.post(f"/aendringer/hoering/{decision.public_id}/send")
    page = as_caseworker.get(address).text
    as_caseworker.post(
        f"/aendringer/hoering/{decision.public_id}/svar", data={"answered_on": "15-10-2014", "answer": "Fint med mig."}
    )
    letter = as_team_leader.get(f"{address}/brev")
    done = as_team_leader.post(f"{address}/godkend")

    assert sent.location.endswith(address)
    assert (blocked.status_code, "Partshøringen mangler i brevet." in blocked.text) == (422, True)
    assert heard.status_code == 303
    assert "Svarfristen løber først, når det er sendt." in page
    assert letter.data.startswith(b"%PDF")
    session.expire_all()
    assert done.location.endswith(f"/bevillinger/{grant.public_id}")
    assert [period.minutes_per_week for period in grant.periods] == [120, 60]


def test_a_reason_that_speaks_of_the_citizen_is_told_to_both_and_stops_nothing(
    session: Session, law: Law, as_caseworker: Visitor, as_team_leader: Visitor
) -> None:
    the_frames(session)
    grant = granted(session, a_referral(session), law=law)
    session.commit()

    pages = []
    for reason in ("Det er aftalt med borgerens læge.", "Du klarer selv morgenen."):
        sent = as_caseworker.post(f"/aendringer/{grant.public_id}/timer", data=HOURS | {"reason": reason})
        pages.append((as_caseworker.get(sent.location).text, as_team_leader.get(sent.location).text))
        address = f"/bevillinger/afgoerelse/{sent.location.rsplit('/', 1)[1]}/traek"
        assert as_caseworker.post(address).status_code == 303

    told = "Brevet er til borgeren selv: skriv »du«."
    assert [[told in page for page in both] for both in pages] == [[True, True], [False, False]]


def test_a_mistake_is_said_at_its_field_and_keeps_nothing(session: Session, law: Law, as_caseworker: Visitor) -> None:
    the_frames(session)
    grant = granted(session, a_referral(session), law=law)
    session.commit()

    wrong = as_caseworker.post(
        f"/aendringer/{grant.public_id}/timer", data=HOURS | {"start": "01-12-2013", "reason": ""}
    )

    assert wrong.status_code == 422
    assert "Dagen skal ligge i forløbet" in wrong.text
    assert "Skriv begrundelsen. Den står i brevet." in wrong.text
    assert session.scalars(select(Decision).where(Decision.kind == "hours")).all() == []


def test_the_letter_about_a_new_mentor_names_what_is_missing(
    session: Session, law: Law, as_caseworker: Visitor
) -> None:
    the_frames(session)
    grant = granted(session, a_referral(session), law=law)
    address = f"/aendringer/{grant.public_id}/mentorbrev"
    asked = {"reason": "Din mentor er stoppet hos os."}
    session.commit()

    without = as_caseworker.post(address, data=asked)
    grant.mentor_id = a_mentor(session).id
    session.commit()
    with_mentor = as_caseworker.post(address, data=asked)

    assert "Den nye mentor mangler i brevet." in without.text
    assert with_mentor.status_code == 303


def test_a_hearing_goes_to_a_protected_address_only_when_confirmed(
    session: Session, law: Law, as_caseworker: Visitor
) -> None:
    the_frames(session)
    grant = granted(session, a_referral(session), law=law)
    session.commit()
    as_caseworker.post(f"/aendringer/{grant.public_id}/timer", data=HOURS)
    decision = session.scalars(select(Decision).where(Decision.kind == "hours")).one()
    grant.citizen.protected = True
    session.commit()
    address = f"/aendringer/hoering/{decision.public_id}/send"
    as_caseworker.post(f"/aendringer/hoering/{decision.public_id}/oplysning", data=FACT)

    unconfirmed = as_caseworker.post(address)
    confirmed = as_caseworker.post(address, data={"address_confirmed": "y"})

    assert unconfirmed.status_code == 422
    assert "Bekræft, at brevet må sendes til den beskyttede adresse." in unconfirmed.text
    assert confirmed.status_code == 303
