"""Codes of a complaint (klage) with Danish labels: what it waits for, what the municipality and the board said."""

OUTCOMES = {
    "upheld": "Afgørelsen fastholdes",
    "partly": "Borgeren får delvist medhold",
    "changed": "Borgeren får fuldt medhold",
}
NEEDS_DECISION = ("partly", "changed")
"""Outcomes that the order answers with a new decision, sent to the citizen within the deadline (§ 11, stk. 1)."""
BOARD_OUTCOMES = {
    "upheld": "Stadfæstet",
    "changed": "Ændret",
    "annulled": "Ophævet",
    "returned": "Hjemvist til ny behandling",
    "dismissed": "Afvist",
}
"""What the board may answer (retssikkerhedsloven § 68, stk. 2)."""
ANSWERS = {
    "stands": "Ja, klagen gælder stadig",
    "withdrawn": "Nej, borgeren er tilfreds med den nye afgørelse",
    "lapsed": "Borgeren har ikke svaret inden fristen",
}
"""What came of the question whether a partly upheld complaint stands; `BEFORE` was never asked."""
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
"""Statuses in which the municipality or the citizen must do something, and so a clock runs."""
REVIEWED, AT_ONCE = "review", "at_once"
"""The two ways of a complaint: it is re-assessed here, or it came too late and only the board decides on it."""
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
