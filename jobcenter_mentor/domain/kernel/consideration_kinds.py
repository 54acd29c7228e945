"""Forhold, vi tager hensyn til: the kinds of facts of a person that letters, matching and meetings follow."""

KINDS = {
    "representative": "Partsrepræsentant",
    "guardian": "Værge",
    "interpreter": "Tolk",
    "post_exempt": "Fritaget for Digital Post",
    "no_calls": "Må ikke ringes op",
}
"""Kinds by code, in the order they are shown."""
ACTS_FOR = ("representative", "guardian")
"""Who acts for the citizen (forvaltningsloven § 8, værgemålsloven)."""
ONE_AT_A_TIME = frozenset({"interpreter", "post_exempt"})
"""Kinds of which a citizen has at most one on a day."""
LETTERS = {
    "": "Nej, brevene går kun til borgeren",
    "copy": "Kopi af alle breve",
    "instead": "Brevene sendes hertil i stedet for til borgeren",
}
"""Whether letters go to who acts for the citizen."""
CHANNELS = {"digital": "Digital Post", "paper": "Brev", "handed": "Udleveret"}
"""How a letter was sent, as a person marks it."""
BEFORE = "before"
"""The channel of letters from before channels were marked."""
PHONE = r"^(\+45 ?)?([0-9] ?){8}$"
"""A Danish telephone number as it is typed."""
