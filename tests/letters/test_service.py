"""Breve: tagged PDF with all required parts, kept byte for byte; what was typed stays text."""

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from jobcenter_mentor.audit.models import Event
from jobcenter_mentor.domain.errors import NotFound, ValidationFailed
from jobcenter_mentor.letters import service
from jobcenter_mentor.letters.values import AgreementValues, DecisionValues, Sender
from tests.builders import WORKING_DAY, a_citizen, a_referral, a_team, a_user

SENDER = Sender(
    "Sønderå Kommune",
    "Jobcenter Sønderå",
    "Havnegade 1, 9999 Sønderå",
    "00 10 20 30",
    "jobcenter@example.dk",
    "Lone Bæk",
)
GRANT = DecisionValues(
    sender=SENDER,
    recipient=("Emil Krogh", "Åvej 3", "9999 Sønderå"),
    case_number="2014-0921",
    letter_date=WORKING_DAY,
    title="Bevilling af mentorstøtte",
    verdict="Du får mentorstøtte fra den 20. oktober 2014.",
    legal_basis="LAB § 93",
    group="Kontanthjælp, aktivitetsparat (LAB § 2, nr. 3)",
    goal="Emil tager selv bus 4A tre dage om ugen.",
    mentor_type="Intern social mentor",
    duty_text="Mentorstøtten er både en ret og en pligt for dig.",
    reasons="Du kan ikke deltage i andre tilbud nu.",
    tasks=("Komme op og af sted",),
    minutes_per_week=105,
    start=date(2014, 10, 20),
    last_day=date(2015, 4, 19),
    contact_interval_days=7,
    plan_text="Støtten hører til din jobplan.",
    follow_ups=((date(2015, 1, 20), "Vi følger op midtvejs"),),
    complaint_body="Ankestyrelsens Beskæftigelsesudvalg",
)
REFUSAL = replace(
    GRANT,
    title="Afslag på mentorstøtte",
    verdict="Du får ikke mentorstøtte.",
    minutes_per_week=None,
    start=None,
    last_day=None,
    hearing="Vi skrev til dig den 1. oktober 2014. Du har ikke svaret.",
    considerations=("Du kan deltage i andre tilbud", "Støtten er ikke afgørende"),
    other_help="Vi har overvejet bostøtte efter serviceloven § 85.",
    beyond_normal="Virksomheden giver selv den sædvanlige introduktion.",
)
AGREEMENT = AgreementValues(
    sender=SENDER,
    recipient=("Emil Krogh",),
    case_number="2014-0921",
    letter_date=WORKING_DAY,
    legal_basis="LAB § 93",
    goal="Emil tager selv bussen.",
    tasks=("Træne offentlig transport",),
    mentor_name="Samira Haddad",
    mentor_contact="00 11 22 33, samira@example.dk",
    start=date(2014, 10, 20),
    last_day=date(2015, 4, 19),
    minutes_per_week=120,
    duty_text="Aftalen er både en ret og en pligt.",
)
HOSTILE = '#import "x.typ" {{ 7*7 }} "citat" $x$ *fed* \\ @ref <b> #panic("nu") </b> // væk'


def words_of(pdf):
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.split())


def sent(session, citizen, draft=None, **changes):
    draft = draft or service.decision_draft("decision", GRANT)
    return service.keep(
        session, draft, service.render(draft), citizen_id=citizen.id, by=a_user(session), on=WORKING_DAY, **changes
    )


@pytest.mark.parametrize(
    "draft",
    [
        service.decision_draft("decision", GRANT),
        service.decision_draft("refusal", REFUSAL),
        service.agreement_draft(AGREEMENT),
    ],
)
def test_every_letter_is_a_tagged_danish_pdf_with_a_title(draft):
    reader = PdfReader(io.BytesIO(service.render(draft)))
    catalogue = reader.trailer["/Root"]

    assert catalogue["/MarkInfo"]["/Marked"].value
    assert str(catalogue["/Lang"]).startswith("da")
    assert reader.metadata.title
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()


def test_a_grant_says_what_the_law_asks_for():
    words = words_of(service.render(service.decision_draft("decision", GRANT)))

    for part in (
        "Emil Krogh", "Åvej 3", "15. oktober 2014", "Sag 2014-0921", "Bevilling af mentorstøtte", "LAB § 93",
        "Kontanthjælp, aktivitetsparat", "bus 4A", "Intern social mentor", "1 time og 45 minutter om ugen",
        "20. oktober 2014 til 19. april 2015", "Mindst hver uge", "en ret og en pligt", "jobplan",
        "20. januar 2015: Vi følger op", "LAB er lov om en aktiv beskæftigelsesindsats", "ringe på 00 10 20 30",
        "4 uger", "Ankestyrelsen", "ikke opsættende virkning",
    ):  # fmt: skip
        assert part in words


def test_a_refusal_says_hearing_considerations_and_other_help():
    words = words_of(service.render(service.decision_draft("refusal", REFUSAL)))

    for part in (
        "Du har ikke svaret", "Du kan deltage i andre tilbud", "Støtten er ikke afgørende", "serviceloven § 85",
        "sædvanlige introduktion", "Begrundelse", "senest 4 uger", "Ankestyrelsen",
    ):  # fmt: skip
        assert part in words


@pytest.mark.parametrize("sign", ["😀", "中"])
def test_a_sign_that_cannot_be_printed_is_named_where_it_stands(sign):
    draft = service.decision_draft("decision", replace(GRANT, goal=f"Emil tager selv bussen {sign}."))

    with pytest.raises(ValidationFailed, match=f"Tegnet »{sign}« kan ikke trykkes") as refused:
        service.render(draft)

    assert list(refused.value.errors) == ["goal"]


def test_an_agreement_holds_the_six_items():
    words = words_of(service.render(service.agreement_draft(AGREEMENT)))

    for part in (
        "1. Mål Emil tager selv bussen", "2. Mentor Samira Haddad, 00 11 22 33", "3. Opgaver Træne offentlig transport",
        "4. Varighed 20. oktober 2014", "5. Timer 2 timer om ugen", "6. Klage", "Hvis du vil klage",
    ):  # fmt: skip
        assert part in words


def test_hostile_text_stays_text():
    words = words_of(service.render(service.decision_draft("decision", replace(GRANT, goal=HOSTILE, reasons=HOSTILE))))

    assert words.count('#import "x.typ" {{ 7*7 }} "citat" $x$ *fed* \\ @ref <b> #panic("nu") </b> // væk') == 2


@pytest.mark.parametrize(
    ("draft", "gap"),
    [
        (service.decision_draft("decision", replace(GRANT, reasons="")), "reasons"),
        (service.decision_draft("decision", replace(GRANT, start=None)), "period"),
        (service.decision_draft("decision", replace(GRANT, legal_basis="")), "legal_basis"),
        (service.decision_draft("refusal", replace(REFUSAL, hearing="")), "hearing"),
        (service.decision_draft("refusal", replace(REFUSAL, other_help="")), "other_help"),
        (service.agreement_draft(replace(AGREEMENT, mentor_contact="")), "mentor_contact"),
        (service.agreement_draft(replace(AGREEMENT, tasks=())), "tasks"),
    ],
)
def test_a_letter_with_a_gap_is_not_set(draft, gap):
    with pytest.raises(ValidationFailed) as refused:
        service.render(draft)

    assert list(refused.value.errors) == [gap]


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

    letter = service.keep(session, draft, pdf, citizen_id=citizen.id, by=user, on=WORKING_DAY)
    session.commit()
    session.expunge_all()
    again = service.get_letter(session, letter.public_id, by=user, on=WORKING_DAY)

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

    service.get_letter(session, letter.public_id, by=a_user(session), on=WORKING_DAY)
    with pytest.raises(NotFound):
        service.get_letter(session, letter.public_id, by=stranger, on=WORKING_DAY)

    session.flush()
    looks = session.scalars(select(Event).where(Event.action == "letter.read")).all()
    assert [row.citizen_ids for row in looks] == [[letter.citizen_id]]


def test_the_letters_of_a_case_come_newest_first(session):
    referral, user = a_referral(session), a_user(session)
    first = sent(session, referral.citizen, referral_id=referral.id)
    second = sent(session, referral.citizen, service.agreement_draft(AGREEMENT), referral_id=referral.id)
    sent(session, referral.citizen)

    of_case = service.list_of_case(session, referral_id=referral.id, by=user, on=WORKING_DAY)

    assert [row.id for row in of_case] == [second.id, first.id]
    assert len(service.list_of_citizen(session, referral.citizen_id, by=user, on=WORKING_DAY)) == 3
