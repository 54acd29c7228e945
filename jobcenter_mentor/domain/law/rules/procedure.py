"""The rules of all periods: procedure (forvaltningsloven, retssikkerhedsloven), integration and local rules."""

from jobcenter_mentor.domain.law.rules.rule import Rule, Statement

RULES: dict[str, Rule] = {
    "lab2014.applies": Rule(
        "Hører borgeren under LAB og ikke kun under integrationsloven?",
        "LAB",
        "LBK nr. 990 af 12. september 2014 (LAB)",
        "text",
        citation="citation.target_groups",
    ),
    "local.hours_ceiling": Rule(
        "Er timetallet inden for kommunens eget loft?", "Kommunens standard", "Kommunens standard", "local"
    ),
    "local.contact_kept": Rule(
        "Er kommunens egen frist for kontakt overholdt?", "Kommunens standard", "Kommunens standard", "local"
    ),
    "proc.facts": Rule("Passer sagens oplysninger sammen?", "retssikkerhedsloven § 10", "Retssikkerhedsloven", "text"),
    "proc.hearing": Statement(
        "Skal borgeren høres om væsentlige oplysninger og eksterne faglige vurderinger til ugunst, før der afgøres?",
        "forvaltningsloven § 19, stk. 1",
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
        "Kan borgeren inden 14 dage forlange en skriftlig begrundelse for en mundtlig afgørelse?",
        "forvaltningsloven § 23, stk. 1",
        "Forvaltningsloven",
        "text",
    ),
    "proc.reasons.content": Statement(
        "Hvad skal begrundelsen indeholde?",
        "forvaltningsloven § 24",
        "Forvaltningsloven",
        "text",
        "Reglerne, hovedhensynene bag skønnet og de oplysninger, der har vejet",
    ),
    "proc.complaintguide": Statement(
        "Skal afgørelsen give klagevejledning?", "forvaltningsloven § 25", "Forvaltningsloven", "text"
    ),
    "proc.deadline": Statement(
        "Hvor mange uger har borgeren til at klage?",
        "retssikkerhedsloven § 67",
        "Retssikkerhedsloven",
        "text",
        figure="decision.complaint_weeks",
    ),
    "proc.review": Statement(
        "Hvor mange uger har kommunen til at genvurdere afgørelsen, før sagen sendes videre?",
        "retssikkerhedsloven § 66",
        "Retssikkerhedsloven",
        "text",
        figure="decision.review_weeks",
    ),
    "proc.effect": Statement(
        "Gælder afgørelsen, mens en klage bliver behandlet?", "retssikkerhedsloven § 72", "Retssikkerhedsloven", "text"
    ),
}
