"""Alle breve, alle udfald, alle år: no word on how sure we are, no key of ours, no fact the case does not hold."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date

import pytest
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters import service
from jobcenter_mentor.domain.kernel.errors import NotInForce
from jobcenter_mentor.domain.law.grounds import Ground, ground_of
from jobcenter_mentor.domain.law.law import Law
from tests.builders import a_municipality, a_user
from tests.casefile.letters.every import YEARS, Written, of_courses, of_referrals
from tests.casefile.letters.samples import pages_of, words_of
from tests.casefile.letters.test_paper import lix

UNSURE = re.compile(
    r"ikke læst|ikke bekræftet|uafklaret|ikke kendt|fortolkning|antage[ts]|ukendt|usikker|unconfirmed|\binf\b|\bsfi\b"
    r"|lovforslag|advarsel",
    re.I,
)
KEY = re.compile(
    r"\b(lab20\d\d|ref20\d\d|proc|local|office|citizen|request|dl|decision|reimbursement|citation|group)\.[a-z]"
    r"|\w_\w|\bNone\b|[{}<>]|\bTrue\b|\bFalse\b|\b(INT|VIRK|EKST|BOST|VKON|SAGS|TILB|HONO|FRIV)\b|\b1 timer\b|\d,\d"
)
KINDS = {"decision", "refusal", "hours", "extension", "ending", "mentor", "hearing", "agreement"}
THIRD_PERSON = re.compile(r"\bborgeren", re.I)
ACT_CHANGES = (date(2013, 4, 23), date(2014, 1, 15), date(2016, 1, 15), date(2020, 1, 15), date(2022, 7, 1))
"""Days on which courses run that were granted under the law before."""
JULY_2013, APRIL_2013 = date(2013, 7, 1), date(2013, 4, 24)


def _benefit(one: Written) -> str:
    if one.grant is not None:
        return one.grant.benefit
    status = one.referral.citizen.status_on(one.on) if one.referral else None
    return status.benefit if status else ""


def _mentor_type(one: Written) -> object:
    return one.grant.mentor_type if one.grant else _of(one, "mentor_type")


def _of(one: Written, name: str) -> object:
    return getattr(one.referral, name, None)


def _course_or_answer(one: Written, name: str) -> object:
    """Return what the law answers; of an agreement what its course was granted with."""
    return getattr(one.grant if one.draft.kind == "agreement" else one.assessment, name)


ONLY_WHERE: dict[str, Callable[[Written], object]] = {
    "både ret og pligt": lambda one: _course_or_answer(one, "right_and_duty") and one.on.year < 2020,
    "Du har ret til mentoren": lambda one: _course_or_answer(one, "right"),
    "Derfor har du ret": lambda one: one.assessment.right is True,
    "Derfor skal vi give dig": lambda one: one.assessment.right_and_duty is True,
    "Mentoren er et tilbud": lambda one: not _course_or_answer(one, "right"),
    "psykiatrisk afdeling": lambda one: _of(one, "discharge_date"),
    "er udskrevet": lambda one: (day := _of(one, "discharge_date")) and day <= one.on,
    "optaget på en uddannelse": lambda one: _of(one, "education_kind") == "study_or_job_qualifying",
    "personlige forhold": lambda one: _of(one, "cannot_because") == "personal",
    "Du får kontanthjælp": lambda one: _benefit(one) == "kontanthjaelp",
    "Du får sygedagpenge": lambda one: _benefit(one) == "sygedagpenge",
    "Du får dagpenge": lambda one: _benefit(one) == "dagpenge",
    "Du får uddannelseshjælp": lambda one: _benefit(one) == "uddannelseshjaelp",
    "Hjælpen er mere": lambda one: _of(one, "beyond_normal") is True,
    "Hjælpen er ikke mere": lambda one: _of(one, "beyond_normal") is False,
    "Den er afgørende": lambda one: _of(one, "decisive") is True,
    "Målet skal være nået": lambda one: _of(one, "goal_by"),
    "i forvejen bostøtte": lambda one: _of(one, "other_support") == "sel85",
    "Du er flyttet": lambda one: " moved " in one.name,
    "Målet med mentorstøtten er nået": lambda one: " goal " in one.name,
    "Du begynder i et andet tilbud": lambda one: "ordinary_offer" in one.name,
    "Min Plan": lambda one: one.on.year >= 2020 or "agreement" in one.name,
    "6 måneder": lambda one: one.on >= APRIL_2013,
    "§ 93": lambda one: 2014 <= one.on.year < 2020,
    "§ 96 c": lambda one: 2014 <= one.on.year < 2020,
    "§ 31 ": lambda one: 2014 <= one.on.year < 2020,
    "§ 78": lambda one: one.on.year < 2014,
    "§ 79": lambda one: one.on.year < 2014 and _mentor_type(one) == "VIRK",
    "§ 167": lambda one: one.on.year >= 2020,
    "§ 167, stk. 3": lambda one: one.assessment.says("lab2020.s167.3"),
    "§ 169": lambda one: one.on.year >= 2020 and _mentor_type(one) == "VIRK",
    "§ 52": lambda one: one.on.year >= 2020,
    "integrationslovens § 23 d": lambda one: "newcomer" in one.name,
    "beskæftigelsesankenævnet": lambda one: one.on < JULY_2013,
    "Ankestyrelsens Beskæftigelsesudvalg": lambda one: one.on >= JULY_2013,
}
"""What a letter may say only where the case and the day hold it."""


QUICK = {date(2013, 4, 23), date(2014, 1, 15), date(2017, 10, 15), date(2020, 1, 15), date(2026, 10, 15)}
"""The days of the commit's suite, one for each act; the thorough suite takes all."""
DAYS = sorted([*ACT_CHANGES, *(date(year, 10, 15) for year in YEARS)])
SOME = [pytest.param(day, False) for day in DAYS if day in QUICK]
ALL = [pytest.param(day, True, marks=pytest.mark.slow) for day in DAYS]


@pytest.mark.parametrize(("on", "thorough"), SOME + ALL, ids=str)
def test_no_letter_of_any_outcome_tells_how_sure_we_are_or_what_the_case_does_not_hold(
    session: Session, law: Law, on: date, thorough: bool
) -> None:
    """Render one letter of each kind and outcome, or all; read what every one of them is made of."""
    a_municipality(session)
    by = a_user(session, "SB", full_name="Lone Bæk")
    readable: dict[tuple[str, str], list[float]] = defaultdict(list)
    grounds: set[Ground] = set()
    waiting: set[str] = set()

    for make in (of_referrals, of_courses):
        for one in make(session, law, by, on):
            if gaps := service.gaps(one.draft):
                waiting |= {one.draft.kind} if gaps.keys() == {"reading"} else set()
                continue
            checked(one, " ".join(texts_of(one.draft.values)))
            grounds.add(ground_of(one.assessment))
            outcome = (one.draft.kind, one.assessment.outcome.value)
            if thorough or outcome not in readable:
                pdf = service.render(one.draft)
                words = words_of(pdf)
                checked(one, words)
                pages = 1 + bool(one.draft.values["data_notice"])
                assert pages_of(pdf) == pages or one.draft.kind == "agreement", one.name
                readable[outcome].append(lix(words.partition("This is an important")[0]))

    assert {kind for kind, _outcome in readable} | waiting == KINDS
    assert (Ground.DUTY in grounds) == (2014 <= on.year < 2020)
    assert (Ground.DISCHARGE in grounds) == (on.year >= 2014)
    assert (Ground.EDUCATION in grounds) == (on >= date(2022, 5, 22))
    assert all(number < 40 for numbers in readable.values() for number in numbers)


@pytest.mark.parametrize("on", [date(2027, 1, 15), date(2027, 10, 15)], ids=str)
def test_no_letter_is_written_under_a_law_that_is_not_entered(session: Session, law: Law, on: date) -> None:
    a_municipality(session)
    by = a_user(session, "SB")

    for make in (of_referrals, of_courses):
        written: list[Written] = []
        with pytest.raises(NotInForce, match="Loven for denne dag er endnu ikke lagt ind"):
            written.extend(make(session, law, by, on))
        assert all("legal_basis" in service.gaps(one.draft) for one in written)


def texts_of(value: object) -> list[str]:
    """Return every text that a letter's values hold."""
    if isinstance(value, Mapping):
        return [text for one in value.values() for text in texts_of(one)]
    if isinstance(value, list | tuple):
        return [text for one in value for text in texts_of(one)]
    return [value] if isinstance(value, str) else []


def checked(one: Written, words: str) -> None:
    """Check one letter: nothing unsure, no key, no third person, no fact that is another's."""
    said = words.replace("Borger Mentor Jobcenter", "")
    assert not UNSURE.search(said), (one.name, UNSURE.search(said))
    assert not KEY.search(said), (one.name, KEY.search(said))
    assert not THIRD_PERSON.search(said), one.name
    for phrase, holds in ONLY_WHERE.items():
        assert phrase not in said or holds(one), (phrase, one.name)
