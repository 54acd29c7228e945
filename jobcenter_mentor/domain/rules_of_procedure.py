"""Regler i alle perioder: sagsbehandling (forvaltningsloven, retssikkerhedsloven), integration og kommunens egne."""

from jobcenter_mentor.domain.rule import Rule, Statement

RULES: dict[str, Rule] = {
    "lab2014.integration": Rule(
        "Er borgeren omfattet af integrationsprogrammet?", "integrationsloven § 23 d", "Integrationsloven", "text"
    ),
    "local.hours_ceiling": Rule(
        "Er timetallet inden for kommunens eget loft?", "Kommunens standard", "Kommunens standard", "local"
    ),
    "proc.facts": Rule("Passer sagens oplysninger sammen?", "retssikkerhedsloven § 10", "Retssikkerhedsloven", "prep"),
    "proc.hearing": Statement(
        "Skal borgeren høres om oplysninger til ugunst, før der afgøres imod borgeren?",
        "forvaltningsloven § 19",
        "Forvaltningsloven",
        "text",
    ),
    "proc.reasons.duty": Statement(
        "Skal en skriftlig afgørelse, der ikke fuldt ud giver medhold, begrundes?",
        "forvaltningsloven § 22",
        "Forvaltningsloven",
        "text",
    ),
    "proc.reasons.oral": Statement(
        "Kan borgeren få en mundtlig afgørelse begrundet skriftligt?",
        "forvaltningsloven § 23",
        "Forvaltningsloven",
        "text",
    ),
    "proc.reasons.content": Statement(
        "Hvad skal begrundelsen indeholde?",
        "forvaltningsloven § 24",
        "Folketingets Ombudsmand",
        "prep",
        "Reglerne, hovedhensynene bag skønnet og de oplysninger, der har vejet",
    ),
    "proc.complaintguide": Statement(
        "Skal afgørelsen give klagevejledning?", "forvaltningsloven §§ 25-26", "Forvaltningsloven", "text"
    ),
    "proc.deadline": Statement(
        "Hvor mange uger har borgeren til at klage?",
        "retssikkerhedsloven § 67",
        "Retssikkerhedsloven",
        "sec",
        figure="decision.complaint_weeks",
    ),
    "proc.review": Statement(
        "Hvor mange uger har kommunen til at vurdere igen, før sagen går til Ankestyrelsen?",
        "retssikkerhedsloven § 66",
        "Ankestyrelsen",
        "prep",
        figure="decision.review_weeks",
    ),
    "proc.suspend": Statement(
        "Udsætter en klage afgørelsens virkning?", "retssikkerhedsloven § 72", "Retssikkerhedsloven", "text", False
    ),
}
