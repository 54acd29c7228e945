"""Breve til testene: one of each kind with the longest texts that are usual, about made-up people."""

import io
from dataclasses import replace
from datetime import date

from pypdf import PdfReader

from jobcenter_mentor.casefile.letters import service
from jobcenter_mentor.casefile.letters.letter_values import AgreementValues, DecisionValues, HearingValues, Sender
from jobcenter_mentor.casefile.letters.service import LetterDraft
from tests.builders import WORKING_DAY

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
    heading="Du får en mentor",
    verdict=("Du får en mentor 1 time og 45 minutter om ugen fra den 20. oktober 2014 til og med den 19. april 2015."),
    legal_basis=("LAB § 93", "LAB § 31 b"),
    standing="Du får kontanthjælp og er aktivitetsparat.",
    goal="Du står selv op og tager selv bus 4A til træningskøkkenet fire dage om ugen.",
    goal_by=date(2015, 3, 1),
    duty_text=(
        "Du har både ret og pligt til mentoren. Det betyder, at vi skal give dig en mentor, og at du skal tage imod. "
        "Du og mentoren skal have kontakt mindst hver uge."
    ),
    reasons=(
        "Du kan i en periode ikke deltage i andre tilbud på grund af personlige forhold. Derfor skal vi give dig en "
        "mentor. Du har selv sagt, at morgenen er sværest. Din læge skriver, at du har brug for faste tider."
    ),
    considerations=("Du vil gerne i gang, men kommer sjældent af sted.", "Du har en aftale med din læge hver måned."),
    tasks=("Komme op og af sted", "Struktur på dagen", "Træne offentlig transport"),
    minutes_per_week=105,
    start=date(2014, 10, 20),
    last_day=date(2015, 4, 19),
    call_by=date(2014, 10, 20),
    longest_months=6,
    follow_ups=(
        (date(2015, 1, 20), "taler vi om, hvordan det går"),
        (date(2015, 3, 22), "taler vi om, hvad der skal ske bagefter"),
    ),
    complaint_body="Ankestyrelsens Beskæftigelsesudvalg",
)
REFUSAL = replace(
    GRANT,
    title="Afslag på mentorstøtte",
    heading="Du får ikke en mentor",
    verdict="Vi har afgjort, at du ikke kan få en mentor.",
    legal_basis=("LAB § 31 b, stk. 1", "LAB § 31 d"),
    duty_text="",
    reasons="Du er i praktik fire dage om ugen og kommer til tiden. Køkkenlederen hjælper dig om morgenen.",
    beyond_normal="Hjælpen er ikke mere, end virksomheden eller skolen normalt giver.",
    minutes_per_week=None,
    start=None,
    last_day=None,
    longest_months=None,
    follow_ups=(),
    asked_from=date(2014, 10, 20),
    hearing="Vi skrev til dig den 1. oktober 2014. Du svarede den 8. oktober 2014: »Jeg vil gerne have en mentor.«",
    considerations=("Du kan deltage i andre tilbud.", "Støtten er ikke afgørende for din praktik."),
    other_help="Vi har set på, om du kan få bostøtte efter servicelovens § 85. Du kan søge den hos Socialafdelingen.",
)
HOURS = replace(
    GRANT,
    title="Ændring af dine mentortimer",
    heading="Dine timer med mentoren ændres",
    verdict="Du får en mentor 1 time om ugen fra den 1. december 2014. Før fik du 2 timer om ugen.",
    reasons="Du klarer selv morgenen nu, og du og mentoren er enige om, at I kan mødes mindre.",
    hearing="Vi skrev til dig den 1. oktober 2014. Du har ikke svaret inden den 15. oktober 2014.",
    longest_months=None,
    follow_ups=(),
)
EXTENSION = replace(
    GRANT,
    title="Forlængelse af mentorstøtte",
    heading="Din mentorstøtte fortsætter",
    verdict="Din mentorstøtte fortsætter fra den 20. april 2015 til og med den 19. oktober 2015.",
    reasons="Målet er tæt på. Du kommer af sted tre dage om ugen.",
    hearing="Ændringen er til din fordel. Derfor har vi ikke spurgt dig først.",
)
ENDING = replace(
    GRANT,
    title="Ophør af mentorstøtte",
    heading="Din mentorstøtte stopper",
    verdict="Din mentorstøtte stopper. Sidste dag er den 31. oktober 2014.",
    standing="",
    duty_text="",
    reasons="Du begynder i et andet tilbud den 3. november 2014. Du og mentoren har talt om det den 10. oktober.",
    hearing="Vi skrev til dig den 1. oktober 2014. Du svarede den 8. oktober 2014: »Det er fint.«",
    afterwards="Tal med din mentor om, hvordan I slutter af.",
    other_help="Du har en kontaktperson på dit nye sted.",
    minutes_per_week=None,
    longest_months=None,
    follow_ups=(),
)
MENTOR = replace(
    GRANT,
    title="Du får en ny mentor",
    heading="Du får en ny mentor",
    verdict="Din nye mentor er Samira Haddad.",
    mentor="00 11 22 33 eller samira@example.dk",
    reasons="Din mentor har fået nyt arbejde.",
    longest_months=None,
)
HEARING = HearingValues(
    sender=SENDER,
    recipient=("Emil Krogh", "Åvej 3", "9999 Sønderå"),
    case_number="2014-0921",
    letter_date=WORKING_DAY,
    title="Partshøring om mentorstøtte",
    heading="Vi vil gerne høre din mening",
    verdict="Vi overvejer at stoppe din mentorstøtte. Den sidste dag bliver tidligst den 31. oktober 2014.",
    legal_basis=("LAB § 93", "LAB § 31 b"),
    reasons="Du begynder i et andet tilbud den 3. november 2014.",
    facts=("Din mentor skrev den 6. oktober, at du selv kommer af sted.", "Praktikstedet skrev det samme."),
    answer_by=date(2014, 10, 29),
)
AGREEMENT = AgreementValues(
    sender=SENDER,
    recipient=("Emil Krogh",),
    case_number="2014-0921",
    letter_date=WORKING_DAY,
    legal_basis=("LAB § 93",),
    goal="Emil tager selv bussen.",
    tasks=("Træne offentlig transport",),
    mentor_name="Samira Haddad",
    mentor_contact="00 11 22 33, samira@example.dk",
    start=date(2014, 10, 20),
    last_day=date(2015, 4, 19),
    minutes_per_week=120,
    duty_text="Mentoren er et tilbud. Du bestemmer selv, om du vil tage imod.",
    demanded_by="LAB § 31 c, stk. 2",
    complaint_guidance="Klag til Jobcenter Sønderå inden fire uger.",
)
DECISIONS = {
    "decision": GRANT,
    "refusal": REFUSAL,
    "hours": HOURS,
    "extension": EXTENSION,
    "ending": ENDING,
    "mentor": MENTOR,
}


def drafts() -> dict[str, LetterDraft]:
    """Return a draft of each kind of letter."""
    found = {kind: service.decision_draft(kind, values) for kind, values in DECISIONS.items()}
    found["hearing"] = service.hearing_draft(HEARING)
    found["agreement"] = service.agreement_draft(AGREEMENT)
    return found


def words_of(pdf: bytes) -> str:
    """Return the text of a letter on one line."""
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.split())


def pages_of(pdf: bytes) -> int:
    """Return how many pages a letter has."""
    return len(PdfReader(io.BytesIO(pdf)).pages)
