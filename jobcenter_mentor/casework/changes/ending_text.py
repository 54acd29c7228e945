"""What the letter says of an ending (ophør), in the citizen's words and never more than the case holds."""

from jobcenter_mentor.casework.grants.course_change import DECLINED, ORDINARY_OFFER
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.domain.law.situation import no_longer_words
from jobcenter_mentor.platform.pages.filters import dk_date_words

UNHEARD = {
    DECLINED: "Du har selv valgt at stoppe. Derfor har vi ikke spurgt dig først.",
    "moved": "Du ved selv, at du er flyttet. Derfor har vi ikke spurgt dig først.",
}
"""Endings that need no hearing, with what the letter says of it (forvaltningsloven § 19)."""
AFTERWARDS = {"moved": "Din nye kommune kan give dig en mentor. Tal med jobcentret dér."}
USUALLY = "Tal med din mentor om, hvordan I slutter af."


def ending_words(grant: Grant, decision: Decision) -> str:
    """Return why the support stops, said to the citizen; empty where only the written reason can say it."""
    if decision.end_code == ORDINARY_OFFER:
        since = f" den {dk_date_words(decision.offer_start)}" if decision.offer_start else ""
        return f"Du begynder i et andet tilbud{since}."
    fixed = {
        "off_benefit": no_longer_words(grant.benefit),
        "visitation": "Vi har vurderet din situation på ny. Du er ikke længere i den gruppe, som reglen gælder for.",
        "moved": "Du er flyttet til en anden kommune.",
        "goal": "Målet med mentorstøtten er nået.",
        DECLINED: "Du har sagt, at du ikke længere vil have en mentor.",
    }
    return fixed.get(decision.end_code or "", "")


def afterwards_words(grant: Grant, decision: Decision) -> str:
    """Return what the citizen is to do when the support stops; empty in a course without a mentor."""
    return AFTERWARDS.get(decision.end_code or "", USUALLY if grant.mentor else "")
