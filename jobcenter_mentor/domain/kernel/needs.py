"""The codes and words of needs (behov) and talks (samtalen): tasks, barriers, contact, subjects and progression.

Tasks that are not a mentor's (treatment, cleaning, decisions of the authority) are left out so that nobody can choose
them.
"""

TASKS = {
    "out_of_bed": "Komme op og af sted",
    "transport": "Træne offentlig transport",
    "structure": "Struktur på dagen",
    "letters": "Overblik over post og økonomi",
    "doctor": "Følge til læge og behandling",
    "housing": "Bolig som hindring for job",
    "job_search": "Jobsøgning og virksomhedsbesøg",
    "appearance": "Fremtoning, hygiejne og påklædning",
    "introduction": "Introduktion ud over det sædvanlige",
    "dialogue": "Dialog mellem borger og virksomhed eller skole",
    "meetings": "Deltage i møder med myndigheder",
    "discharge": "Koordinere udskrivning fra psykiatrisk afdeling",
}

BARRIERS = {
    "mental": "Angst eller anden psykisk sygdom",
    "sleep": "Søvn og døgnrytme",
    "abuse": "Misbrug",
    "housing": "Bolig",
    "debt": "Økonomi og gæld",
    "physical": "Fysisk helbred",
    "language": "Sprog",
    "isolation": "Isolation, intet netværk",
}

OTHER_SUPPORT = {
    "none": "Nej",
    "sel85": "Bostøtte, SEL § 85",
    "sel99": "Kontaktperson, SEL § 99",
    "": "Ved ikke",
}
GIVEN_BESIDE = ("sel85", "sel99")
"""Other support (anden støtte), with which the mentor's tasks must be divided."""

CONTACT_FORMS = {
    "in_person": "Fremmøde",
    "phone": "Telefon",
    "online": "Online",
    "sms": "Sms",
}

ABSENCE_REASONS = {
    "citizen": "Borgeren udeblev",
    "mentor": "Mentor var forhindret",
    "illness": "Sygdom",
    "other": "Anden grund",
}

PROGRESS = {
    "further": "Længere væk",
    "same": "Som før",
    "closer": "Tættere på",
}


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
"""Subjects (emner) of talks in the words and order of the national survey (SFI 15:10, table 4.7)."""

GOAL_STATUSES = {"open": "I gang", "partly": "Delvist nået", "reached": "Nået", "dropped": "Opgivet"}

POINTS = {"start": "Start", "middle": "Midtvejs", "end": "Afslutning"}
"""The points of a course at which progression is measured."""

RATERS = {"citizen": "Borgeren", "mentor": "Mentor"}

SCORES = {1: "Langt fra målet", 2: "Lidt nærmere", 3: "Halvvejs", 4: "Tæt på målet", 5: "Målet er nået"}
"""The scale of progression from 1 to 5."""
