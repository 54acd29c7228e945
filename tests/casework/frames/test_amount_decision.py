"""Rammens beløb: two keys, and never less than what is reserved."""

import pytest
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames import amount_decision, service
from jobcenter_mentor.casework.frames.models import FrameChange
from jobcenter_mentor.casework.frames.service import CostLine
from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests import builders as a

DAY = a.WORKING_DAY


def a_proposal(session: Session, amount: int = 320_000_000, year: int = 2015) -> FrameChange:
    proposer = a.a_user(session, "ØK")
    return amount_decision.propose_change(
        session,
        year=year,
        kind="mentor_2014",
        amount=amount,
        reason="Tilsagn fra staten",
        actor=Actor(proposer, DAY),
        law=law_of(session),
    )


def test_a_frame_is_in_force_when_another_person_has_approved_it(session: Session) -> None:
    change = a_proposal(session)

    frame = amount_decision.approve_change(session, change, actor=Actor(a.a_user(session, "TL"), DAY))

    assert (frame.year, frame.amount) == (2015, 320_000_000)
    assert amount_decision.list_changes(session, year=2015) == [change]


def test_nobody_approves_the_amount_they_proposed(session: Session) -> None:
    proposer = a.a_user(session, "ØK")
    change = amount_decision.propose_change(
        session,
        year=2015,
        kind="mentor_2014",
        amount=100,
        reason="Tilsagn",
        actor=Actor(proposer, DAY),
        law=law_of(session),
    )

    with pytest.raises(NotAllowed):
        amount_decision.approve_change(session, change, actor=Actor(proposer, DAY))
    assert service.find_frame(session, year=2015, kind="mentor_2014") is None


def test_an_amount_is_approved_once(session: Session) -> None:
    change = a_proposal(session)
    leader = a.a_user(session, "TL")
    amount_decision.approve_change(session, change, actor=Actor(leader, DAY))

    with pytest.raises(InvalidTransition):
        amount_decision.approve_change(session, change, actor=Actor(leader, DAY))


def test_a_frame_is_not_set_below_what_is_reserved(session: Session) -> None:
    a.a_frame(session, year=2015, amount=100_000)
    grant = a.a_grant(session)
    lines = [CostLine(2015, 80_000, "mentor_2014", 50)]
    service.reserve(session, grant_id=grant.id, lines=lines, may_go_beyond=False)

    with pytest.raises(Conflict, match=r"800,00 kr\. i rammen"):
        amount_decision.approve_change(session, a_proposal(session, 70_000), actor=Actor(a.a_user(session, "TL"), DAY))


def test_a_new_frame_covers_what_had_to_do_without_it(session: Session) -> None:
    grant = a.a_grant(session)
    lines = [CostLine(2015, 80_000, "mentor_2014", 50)]
    service.reserve(session, grant_id=grant.id, lines=lines, may_go_beyond=True)

    frame = amount_decision.approve_change(
        session, a_proposal(session, 60_000), actor=Actor(a.a_user(session, "TL"), DAY)
    )

    assert (frame.covered, frame.beyond) == (60_000, 20_000)


def test_a_wrong_amount_names_its_fields(session: Session) -> None:
    with pytest.raises(ValidationFailed) as refused:
        amount_decision.propose_change(
            session,
            year=14,
            kind="pot",
            amount=0,
            reason=" ",
            actor=Actor(a.a_user(session, "ØK"), DAY),
            law=law_of(session),
        )

    assert set(refused.value.errors) == {"year", "kind", "amount", "reason"}


@pytest.mark.parametrize(
    ("kind", "rate", "persons", "amount"),
    [("unemployment", 1_141_400, 1_000, 1_141_400_000), ("other_groups", 1_013_900, 400, 405_560_000)],
)
def test_a_frame_may_be_reckoned_as_rate_times_full_year_persons(
    session: Session, kind: str, rate: int, persons: int, amount: int
) -> None:
    change = amount_decision.propose_change(
        session,
        year=2018,
        kind=kind,
        rate=rate,
        persons=persons,
        reason="Udmelding",
        actor=Actor(a.a_user(session, "ØK"), DAY),
        law=law_of(session),
    )

    assert (change.amount, change.rate, change.persons) == (amount, rate, persons)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("rate", {"rate": 1_141_300, "persons": 10}),
        ("rate", {"persons": 10}),
        ("persons", {"rate": 1_141_400}),
        ("persons", {"rate": 1_141_400, "persons": 0}),
        ("amount", {"amount": 5, "rate": 1_141_400, "persons": 10}),
        ("amount", {}),
    ],
)
def test_a_rate_that_is_not_the_years_or_half_a_reckoning_is_refused(
    session: Session, field: str, given: dict[str, int]
) -> None:
    with pytest.raises(ValidationFailed) as refused:
        amount_decision.propose_change(
            session,
            year=2018,
            kind="unemployment",
            reason="Udmelding",
            actor=Actor(a.a_user(session, "ØK"), DAY),
            law=law_of(session),
            **given,
        )

    assert list(refused.value.errors) == [field]


def test_an_unknown_proposal_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound, match="Forslaget findes ikke"):
        amount_decision.get_change(session, "intet")


def test_a_second_approval_raises_the_amount_in_use(session: Session) -> None:
    leader = a.a_user(session, "TL")
    amount_decision.approve_change(session, a_proposal(session, 60_000), actor=Actor(leader, DAY))

    frame = amount_decision.approve_change(session, a_proposal(session, 90_000), actor=Actor(leader, DAY))

    session.refresh(frame)
    assert frame.amount == 90_000
