"""Holds the points that practice adds to the agreement (øvrige punkter), and their usual words."""

from datetime import date

from jobcenter_mentor.casework.grants.letters import follow_up_words
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.kernel.errors import NotInForce
from jobcenter_mentor.domain.law.deadlines import deadlines_of_grant
from jobcenter_mentor.domain.law.law import Law

LONGEST = 1000
POINTS = {
    "plan": "Sammenhæng med jobplan, uddannelsespålæg eller Min Plan",
    "not_tasks": "Hvad der ikke er mentorens opgave",
    "beyond_normal": "Virksomhed eller skole: hvorfor støtten går ud over det sædvanlige",
    "payment": "Hvem der betaler",
    "training": "Oplæring af mentoren",
    "reporting": "Rapportering: hvor tit, hvordan og til hvem",
    "absence": "Fravær og hændelser",
    "secrecy": "Tavshedspligt, samtykke og underretning",
    "follow_up": "Opfølgning",
    "ending": "Ændring og ophør",
}
"""Each further point with its heading, in the order of the agreement."""
AT_A_COMPANY = frozenset({"VIRK", "UDD", "TILB"})
NOT_TASKS = (
    "Mentoren træffer ikke afgørelser om ydelser, tilbud eller sanktioner, behandler ikke sygdom, passer ikke dine "
    "penge og overtager ikke det, du kan lære selv."
)


def usual_points(grant: Grant, *, on: date, law: Law) -> dict[str, str]:
    """Return the usual words of each further point, addressed to the citizen; empty where only a person knows them.

    A person corrects them before they are stored. The price the municipality pays the mentor for an hour is in the
    grant, not in the citizen's agreement.
    """
    at_company = grant.mentor_type in AT_A_COMPANY
    return dict.fromkeys(POINTS, "") | {
        "not_tasks": NOT_TASKS,
        "payment": "Kommunen betaler mentoren. Du betaler intet.",
        "training": "Mentoren får introduktion af mentorkoordinatoren." if at_company else "",
        "reporting": "En note i logbogen efter hvert møde og en kort status til sagsbehandleren hver måned.",
        "absence": "Du og mentoren melder afbud samme dag. Udebliver du, eller sker der noget alvorligt, ringer "
        "mentoren til sagsbehandleren samme dag.",
        "secrecy": "Mentoren har tavshedspligt, også efter aftalen. Oplysninger om dig deles kun, når du har sagt ja, "
        "eller loven kræver det. Er der bekymring for et barn, skal mentoren underrette kommunen.",
        "follow_up": _reviews(grant, on, law),
        "ending": f"{_ending(grant)} Ændres mål, mentor, opgaver, timer eller periode, laves en ny aftale.",
    }


def _ending(grant: Grant) -> str:
    """Return how the support may stop early: a right ends for fewer reasons than an offer."""
    if grant.right_and_duty:
        return (
            "Støtten er ret og pligt. Før tid stopper den kun, når du kan begynde i et andet tilbud eller ikke "
            "længere hører til målgruppen."
        )
    if grant.discharge_right:
        return (
            "Støtten er en ret. Før tid stopper den kun, når du siger nej tak eller ikke længere hører til målgruppen."
        )
    return "Du, mentoren og jobcentret kan hver for sig bede om at ændre eller stoppe aftalen."


def _reviews(grant: Grant, on: date, law: Law) -> str:
    """Return the days of the reviews that are still to come."""
    try:
        planned = deadlines_of_grant(
            granted=grant.decided_on or grant.start,
            start=grant.start,
            end=grant.last_day,
            right_and_duty=bool(grant.right_and_duty),
            law=law.on(on),
        )
    except NotInForce:
        return ""
    coming = (f"Omkring den {due:%d.%m.%Y} {what}." for due, what in follow_up_words(planned) if due >= on)
    return " ".join(coming)
