"""Afsenderen: a fact that a command keeps, and without which no letter leaves."""

import json

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters import sender, service
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.cli.main import main
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.platform.law_figures.models import Municipality
from tests import builders as a
from tests.casework.grants.cases import people, proposed, the_frames
from tests.logins import Visitor

FACTS = {
    "name": "Sønderå Kommune",
    "unit": "Jobcenter Sønderå",
    "address": "Havnegade 1, 9999 Sønderå",
    "phone": "00 10 20 30",
    "email": "job@soenderaa.example",
    "cvr": "10000009",
}


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["municipality", *words])


def options(**facts: str) -> list[str]:
    return [word for name, text in facts.items() for word in (f"--{name}", text)]


def test_an_empty_installation_is_told_who_it_is(installation: Session) -> None:
    result = run(*options(**FACTS), "--json")

    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert {name: told[name] for name in FACTS} == FACTS
    assert (told["hours"], told["missing"]) == ("", [])
    assert told["complaint_address"] == "Jobcenter Sønderå, Havnegade 1, 9999 Sønderå"
    assert json.loads(run("--show", "--json").stdout) == told


def test_only_what_is_named_changes_and_it_is_logged(installation: Session) -> None:
    run(*options(**FACTS))

    result = run("--phone", "+45 00102040", "--hours", "mandag-fredag kl. 9-15")

    assert result.exit_code == 0
    assert sender.office(installation) == sender.Office(
        **FACTS | {"phone": "00 10 20 40"}, hours="mandag-fredag kl. 9-15"
    )
    assert installation.scalar(select(func.count()).select_from(Municipality)) == 1
    acts = installation.scalars(select(Event.detail).where(Event.action == "municipality.change")).all()
    assert acts[-1] == {"facts": ["hours", "phone"]}


def test_what_is_still_missing_is_named_and_is_not_green(installation: Session) -> None:
    result = run("--name", "Sønderå Kommune")

    assert result.exit_code == 1
    assert "Mangler: --unit, --address, --phone." in result.stderr
    assert run("--show").exit_code == 1


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"cvr": "12345678"}, ["--cvr: CVR-nummeret skal have otte cifre"]),
        ({"phone": "1234"}, ["--phone: Telefonnummer: 8 cifre"]),
        ({"email": "kommunen"}, ["--email: Ikke en gyldig e-mailadresse."]),
        ({"name": "  "}, ["--name: Skriv kommunens navn."]),
        ({"name": "x" * 101}, ["--name: Kommunens navn må højst være på 100 tegn."]),
        ({"name": "Sønder\x01å"}, ["--name: Teksten har et styretegn (kode 0001)"]),
        ({"unit": "Job\u202ecenter"}, ["--unit: Teksten har skjulte tegn"]),
        ({"address": "Havnegade \udcff"}, ["--address: Teksten har skjulte tegn"]),
        ({"cvr": "1", "phone": "x", "email": "@"}, ["--cvr:", "--phone:", "--email:"]),
    ],
    ids=["cvr", "phone", "mail", "empty", "long", "control sign", "turned", "no sign", "all at once"],
)
def test_bad_facts_are_refused_by_name_and_nothing_is_kept(
    installation: Session, facts: dict[str, str], named: list[str]
) -> None:
    result = run(*options(**facts), "--hours", "altid")

    assert result.exit_code == 2
    assert all(words in result.stderr for words in named)
    assert sender.office(installation) == sender.Office()


@pytest.mark.parametrize("words", [[], ["--show", "--phone", "00102030"]], ids=["nothing", "both"])
def test_a_call_that_says_nothing_is_refused(installation: Session, words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_help_is_danish() -> None:
    assert "Skriv, hvem der sender brevene" in run("--help").stdout


@pytest.mark.parametrize("missing", ["name", "jobcentre", "address", "phone"])
def test_no_decision_is_proposed_or_sent_without(session: Session, law: Law, missing: str) -> None:
    the_frames(session)
    who, decided, new = people(session), a.a_referral(session), a.a_referral(session)
    decision = proposed(session, decided, by=who.caseworker, law=law)
    a.a_municipality(session, **{missing: ""})

    with pytest.raises(ValidationFailed, match="jobcenter-mentor municipality") as refused:
        service.render(deciding.letter_draft(session, decision, on=a.WORKING_DAY, law=law))
    assert list(refused.value.errors) == ["sender"]
    with pytest.raises(ValidationFailed, match="jobcenter-mentor municipality"):
        proposed(session, new, by=who.caseworker, law=law)


def test_the_decision_s_page_says_what_the_sender_lacks(session: Session, law: Law, as_team_leader: Visitor) -> None:
    the_frames(session)
    decision = proposed(session, a.a_referral(session), by=people(session).caseworker, law=law)
    a.a_municipality(session, phone="")

    page = as_team_leader.get(f"/bevillinger/afgoerelse/{decision.public_id}").get_data(as_text=True)

    assert "Afsenderen mangler: telefonnummeret." in page
