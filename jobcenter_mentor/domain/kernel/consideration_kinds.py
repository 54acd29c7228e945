"""The kinds of considerations for a citizen (hensyn) that letters, matching and meetings follow."""

KINDS = {
    "representative": "Partsrepræsentant",
    "guardian": "Værge",
    "interpreter": "Tolk",
    "post_exempt": "Fritaget for Digital Post",
    "no_calls": "Må ikke ringes op",
}
"""The kinds by code, in the order shown."""
ACTS_FOR = ("representative", "guardian")
"""The kinds of persons who act for the citizen (forvaltningsloven § 8, værgemålsloven)."""
ONE_AT_A_TIME = frozenset({"interpreter", "post_exempt"})
"""The kinds of which a citizen has at most one on a day."""
LETTERS = {
    "": "Nej, brevene går kun til borgeren",
    "copy": "Kopi af alle breve",
    "instead": "Brevene sendes hertil i stedet for til borgeren",
}
"""Whether letters go to the person who acts for the citizen."""
CHANNELS = {"digital": "Digital Post", "paper": "Brev", "handed": "Udleveret"}
"""The ways of sending a letter, as a person marks it."""
BEFORE = "before"
"""The channel of letters sent before channels were marked."""
PHONE = r"^(\+45 ?)?([0-9] ?){8}$"
"""A Danish telephone number as people type it."""
