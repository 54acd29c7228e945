"""The languages (sprog) a mentor may be registered with, in Danish and lower case; matching compares the words."""

from __future__ import annotations

from difflib import get_close_matches

LANGUAGES = frozenset(
    {
        "albansk",
        "amharisk",
        "arabisk",
        "armensk",
        "bengali",
        "bosnisk",
        "bulgarsk",
        "burmesisk",
        "dansk",
        "dari",
        "engelsk",
        "estisk",
        "farsi",
        "filippinsk",
        "finsk",
        "fransk",
        "færøsk",
        "georgisk",
        "grusisk",
        "græsk",
        "grønlandsk",
        "gujarati",
        "hebraisk",
        "hindi",
        "hollandsk",
        "indonesisk",
        "islandsk",
        "italiensk",
        "japansk",
        "karen",
        "kinesisk",
        "kroatisk",
        "kurdisk",
        "lettisk",
        "lingala",
        "litauisk",
        "makedonsk",
        "mongolsk",
        "nepalesisk",
        "norsk",
        "pashto",
        "persisk",
        "polsk",
        "portugisisk",
        "punjabi",
        "romani",
        "rumænsk",
        "russisk",
        "serbisk",
        "slovakisk",
        "slovensk",
        "somali",
        "spansk",
        "svensk",
        "swahili",
        "tagalog",
        "tamil",
        "tegnsprog",
        "thai",
        "tigrinya",
        "tjekkisk",
        "tjetjensk",
        "tyrkisk",
        "tysk",
        "uigurisk",
        "ukrainsk",
        "ungarsk",
        "urdu",
        "vietnamesisk",
        "wolof",
    }
)


def language_error(word: str) -> str:
    """Return the error of a language in Danish, with the nearest known word; empty when the language is on the list."""
    wanted = word.strip().casefold()
    if wanted in LANGUAGES:
        return ""
    near = get_close_matches(wanted, sorted(LANGUAGES), n=1, cutoff=0.6)
    hint = f" Mener du {near[0]}?" if near else " Skriv sproget på dansk, fx arabisk, polsk eller tegnsprog."
    return f"Sproget »{word.strip()}« er ikke på listen.{hint}"
