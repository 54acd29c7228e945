"""Find the office's own words that no letter may contain: doubts about the law, codes and names of rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from jobcenter_mentor.domain.kernel.text import MONEY_REASON

UNSURE = re.compile(r"\bikke\s+læst\b|\bulæste?\b|\buafklare(?:t|de)\b|\b(?:unconfirmed|inferred|elsewhere)\b", re.I)
CODE = re.compile(r"\b(?:TEXT|PREP|SFI|SEC|INF|OPEN|LOCAL|INT|VIRK|EKST|BOST|VKON|SAGS|TILB|HONO|FRIV)\b")
_WITHIN_ADDRESS = r"(?<![\w@./-])"
KEY = re.compile(
    _WITHIN_ADDRESS + r"(?:lab20\d\d|ref20\d\d|proc|local|office|citizen|request|dl|decision|reimbursement|citation"
    r"|group|mentor)\.(?!(?:dk|com|org|net|eu)\b)[a-z]\w*(?:\.\w+)*(?![\w.]*@)"
    r"|" + _WITHIN_ADDRESS + r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![\w.-]*@)"
)
"""Names of rules, figures and codes, but not addresses of mail or web."""
NO_MONEY = "Rammen, refusionen eller budgettet må ikke være begrundelsen. Begrund med loven."
QUOTED = re.compile("»[^«]*«")


def found_in(text: str) -> str:
    """Return the first word that is the office's own; empty where there is none.

    Text in »« is a quotation and is allowed as it is.
    """
    said = QUOTED.sub("", text)
    hits = [hit for pattern in (UNSURE, CODE, KEY) if (hit := pattern.search(said))]
    return min(hits, key=lambda hit: hit.start()).group() if hits else ""


def refusal_of(value: object) -> str:
    """Return the Danish error of a text, or of all texts of a list; empty where they may be used in a letter."""
    word = next(filter(None, map(found_in, _texts(value))), "")
    if not word:
        return ""
    return (
        f"»{word}« må ikke stå i et brev: det er kontorets eget ord for en regel, eller for hvor sikker læsningen af "
        "loven er. Skriv det med andre ord."
    )


def errors_of(texts: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the errors of the fields whose text cannot go into a letter."""
    return {field: [said] for field, text in texts.items() if (said := refusal_of(text))}


def reason_errors_of(texts: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the errors of fields that become a reason, which may hold neither money nor the office's own words."""
    money = {field: [NO_MONEY] for field, text in texts.items() if MONEY_REASON.search(text)}
    return errors_of(texts) | money


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
