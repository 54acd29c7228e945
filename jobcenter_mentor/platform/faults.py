"""Faults of the database and the disk (driftsfejl), each kind in one Danish line that says where to look."""

import re

from sqlalchemy.exc import DBAPIError, TimeoutError

KINDS = (
    (
        "no such (table|column)|(relation|column) .* does not exist",
        "Tabellerne mangler eller er af en anden udgave. Kør jobcenter-mentor db upgrade.",
    ),
    (
        "unable to open database file",
        "Databasefilen kan ikke åbnes. Se efter, om mappen findes, og om brugeren må læse og skrive i den.",
    ),
    ("readonly database|read-only", "Databasen kan kun læses. Se efter, om brugeren må skrive i filen og dens mappe."),
    (
        "file is not a database|malformed",
        "Filen er ikke en database, eller den er beskadiget. Ret DATABASE_URL, eller hent den fra en sikkerhedskopi.",
    ),
    ("disk is full|no space left", "Disken er fuld. Ryd plads, og prøv igen."),
    ("database is locked", "Databasen er optaget af et andet program. Prøv igen om lidt."),
    (
        "password authentication failed|no password supplied",
        "Databaseserveren afviser bruger eller adgangskode. Ret dem i DATABASE_URL.",
    ),
    ("role .* does not exist", "Databaseserveren kender ikke brugeren. Ret den i DATABASE_URL."),
    ("database .* does not exist", "Databasen findes ikke på serveren. Opret den, eller ret navnet i DATABASE_URL."),
    (
        "resolve host|name or service not known|translate host name",
        "Databaseserverens navn findes ikke. Ret værten i DATABASE_URL.",
    ),
    (
        "connection refused|server closed|terminating connection|timeout|timed out|unreachable",
        "Databaseserveren svarer ikke. Se efter, om den kører, og om vært og port i DATABASE_URL er rigtige.",
    ),
    (
        "permission denied|insufficient privilege",
        "Brugeren må ikke det i databasen. Giv den rettigheden, eller ret DATABASE_URL.",
    ),
)
"""What the fault says of itself, and what we say."""


def kind_of(error: Exception) -> str:
    """Return the kind of fault for people; a name of its class where it is one we don't know."""
    if isinstance(error, OSError):
        place = f" ({error.filename})" if error.filename else ""
        return f"Disken eller en fil svarer ikke: {error.strerror or type(error).__name__}{place}."
    if isinstance(error, TimeoutError):
        return "Alle forbindelser til databasen er optaget, så den svarer ikke. Prøv igen om lidt."
    told = cause_of(error).lower()
    return next((ours for theirs, ours in KINDS if re.search(theirs, told)), f"Databasen svarer ikke: {_name(error)}.")


def cause_of(error: Exception) -> str:
    """Return what the fault says of itself, on one line, for the log."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    return f"{type(cause).__name__}: {' '.join(str(cause).split())}"


def _name(error: Exception) -> str:
    return type(error.orig if isinstance(error, DBAPIError) and error.orig is not None else error).__name__
