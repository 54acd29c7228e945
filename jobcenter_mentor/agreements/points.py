"""Aftalens øvrige punkter: what practice adds to the six items of LAB § 31 c, with the words it usually has."""

from datetime import date

from jobcenter_mentor.domain.deadlines import deadlines_of_grant
from jobcenter_mentor.domain.errors import NotInForce
from jobcenter_mentor.domain.law import Law
from jobcenter_mentor.domain.money import format_kroner
from jobcenter_mentor.grants.models import Grant
from jobcenter_mentor.grants.writing import follow_up_words

LONGEST = 1000
POINTS = {
    "plan": "Sammenhæng med jobplan, uddannelsespålæg eller Min Plan",
    "not_tasks": "Hvad der ikke er mentors opgave",
    "beyond_normal": "Virksomhed eller skole: hvorfor støtten går ud over det sædvanlige",
    "payment": "Hvem der betaler, pris og faktura",
    "training": "Oplæring af mentor",
    "reporting": "Rapportering: hvor tit, hvordan og til hvem",
    "absence": "Fravær og hændelser",
    "secrecy": "Tavshedspligt, samtykke og underretning",
    "follow_up": "Opfølgning",
    "ending": "Ændring og ophør",
}
"""Each further point with its heading, in the order of the agreement."""
AT_A_COMPANY = frozenset({"VIRK", "UDD", "TILB"})
PAID_BY_INVOICE = frozenset({"VIRK", "EKST", "HONO", "UDD", "TILB"})
NOT_TASKS = (
    "Mentor træffer ikke afgørelser om ydelser, tilbud eller sanktioner, behandler ikke sygdom, passer ikke borgerens "
    "penge og overtager ikke det, borgeren kan lære selv."
)


def usual_points(grant: Grant, *, on: date, law: Law) -> dict[str, str]:
    """De sædvanlige ord for hvert punkt, for a person to read and correct; empty where only a person knows them."""
    by_invoice = f"Timepris {format_kroner(grant.hourly_price)} kr. Kun holdte timer faktureres, en gang om måneden."
    at_company = grant.mentor_type in AT_A_COMPANY
    return dict.fromkeys(POINTS, "") | {
        "not_tasks": NOT_TASKS,
        "payment": by_invoice if grant.mentor_type in PAID_BY_INVOICE else "Kommunen betaler. Borgeren betaler intet.",
        "training": "Mentor får introduktion af mentorkoordinatoren." if at_company else "",
        "reporting": "En note i logbogen efter hvert møde og en kort status til sagsbehandleren hver måned.",
        "absence": "Afbud gives samme dag. Udebliver borgeren, eller sker der noget alvorligt, ringer mentor til "
        "sagsbehandleren samme dag.",
        "secrecy": "Mentor har tavshedspligt, også efter aftalen. Oplysninger deles kun, når borgeren har sagt ja, "
        "eller loven kræver det. Er der bekymring for et barn, skal mentor underrette kommunen.",
        "follow_up": _reviews(grant, on, law),
        "ending": f"{_ending(grant)} Ændres mål, mentor, opgaver, timer eller periode, laves en ny aftale.",
    }


def _ending(grant: Grant) -> str:
    """Return how the support may stop before its time: a right holds longer than an offer."""
    if grant.right_and_duty:
        return (
            "Støtten er ret og pligt. Før tid stopper den kun, når borgeren kan begynde i et andet tilbud eller ikke "
            "længere hører til målgruppen."
        )
    if grant.discharge_right:
        return (
            "Støtten er en ret. Før tid stopper den kun, når borgeren siger nej tak eller ikke længere hører til "
            "målgruppen."
        )
    return "Jobcentret, borgeren og mentor kan hver for sig bede om at ændre eller stoppe aftalen."


def _reviews(grant: Grant, on: date, law: Law) -> str:
    """Return the days of the reviews that are still to come."""
    try:
        planned = deadlines_of_grant(
            granted=grant.decided_on or grant.start, start=grant.start, end=grant.last_day,
            right_and_duty=bool(grant.right_and_duty), law=law.on(on),
        )  # fmt: skip
    except NotInForce:
        return ""
    return ". ".join(f"{due:%d.%m.%Y}: {what}" for due, what in follow_up_words(planned) if due >= on)
