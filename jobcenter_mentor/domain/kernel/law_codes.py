"""Which law a day is under (loven): a code that rules compare, and the name that people, rules and the API say."""

from __future__ import annotations

from enum import StrEnum


class LawCode(StrEnum):
    """The law of a day (lov): each reading of the act that the rules tell apart, and a day whose act is not passed."""

    LAB_2013 = "lab2013"
    LAB_2014 = "lab2014"
    LAB_2016 = "lab2016"
    LAB_2020 = "lab2020"
    NOT_KNOWN = "not_known"

    @property
    def label(self) -> str:
        """The name that pages show and the API gives."""
        return LAW_NAMES[self]


LAW_NAMES = {
    LawCode.LAB_2013: "LAB 2013",
    LawCode.LAB_2014: "LAB 2014",
    LawCode.LAB_2016: "LAB 2016",
    LawCode.LAB_2020: "LAB 2020",
    LawCode.NOT_KNOWN: "Ikke kendt endnu",
}
CODES_OUTSIDE = {
    "LAB 2013": LawCode.LAB_2013,
    "LAB 2014": LawCode.LAB_2014,
    "LAB 2016": LawCode.LAB_2016,
    "LAB 2020": LawCode.LAB_2020,
}
"""The codes that the rules' files, the API and kept assessments have for the same."""


def law_code(outside: str) -> LawCode:
    """Read the code that rules, API and kept assessments have for a law; any other is a law that is not known."""
    return CODES_OUTSIDE.get(outside, LawCode.NOT_KNOWN)
