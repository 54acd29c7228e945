"""Ophør: what the citizen is told of it, in the citizen's own words and never more than the case holds."""

from jobcenter_mentor.domain.target_groups import BENEFITS
from jobcenter_mentor.grants.changing import DECLINED, ORDINARY_OFFER
from jobcenter_mentor.grants.models import Decision, Grant
from jobcenter_mentor.templating import dk_date_words

PAID = frozenset({"kontanthjaelp", "uddannelseshjaelp", "sygedagpenge", "ledighedsydelse", "dagpenge"})
"""Benefits that are paid out; of the others one is in a course or in no benefit at all."""
BEGUN = {
    "ressourceforloeb": "i ressourceforløb",
    "jobafklaring": "i jobafklaringsforløb",
    "revalidering": "i revalidering",
}
UNHEARD = {
    DECLINED: "Du har selv valgt at stoppe. Derfor har vi ikke bedt om dine bemærkninger først.",
    "moved": "Du ved selv, at du er flyttet. Derfor har vi ikke bedt om dine bemærkninger først.",
}
"""Endings that need no hearing, with what the letter says of it (forvaltningsloven § 19)."""
AFTERWARDS = {"moved": "Din nye kommune kan give dig en mentor. Tal med jobcentret dér."}
USUALLY = "Får du igen brug for en mentor, kan du altid tale med din sagsbehandler."


def ending_words(grant: Grant, decision: Decision) -> str:
    """Return why the support stops, said to the citizen; empty where only the written reason can say it."""
    if decision.end_code == ORDINARY_OFFER:
        since = f" den {dk_date_words(decision.offer_start)}" if decision.offer_start else ""
        return f"Du begynder i et andet tilbud{since}."
    fixed = {
        "off_benefit": _off_benefit(grant.benefit),
        "visitation": "Du er visiteret på ny og hører ikke længere til den gruppe, der kan få mentoren.",
        "moved": "Du er flyttet fra kommunen.",
        "goal": "Målet med mentorstøtten er nået.",
        DECLINED: "Du har sagt, at du ikke længere vil have en mentor.",
    }
    return fixed.get(decision.end_code or "", "")


def afterwards_words(decision: Decision) -> str:
    """Return whom to turn to when the support has stopped."""
    return AFTERWARDS.get(decision.end_code or "", USUALLY)


def _off_benefit(benefit: str) -> str:
    if benefit in PAID:
        return f"Du får ikke længere {BENEFITS[benefit].lower()}."
    if benefit in BEGUN:
        return f"Du er ikke længere {BEGUN[benefit]}."
    return "Du hører ikke længere til den gruppe, der kan få mentoren."
