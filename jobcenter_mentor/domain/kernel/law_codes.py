"""The law of a day (loven): a code that rules compare, and the name shown to people and given by the API."""

from __future__ import annotations

from enum import StrEnum


class LawCode(StrEnum):
    """The law of a day (lov): each reading of the act that rules distinguish, and a day whose act is not passed yet."""

    LAB_2013 = "lab2013"
    LAB_2014 = "lab2014"
    LAB_2016 = "lab2016"
    LAB_2020 = "lab2020"
    NOT_KNOWN = "not_known"

    @property
    def label(self) -> str:
        """Return the name that pages show and the API gives."""
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
"""The codes in rule files, the API and stored assessments."""


def law_code(outside: str) -> LawCode:
    """Return the law of a code from rule files, the API or stored assessments; any other code is an unknown law."""
    return CODES_OUTSIDE.get(outside, LawCode.NOT_KNOWN)
