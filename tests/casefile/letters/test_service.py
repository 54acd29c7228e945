"""Breve: tagged PDF with all required parts, kept byte for byte; what was typed stays text."""

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from jobcenter_mentor.casefile.letters import service
from jobcenter_mentor.domain.kernel.errors import NotFound, ValidationFailed
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit.models import Event
from tests.builders import WORKING_DAY, a_citizen, a_referral, a_team, a_user
from tests.casefile.letters.samples import AGREEMENT, GRANT, REFUSAL, drafts, words_of

HOSTILE = '#import "x.typ" {{ 7*7 }} "citat" $x$ *fed* \\ @ref <b> #panic("nu") </b> // væk'


def sent(session, citizen, draft=None, **changes):
    draft = draft or service.decision_draft("decision", GRANT)
    return service.keep(
        session,
        draft,
        service.render(draft),
        citizen_id=citizen.id,
        actor=Actor(a_user(session), WORKING_DAY),
        **changes,
    )


@pytest.mark.parametrize("kind", sorted(drafts()))
def test_every_letter_is_a_tagged_danish_pdf_with_a_title(kind):
    reader = PdfReader(io.BytesIO(service.render(drafts()[kind])))
    catalogue = reader.trailer["/Root"]

    assert catalogue["/MarkInfo"]["/Marked"].value
    assert str(catalogue["/Lang"]).startswith("da")
    assert reader.metadata.title
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()


def test_a_grant_says_what_the_law_asks_for():
    words = words_of(service.render(service.decision_draft("decision", GRANT)))

    for part in (
        "Emil Krogh Åvej 3",
        "15. oktober 2014",
        "Sag 2014-0921",
        "Du får en mentor",
        "bus 4A",
        "1 time og 45 minutter om ugen",
        "fra den 20. oktober 2014 til og med den 19. april 2015",
        "mindst hver uge",
        "Målet skal være nået senest den 1. marts 2015",
        "Vi kontakter dig senest den 20. oktober 2014",
        "Du får kontanthjælp og er aktivitetsparat",
        "Vi har lagt mest vægt på",
        "Afgørelsen følger § 93 og § 31 b i lov om en aktiv beskæftigelsesindsats (LAB)",
        "højst kan vare 6 måneder",
        "Den 20. januar 2015 taler vi om, hvordan det går",
        "Afgørelsen gælder, mens klagen bliver behandlet",
    ):
        assert part in words


def test_from_2020_the_grant_speaks_of_the_plan():
    words = words_of(service.render(service.decision_draft("decision", replace(GRANT, in_plan=True))))

    assert "I planen står mentorens navn" in words
    assert "du kan få en mentor i højst 6 måneder" in words
    assert "aftale" not in words.partition("Hvis du er uenig")[0].replace("Du har en aftale med din læge", "")


def test_a_refusal_says_hearing_considerations_and_other_help():
    words = words_of(service.render(service.decision_draft("refusal", REFUSAL)))

    for part in (
        "Du får ikke en mentor",
        "»Jeg vil gerne have en mentor.«",
        "Du kan deltage i andre tilbud",
        "Støtten er ikke afgørende",
        "servicelovens § 85",
        "virksomheden eller skolen normalt giver",
        "Derfor får du nej",
        "§ 31 b, stk. 1 og § 31 d i lov om en aktiv beskæftigelsesindsats",
        "kan du søge igen",
    ):
        assert part in words


@pytest.mark.parametrize("sign", ["😀", "中"])
def test_a_sign_that_cannot_be_printed_is_named_where_it_stands(sign):
    draft = service.decision_draft("decision", replace(GRANT, goal=f"Emil tager selv bussen {sign}."))

    with pytest.raises(ValidationFailed, match=f"Tegnet »{sign}« kan ikke trykkes") as refused:
        service.render(draft)

    assert list(refused.value.errors) == ["goal"]


def test_an_agreement_holds_its_items_and_its_own_words_on_complaints():
    words = words_of(service.render(service.agreement_draft(AGREEMENT)))

    for part in (
        "1. Mål Emil tager selv bussen",
        "2. Mentor Samira Haddad, 00 11 22 33",
        "3. Opgaver Træne offentlig transport",
        "4. Periode fra den 20. oktober 2014",
        "5. Timer 2 timer om ugen",
        "6. Klage Klag til Jobcenter Sønderå inden fire uger",
        "kræves af LAB § 31 c, stk. 2",
    ):
        assert part in words
    assert "Ankestyrelsen" not in words


def test_from_2020_the_agreement_is_the_municipalitys_own_and_names_the_plan():
    values = replace(AGREEMENT, in_plan=True, demanded_by="§ 52 i bekendtgørelsen", complaint_guidance="")

    words = words_of(service.render(service.agreement_draft(values)))

    assert "Den er kommunens egen. De første fem punkter skal også stå i Min Plan (§ 52 i bekendtgørelsen)" in words
    assert "6. Klage" not in words


def test_who_acts_for_the_citizen_is_named():
    values = replace(GRANT, represented_by="Din partsrepræsentant er Ida Holm.", copy_to="Ida Holm")

    words = words_of(service.render(service.decision_draft("decision", values)))

    assert "Din partsrepræsentant er Ida Holm. Kopi sendt til Ida Holm" in words


def test_hostile_text_stays_text():
    words = words_of(service.render(service.decision_draft("decision", replace(GRANT, goal=HOSTILE, reasons=HOSTILE))))

    assert "".join(words.split()).count("".join(HOSTILE.split())) == 2


@pytest.mark.parametrize(
    ("draft", "gap"),
    [
        (service.decision_draft("decision", replace(GRANT, reasons="")), "reasons"),
        (service.decision_draft("decision", replace(GRANT, start=None)), "period"),
        (service.decision_draft("decision", replace(GRANT, legal_basis=())), "legal_basis"),
        (service.decision_draft("refusal", replace(REFUSAL, hearing="")), "hearing"),
        (service.decision_draft("refusal", replace(REFUSAL, other_help="")), "other_help"),
        (service.agreement_draft(replace(AGREEMENT, mentor_contact="")), "mentor_contact"),
        (service.agreement_draft(replace(AGREEMENT, tasks=())), "tasks"),
    ],
)
def test_a_letter_with_a_gap_is_not_set(draft, gap):
    with pytest.raises(ValidationFailed) as refused:
        service.render(draft)

    assert tuple(refused.value.errors) == service.FIELDS.get(gap, (gap,))


@pytest.mark.parametrize("reason", ["Mentorrammen er brugt.", "Der er ikke råd i budgettet.", "Vi får ingen refusion."])
def test_money_is_never_the_reason_of_a_refusal(reason):
    with pytest.raises(ValidationFailed, match="Begrund med loven"):
        service.render(service.decision_draft("refusal", replace(REFUSAL, reasons=reason)))


def test_firm_days_may_be_a_reason():
    said = replace(REFUSAL, reasons="Du har allerede faste rammer om din hverdag.")

    assert service.gaps(service.decision_draft("refusal", said)) == {}


def test_a_letter_is_kept_as_it_was_sent(session):
    draft = service.decision_draft("decision", GRANT)
    pdf = service.render(draft)
    citizen, user = a_citizen(session), a_user(session)

    letter = service.keep(session, draft, pdf, citizen_id=citizen.id, actor=Actor(user, WORKING_DAY))
    session.commit()
    session.expunge_all()
    again = service.get_letter(session, letter.public_id, actor=Actor(user, WORKING_DAY))

    assert again.pdf == pdf
    assert len(again.sha256) == 64
    assert again.template == f"decision@{service.template_version('decision')}"


def test_a_protected_citizens_letter_needs_a_second_confirmation(session):
    citizen = a_citizen(session, protected=True)

    with pytest.raises(ValidationFailed) as refused:
        sent(session, citizen)
    letter = sent(session, citizen, service.decision_draft("decision", GRANT, address_confirmed=True))

    assert list(refused.value.errors) == ["address_confirmed"]
    assert letter.id


def test_reading_a_letter_is_logged_and_only_possible_in_scope(session):
    letter = sent(session, a_citizen(session))
    stranger = a_user(session, team=a_team(session, "Team Voksen"))

    service.get_letter(session, letter.public_id, actor=Actor(a_user(session), WORKING_DAY))
    with pytest.raises(NotFound):
        service.get_letter(session, letter.public_id, actor=Actor(stranger, WORKING_DAY))

    session.flush()
    looks = session.scalars(select(Event).where(Event.action == "letter.read")).all()
    assert [row.citizen_ids for row in looks] == [[letter.citizen_id]]


def test_the_letters_of_a_case_come_newest_first(session):
    referral, user = a_referral(session), a_user(session)
    first = sent(session, referral.citizen, referral_id=referral.id)
    second = sent(session, referral.citizen, service.agreement_draft(AGREEMENT), referral_id=referral.id)
    sent(session, referral.citizen)

    of_case = service.list_of_case(session, referral_id=referral.id, actor=Actor(user, WORKING_DAY))

    assert [row.id for row in of_case] == [second.id, first.id]
    assert len(service.list_of_citizen(session, referral.citizen_id, actor=Actor(user, WORKING_DAY))) == 3


DAY = date(2015, 3, 1)


@pytest.mark.parametrize(
    ("goal", "is_named"),
    [
        ("Du tager selv bussen inden den 1. marts 2015.", True),
        ("Du tager selv bussen inden 1. marts.", True),
        ("Du tager selv bussen inden 1. mar. 2015.", True),
        ("Du tager selv bussen inden 01.03.2015.", True),
        ("Du tager selv bussen inden 1/3-15.", True),
        ("Du tager selv bussen inden 1/3 2015.", True),
        ("Du tager selv bussen inden den 1. marts 2016.", False),
        ("Du tager selv bussen inden den 11. marts 2015.", False),
        ("Du tager selv bussen inden den 1. maj 2015.", False),
        ("Du tager selv bussen 1.30 hver morgen.", False),
        ("Du tager selv bussen.", False),
    ],
)
def test_the_day_of_the_goal_stands_once(goal: str, is_named: bool) -> None:
    words = words_of(service.render(service.decision_draft("decision", replace(GRANT, goal=goal, goal_by=DAY))))

    assert ("Målet skal være nået senest den 1. marts 2015." in words) is not is_named
