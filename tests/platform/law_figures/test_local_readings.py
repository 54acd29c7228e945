"""Kommunens læsninger: a decision on an open point waits until two persons have said how the law is read."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.service import LetterDraft
from jobcenter_mentor.casework.changes.letters import hearing_basis, planned_words
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.casework.grants import hearing
from jobcenter_mentor.casework.grants import proposal as proposing
from jobcenter_mentor.casework.grants.hearing_facts import service as facts
from jobcenter_mentor.casework.grants.models import Decision
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotAllowed, ValidationFailed
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.open_points import OPEN_POINTS, readable
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.platform.law_figures import local_readings
from jobcenter_mentor.platform.law_figures.local_readings import NewReading
from jobcenter_mentor.platform.law_figures.models import LocalReading
from jobcenter_mentor.platform.law_figures.service import law as law_of
from jobcenter_mentor.platform.law_figures.service import law_known_on
from tests import builders as a
from tests.casework.grants.cases import KNOWN, PDF, a_discretionary_referral, approved, people, proposed, the_frames
from tests.logins import Visitor

POINT = "discharge_late_start"
SAID = "Vi læser loven sådan, at du kan få en mentor, selv om du er udskrevet for mere end tre måneder siden."
NEW = NewReading(POINT, SAID, date(2014, 10, 1), "Ledelsen den 1. oktober 2014.")


def a_late_referral(session: Session) -> Referral:
    """A referral of somebody discharged so long ago that the law doesn't say whether the right stands."""
    the_frames(session)
    citizen = a.a_citizen(session, benefit="sygedagpenge", visitation="sygemeldt")
    return a_discretionary_referral(session, citizen, psychiatric_inpatient=False, discharge_date=date(2014, 5, 1))


def stated(session: Session, **changes: Any) -> LocalReading:
    """Propose and approve a reading."""
    row = local_readings.propose(session, replace(NEW, **changes), actor=Actor(a.a_user(session, "TL"), a.WORKING_DAY))
    return local_readings.approve(session, row, actor=Actor(a.a_user(session, "MK"), a.WORKING_DAY))


def test_a_decision_on_an_open_point_is_not_proposed_before_the_reading(session: Session) -> None:
    referral, who = a_late_referral(session), people(session)

    with pytest.raises(ValidationFailed, match="Kommunen skal først skrive, hvordan den læser loven") as refused:
        proposed(session, referral, by=who.caseworker, law=law_of(session))

    assert list(refused.value.errors) == ["reading"]


@pytest.mark.parametrize("kind", ["grant", "refusal"])
def test_the_reading_is_the_reason_in_the_letter(session: Session, kind: str) -> None:
    referral, who = a_late_referral(session), people(session)
    stated(session)
    refusing = proposing.Refusing(considerations="Du klarer dig.", other_help="Bostøtte.", hearing_note="Hørt.")
    law = law_of(session)
    decision = proposed(session, referral, by=who.caseworker, law=law, kind=kind, refusing=refusing)

    draft = deciding.letter_draft(session, decision, on=a.WORKING_DAY, law=law)

    assert SAID in draft.values["reasons"]
    assert letters.render(draft).startswith(b"%PDF")
    approved(session, decision, by=who.leader, law=law)
    assert decision.letter_id is not None


def a_refusal(session: Session) -> Decision:
    """A refusal proposed on the open point, which the municipality has read."""
    referral, who = a_late_referral(session), people(session)
    stated(session)
    refusing = proposing.Refusing(considerations="Du klarer dig.", other_help="Bostøtte.", hearing_note="Hørt.")
    decision = proposed(session, referral, by=who.caseworker, law=law_of(session), kind="refusal", refusing=refusing)
    facts.add(session, decision, KNOWN, actor=Actor(who.caseworker, a.WORKING_DAY))
    return decision


def the_hearing_letter(session: Session, decision: Decision) -> LetterDraft:
    law, planned = law_of(session), planned_words(None, decision)
    basis = hearing_basis(None, decision, law, a.WORKING_DAY)
    return hearing.draft(session, decision, planned=planned, legal_basis=basis, on=a.WORKING_DAY, law=law)


def test_the_citizen_is_heard_with_the_reading_that_the_decision_will_rest_on(session: Session) -> None:
    decision = a_refusal(session)

    draft = the_hearing_letter(session, decision)

    assert draft.values["reasons"] == f"{decision.reason} {SAID}"
    assert letters.render(draft).startswith(b"%PDF")


def test_nobody_is_heard_about_an_open_point_that_is_not_read(session: Session) -> None:
    decision = a_refusal(session)
    stated(session, takes_back=True, wording="", valid_from=date(2014, 10, 2))

    with pytest.raises(ValidationFailed) as refused:
        letters.render(the_hearing_letter(session, decision))

    assert list(refused.value.errors) == ["reading"]


def test_a_reading_taken_back_stops_what_waits(session: Session) -> None:
    referral, who = a_late_referral(session), people(session)
    stated(session)
    decision = proposed(session, referral, by=who.caseworker, law=law_of(session))
    old = deciding.letter_draft(session, decision, on=a.WORKING_DAY, law=law_of(session))
    stated(session, takes_back=True, wording="", valid_from=date(2014, 10, 2))
    now = law_of(session)

    with pytest.raises(Conflict, match="Oplysningerne i brevet er ændret"):
        deciding.approve(session, decision, actor=Actor(who.leader, a.WORKING_DAY), law=now, letter=(old, PDF))
    with pytest.raises(ValidationFailed, match="Kommunen skal først"):
        approved(session, decision, by=who.leader, law=now)


def test_a_later_reading_takes_over_from_its_day_and_the_old_one_stays_kept(session: Session) -> None:
    stated(session)
    stated(session, wording=f"{SAID} Det gælder i seks måneder.", valid_from=date(2014, 11, 1))
    law = law_of(session)

    first, second = (law.on(date(2014, month, 15)).reading(POINT) for month in (10, 11))

    assert first is not None
    assert first.text == SAID
    assert second is not None
    assert second.text.endswith("i seks måneder.")
    assert law.on(date(2014, 9, 30)).reading(POINT) is None
    assert len(local_readings.list_decided(session)) == 2


def test_a_settled_case_needs_no_reading(session: Session, law: Law) -> None:
    the_frames(session)

    assert proposed(session, a_discretionary_referral(session), by=people(session).caseworker, law=law).id


def test_nothing_holds_before_another_has_approved(session: Session) -> None:
    proposer = a.a_user(session, "TL")
    row = local_readings.propose(session, NEW, actor=Actor(proposer, a.WORKING_DAY))

    assert law_of(session).on(a.WORKING_DAY).reading(POINT) is None
    with pytest.raises(NotAllowed, match="En anden skal godkende"):
        local_readings.approve(session, row, actor=Actor(proposer, a.WORKING_DAY))
    local_readings.approve(session, row, actor=Actor(a.a_user(session, "TL"), a.WORKING_DAY))
    with pytest.raises(InvalidTransition):
        local_readings.reject(session, row, actor=Actor(proposer, a.WORKING_DAY))
    assert session.scalars(select(Event.action).where(Event.subject == "local_reading")).all() == [
        "reading.propose",
        "reading.approve",
    ]


def test_a_rejected_proposal_never_holds(session: Session) -> None:
    row = local_readings.propose(session, NEW, actor=Actor(a.a_user(session, "TL"), a.WORKING_DAY))
    local_readings.reject(session, row, actor=Actor(a.a_user(session, "MK"), a.WORKING_DAY))

    assert law_of(session).on(a.WORKING_DAY).reading(POINT) is None
    assert list(local_readings.list_waiting(session)) == []


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"valid_from": None}, "valid_from", "Skriv den dag"),
        ({"valid_from": date(2013, 12, 31)}, "valid_from", "åbent fra 01.01.2014 og frem"),
        ({"point": "education_2010", "valid_from": date(2014, 1, 1)}, "valid_from", "28.04.2010 til 22.06.2011"),
        ({"point": "refund_2025"}, "point", "Vælg et af de punkter"),
        ({"point": "act_2027"}, "point", "Vælg et af de punkter"),
        ({"wording": "Ja."}, "wording", "så borgeren kan forstå det"),
        ({"wording": "Rammen er brugt op, og derfor giver vi ikke støtte nu."}, "wording", "Begrund med loven"),
        ({"wording": "æ" * 1001}, "wording", "Højst 1000"),
        ({"reason": " "}, "reason", "hvem der har besluttet"),
        ({"takes_back": True}, "wording", "Lad teksten være tom"),
        ({"takes_back": True, "wording": ""}, "valid_from", "ingen læsning at tage tilbage"),
    ],
)
def test_a_reading_that_can_t_be_stated_so(session: Session, changes: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        local_readings.propose(session, replace(NEW, **changes), actor=Actor(a.a_user(session, "TL"), a.WORKING_DAY))

    assert words in refused.value.errors[field][0]


def test_a_reading_is_changed_from_a_later_day_only(session: Session) -> None:
    stated(session)

    with pytest.raises(ValidationFailed, match="Forslaget er ikke gemt") as refused:
        local_readings.propose(session, NEW, actor=Actor(a.a_user(session, "TL"), a.WORKING_DAY))
    assert "fra en senere dag" in refused.value.errors["valid_from"][0]


def test_one_proposal_of_a_point_waits_at_a_time(session: Session) -> None:
    local_readings.propose(session, NEW, actor=Actor(a.a_user(session, "TL"), a.WORKING_DAY))

    with pytest.raises(Conflict, match="venter allerede"):
        local_readings.propose(session, NEW, actor=Actor(a.a_user(session, "MK"), a.WORKING_DAY))


@pytest.mark.parametrize(
    "wrong",
    [
        {"approved_by_id": None},
        {"approved_on": None},
        {"rejected_by_id": 1, "rejected_on": date(2014, 10, 1)},
        {"reason": " "},
        {"approved_by_id": "the same"},
    ],
    ids=["nobody approved", "no day", "approved and rejected", "no reason", "the same person twice"],
)
def test_the_database_refuses_a_reading_without_two_persons(session: Session, wrong: dict[str, Any]) -> None:
    first = a.a_user(session, "TL")
    told = {"proposed_by_id": first.id, **wrong}
    told |= {"approved_by_id": first.id} if wrong.get("approved_by_id") == "the same" else {}

    with pytest.raises(IntegrityError), session.begin_nested():
        a.a_local_reading(session, POINT, SAID, date(2014, 10, 1), **told)


def test_the_database_refuses_two_of_one_day_and_two_that_wait(session: Session) -> None:
    a.a_local_reading(session, POINT, SAID, date(2014, 10, 1))
    with pytest.raises(IntegrityError), session.begin_nested():
        a.a_local_reading(session, POINT, SAID, date(2014, 10, 1))
    waits = {"approved_by_id": None, "approved_on": None}
    a.a_local_reading(session, POINT, SAID, date(2014, 11, 1), **waits)
    with pytest.raises(IntegrityError), session.begin_nested():
        a.a_local_reading(session, POINT, SAID, date(2014, 12, 1), **waits)


@pytest.mark.parametrize("waits", [True, False], ids=["waiting", "in force"])
@pytest.mark.parametrize("changed", [{"wording": "Noget andet."}, {"valid_from": date(2015, 1, 1)}, {"reason": "x"}])
def test_the_database_keeps_a_reading_as_it_was_written(session: Session, waits: bool, changed: dict[str, Any]) -> None:
    undecided: dict[str, Any] = {"approved_by_id": None, "approved_on": None} if waits else {}
    row = a.a_local_reading(session, POINT, SAID, date(2014, 10, 1), **undecided)

    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(update(LocalReading).where(LocalReading.id == row.id).values(changed))


def test_a_replay_knows_only_the_readings_of_its_day(session: Session) -> None:
    stated(session)

    assert law_known_on(session, date(2014, 10, 14)).on(date(2014, 10, 14)).reading(POINT) is None
    assert law_known_on(session, a.WORKING_DAY).on(a.WORKING_DAY).reading(POINT) is not None


def test_every_point_that_moves_the_support_can_be_read_but_a_law_that_is_not_there() -> None:
    assert [point.code for point in readable()] == [
        "education_2010",
        "agreement_2013",
        "education_right_2020",
        "discharge_late_start",
        "discharge_purpose_2023",
    ]


def test_two_persons_state_a_reading_on_the_pages(
    session: Session, as_team_leader: Visitor, as_coordinator: Visitor
) -> None:
    told = {"point": POINT, "wording": SAID, "valid_from": "01-10-2014", "reason": "Ledelsen."}

    made = as_team_leader.post("/regler/laesninger/ny", data=told)
    page = as_team_leader.get(made.location).get_data(as_text=True)
    assert "En anden skal godkende læsningen." in page
    assert "Godkend læsningen" not in page
    assert as_team_leader.post(f"{made.location}/godkend").status_code in (403, 409)
    assert as_coordinator.post(f"{made.location}/godkend").status_code == 303

    shown = as_coordinator.get("/regler/laesninger").get_data(as_text=True)
    assert SAID in shown
    assert "gælder fra 01.10.2014" in shown


def test_a_page_with_a_mistake_shows_it_at_the_field(as_team_leader: Visitor) -> None:
    answer = as_team_leader.post("/regler/laesninger/ny", data={"point": POINT, "wording": SAID, "reason": "x"})

    assert answer.status_code == 422
    assert "Skriv en dato" in answer.get_data(as_text=True)


def test_a_caseworker_reads_them_and_is_told_who_writes(as_caseworker: Visitor) -> None:
    page = as_caseworker.get("/regler/laesninger").get_data(as_text=True)

    assert "En teamleder, mentorkoordinator eller økonomimedarbejder kan skrive en læsning." in page
    assert as_caseworker.get("/regler/laesninger/ny").status_code == 403


def test_the_decision_s_page_leads_to_the_reading_and_then_shows_it(session: Session, as_team_leader: Visitor) -> None:
    referral, who = a_late_referral(session), people(session)
    stated(session)
    decision: Decision = proposed(session, referral, by=who.caseworker, law=law_of(session))
    address = f"/bevillinger/afgoerelse/{decision.public_id}"
    assert "Kommunens læsning fra 01.10.2014." in as_team_leader.get(address).get_data(as_text=True)
    stated(session, takes_back=True, wording="", valid_from=date(2014, 10, 2))

    page = as_team_leader.get(address).get_data(as_text=True)

    assert 'href="/regler/laesninger"' in page
    assert "Loven lader stå åbent:" in page
    assert "disabled" in page.split("Godkend og send brevet")[0].rsplit("<button", 1)[1]


@pytest.mark.parametrize("point", ["discharge_late_start", "education_right_2020", "education_2010", "agreement_2013"])
@pytest.mark.parametrize(
    ("words", "claims"),
    [
        ("Du har ret til en mentor, selv om det er længe siden.", True),
        ("Vi læser loven sådan, at retten består i et halvt år.", True),
        ("Derfor har du stadig ret til mentoren efter loven.", True),
        ("Loven siger det ikke, men retten til en mentor gælder fortsat.", True),
        ("Du har ikke ret til en mentor, men kan få den som et tilbud.", False),
        ("Loven siger ikke, om retten består. Du kan få en mentor som et tilbud.", False),
        ("Du har ret til at klage, og du kan få en mentor som et tilbud.", False),
    ],
)
def test_a_reading_tells_of_no_right_that_the_letter_does_not_rest_on(
    session: Session, point: str, words: str, claims: bool
) -> None:
    day = OPEN_POINTS[point].first
    new = replace(NEW, point=point, wording=words, valid_from=day)

    if not claims:
        assert (
            local_readings.propose(session, new, actor=Actor(a.a_user(session, "TL"), a.WORKING_DAY)).wording == words
        )
        return
    with pytest.raises(ValidationFailed) as refused:
        local_readings.propose(session, new, actor=Actor(a.a_user(session, "TL"), a.WORKING_DAY))
    assert refused.value.errors == {"wording": [local_readings.NO_RIGHT]}


def test_a_reading_may_tell_of_the_right_where_only_its_purpose_is_open(session: Session) -> None:
    said, day = "Du har ret til en mentor efter udskrivningen.", date(2023, 3, 20)
    new = replace(NEW, point="discharge_purpose_2023", wording=said, valid_from=day)

    assert (
        local_readings.propose(session, new, actor=Actor(a.a_user(session, "TL"), a.WORKING_DAY)).wording == new.wording
    )
