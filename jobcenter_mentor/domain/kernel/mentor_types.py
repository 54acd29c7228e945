"""The ten types of mentors (mentortyper; SFI 15:10, table 4.3), and the codes and words of table 4.1."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MentorKind:
    """A type of mentor (mentortype): employment, payment, main tasks and the code of the usual work area."""

    employment: str
    payment: str
    tasks: str
    work_area: str


WORK_AREAS = {
    "jobcentre": "Jobcentret",
    "municipal": "Anden kommunal arbejdsplads",
    "private": "Privat virksomhed",
    "education": "Uddannelsesinstitution",
    "state": "Staten eller regional arbejdsplads",
    "other": "Anden ansættelse",
    "outside": "Uden for erhverv eller pensionist",
}
PRIVATE = "private"
"""The work area that table 4.1 calls "privat ansættelse"; all others are "kommunal ansættelse mv."."""

EDUCATIONS = {
    "none": "Ingen erhvervsuddannelse",
    "apprentice": "Lærlinge- eller elevuddannelse",
    "trade": "Anden faglig uddannelse",
    "short": "Kort videregående uddannelse, under 3 år",
    "medium": "Mellemlang videregående uddannelse, 3-4 år",
    "long": "Lang videregående uddannelse",
}

TRANSPORT = {
    "foot": "Til fods eller på cykel",
    "public": "Bus og tog",
    "car": "Egen bil",
    "driver": "Bil, og kan køre borgeren",
}

SUPERVISION = {
    "group": "Gruppesupervision",
    "psychologist": "Supervision ved psykolog",
    "course": "Kursus",
    "meeting": "Erfaringsmøde",
}
SUPERVISED = ("group", "psychologist")
"""The kinds that are supervision; the course is training, and the meeting is neither."""

KINDS = {
    "INT": MentorKind(
        "Ansat i jobcentret eller en enhed under samme forvaltning, ofte i et korps",
        "Kommunal løn, faktisk timepris",
        "Daglig livsførelse og sociale problemer, ofte borgere med ret og pligt; også fastholdelse",
        "jobcentre",
    ),
    "VIRK": MentorKind(
        "Ansat i virksomheden eller virksomhedscentret, hvor borgeren er",
        "Frikøb af timer",
        "Introduktion, oplæring og fastholdelse ud over det sædvanlige",
        "private",
    ),
    "EKST": MentorKind(
        "Ansat hos en leverandør af mentorstøtte eller en interesseorganisation",
        "Honorar efter faktura",
        "Alle opgaver efter leverandørens ekspertise, ofte særlige problemer",
        "private",
    ),
    "BOST": MentorKind(
        "Ansat i bostøtteenheden, hvor jobcentret køber timer",
        "Intern afregning",
        "Daglig livsførelse, ofte når borgeren i forvejen har bostøtte",
        "municipal",
    ),
    "VKON": MentorKind(
        "Ansat i jobcentret som virksomhedskonsulent",
        "Kommunal løn",
        "Fastholdelse i en virksomhed; af og til morgenvækning og transport",
        "jobcentre",
    ),
    "UDD": MentorKind(
        "Ansat på en uddannelsesinstitution",
        "Frikøb af timer eller skolens egne midler",
        "Fastholdelse i uddannelse",
        "education",
    ),
    "SAGS": MentorKind(
        "Ansat i jobcentret som sagsbehandler",
        "Kommunal løn",
        "Oftest sociale opgaver; borgere, der har svært ved nye relationer",
        "jobcentre",
    ),
    "TILB": MentorKind(
        "Ansat i det tilbud, borgeren deltager i",
        "Tilkøb oven på tilbuddet",
        "Fastholdelse i tilbuddet",
        "municipal",
    ),
    "HONO": MentorKind(
        "Selvstændig, evt. i et korps, jobcentret trækker på",
        "Honorar",
        "Forskelligt, mest sociale opgaver",
        "other",
    ),
    "FRIV": MentorKind(
        "Knyttet til jobcentret eller en organisation",
        "Ingen, højst dækning af udgifter",
        "Netværk og lavpraktiske hverdagsproblemer",
        "outside",
    ),
}
"""The types by the codes of `domain.kernel.target_groups.MENTOR_TYPES`."""


def work_area_of(mentor_type: str, given: str) -> str:
    """Return the given work area (ansættelsesområde), otherwise the usual one of the type."""
    return given or (KINDS[mentor_type].work_area if mentor_type in KINDS else "other")
