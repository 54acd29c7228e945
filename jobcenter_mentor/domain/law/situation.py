"""The citizen's situation in letters (borgerens situation): benefit and visitation, and what their ending means."""

from __future__ import annotations

PAID = {
    "kontanthjaelp": "kontanthjælp",
    "uddannelseshjaelp": "uddannelseshjælp",
    "sygedagpenge": "sygedagpenge",
    "ledighedsydelse": "ledighedsydelse",
    "dagpenge": "dagpenge",
    "foertidspension": "førtidspension",
    "su": "SU",
    "integrationsydelse": "integrationsydelse",
    "overgangsydelse": "overgangsydelse",
    "selvforsoergelses_hjemrejseydelse": "selvforsørgelses- og hjemrejseydelse",
}
"""Benefits that are paid out, as written in a sentence."""
BEING = {
    "ressourceforloeb": "i ressourceforløb",
    "jobafklaring": "i jobafklaringsforløb",
    "revalidering": "i revalidering",
    "fleksjob": "visiteret til fleksjob",
    "nyuddannet_handicap": "nyuddannet og har et handicap",
    "under_18": "under 18 år",
    "selvforsoergende": "selvforsørgende",
    "beskaeftiget": "i arbejde",
}
"""The citizen's situation in words where no benefit is paid."""
SEEN_AS = {
    "jobparat": "jobparat",
    "aktivitetsparat": "aktivitetsparat",
    "uddannelsesparat": "uddannelsesparat",
    "aabenlyst_uddannelsesparat": "åbenlyst uddannelsesparat",
    "match1": "i matchgruppe 1",
    "match2": "i matchgruppe 2",
    "match3": "i matchgruppe 3",
    "sygemeldt": "sygemeldt",
}
OUTSIDE = "Du hører ikke længere til den gruppe, der kan få mentoren."


def standing_words(benefit: str, visitation: str | None = None) -> str:
    """Return benefit and visitation in a sentence: "Du får kontanthjælp og er aktivitetsparat."; empty if not known."""
    seen_as = SEEN_AS.get(visitation or "")
    if benefit in PAID:
        return f"Du får {PAID[benefit]} og er {seen_as}." if seen_as else f"Du får {PAID[benefit]}."
    if benefit in BEING:
        return f"Du er {BEING[benefit]} og er {seen_as}." if seen_as else f"Du er {BEING[benefit]}."
    return ""


def no_longer_words(benefit: str) -> str:
    """Return a sentence to the citizen on what it means that the benefit has ended."""
    if benefit in PAID:
        return f"Du får ikke længere {PAID[benefit]}."
    if benefit in ("ressourceforloeb", "jobafklaring", "revalidering"):
        return f"Du er ikke længere {BEING[benefit]}."
    return OUTSIDE
