"""The sections outside LAB that letters, answers on access and the data page cite without anybody having read them.

Their wording is not among the sources of the rules. Each is named by common knowledge or by a paper of the trade, and
is listed on the page »Hvad vi ikke ved« until somebody has read it.
"""

from __future__ import annotations

from typing import NamedTuple

ACCESS = "Aktindsigt: svarbrevet, siden og det, der er udeladt"
DATA = "Siden om borgerens oplysninger, også i det første brev"
PAPER = "Projektets papir om sikkerhed og regler nævner den. Ordlyden er ikke læst."
PRACTICE = "Projektets papir om praksis nævner dem efter evalueringen. Ordlyden er ikke læst."
UNSOURCED = "Almindelig viden. Hverken ordlyden eller en gengivelse er læst."


class UnreadSection(NamedTuple):
    """A section cited unread (paragraf, der ikke er læst); `confidence` is a code as a rule has it."""

    act: str
    sections: tuple[str, ...]
    used_for: str
    rests_on: str
    confidence: str = "sec"

    @property
    def words(self) -> str:
        """Return the sections with their act, as a page shows them."""
        sign = "" if self.sections[0].startswith("artikel") else "§ " if len(self.sections) == 1 else "§§ "
        return f"{self.act} {sign}{', '.join(self.sections)}"


UNREAD = (
    UnreadSection("forvaltningsloven", ("9",), f"{ACCESS}; høringsbrevet", PAPER),
    UnreadSection(
        "forvaltningsloven",
        ("16",),
        f"{ACCESS} (fristen)",
        f"{PAPER} De 7 arbejdsdage er læst i "
        "offentlighedslovens § 36, stk. 2, som ikke gælder en parts egen aktindsigt.",
    ),
    UnreadSection("forvaltningsloven", ("12", "14", "14 a", "15", "15 a", "15 b"), ACCESS, PAPER),
    UnreadSection("databeskyttelsesforordningen", ("artikel 6", "artikel 9"), DATA, PAPER),
    UnreadSection("databeskyttelsesloven", ("6", "7", "11"), DATA, PAPER),
    UnreadSection("persondataloven", ("6", "7", "11"), f"{DATA}, før den 25. maj 2018", UNSOURCED),
    UnreadSection("serviceloven", ("85", "99"), "Afslag: den hjælp, borgeren får i forvejen", PRACTICE),
)
