"""Samtalen: what citizen and mentor talk about, in the words of the national survey (SFI 15:10, table 4.7)."""

SUBJECTS = {
    "work": "Passe arbejdet",
    "school": "Passe skolen",
    "colleagues": "Forholdet til andre medarbejdere/elever",
    "on_time": "Komme til tiden",
    "abuse": "Misbrugsproblemer",
    "family": "Familiære forhold",
    "economy": "Økonomiske forhold",
    "friends": "Forhold til venner",
    "caseworker": "Forhold til sagsbehandler",
    "other": "Andre forhold",
}
"""Emner: several may be chosen, in the order of the table."""

GOAL_STATUSES = {"open": "I gang", "partly": "Delvist nået", "reached": "Nået", "dropped": "Opgivet"}

POINTS = {"start": "Start", "middle": "Midtvejs", "end": "Afslutning"}
"""When progression is asked for."""

RATERS = {"citizen": "Borgeren", "mentor": "Mentor"}

SCORES = {1: "Langt fra målet", 2: "Lidt nærmere", 3: "Halvvejs", 4: "Tæt på målet", 5: "Målet er nået"}
"""Progression from 1 to 5."""
