"""The codes of a complaint (klage) with Danish labels: its status and the answers of municipality and board."""

OUTCOMES = {
    "upheld": "Afgørelsen fastholdes",
    "partly": "Borgeren får delvist medhold",
    "changed": "Borgeren får fuldt medhold",
}
NEEDS_DECISION = ("partly", "changed")
"""Outcomes that require a new decision, sent to the citizen within the deadline (§ 11, stk. 1)."""
BOARD_OUTCOMES = {
    "upheld": "Stadfæstet",
    "changed": "Ændret",
    "annulled": "Ophævet",
    "returned": "Hjemvist til ny behandling",
    "dismissed": "Afvist",
}
"""The possible decisions of the board (retssikkerhedsloven § 68, stk. 2)."""
ANSWERS = {
    "stands": "Ja, klagen gælder stadig",
    "withdrawn": "Nej, borgeren er tilfreds med den nye afgørelse",
    "lapsed": "Borgeren har ikke svaret inden fristen",
}
"""The citizen's answers on whether a partly upheld complaint is maintained; `BEFORE` means the question was not asked.
"""
BEFORE = "before"
STATUSES = {
    "late": "Kom for sent: send den straks",
    "review": "Skal genvurderes",
    "waits": "Venter på borgerens svar",
    "forward": "Skal sendes til Ankestyrelsen",
    "board": "Hos Ankestyrelsen",
    "answered": "Afgjort af Ankestyrelsen",
    "changed": "Fuldt medhold",
    "dropped": "Klagen er ikke fastholdt",
}
OPEN = ("late", "review", "waits", "forward")
"""Statuses in which the municipality or the citizen must act, so that a deadline runs."""
REVIEWED, AT_ONCE = "review", "at_once"
"""The two ways of a complaint: it is reassessed here (genvurdering), or it came too late and only the board decides."""
KINDS = {
    "grant": "Bevilling",
    "refusal": "Afslag",
    "hours": "Ændring af timer",
    "extension": "Forlængelse",
    "ending": "Ophør",
    "change": "Ændring",
    "end": "Ophør",
    "mentor": "Skift af mentor",
    "substitute": "Afløser",
}
"""The decisions that a complaint may be about."""
