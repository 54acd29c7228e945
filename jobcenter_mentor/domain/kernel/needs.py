"""The codes and words of needs (behov): a mentor's tasks, the citizen's barriers, and the forms of contact.

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
