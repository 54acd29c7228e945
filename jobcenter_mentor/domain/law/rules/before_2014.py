"""The rules before 2014: LAB chapter 14, §§ 78-81 a."""

from jobcenter_mentor.domain.law.rules.rule import Rule, Statement

_ACT = "LAB, lovbekendtgørelse nr. 1428 af 14. december 2009"
_LBK710 = "LBK nr. 710 af 23. juni 2011 (LAB)"
_LBK415 = "LBK nr. 415 af 24. april 2013 (LAB)"
_SFI = "SFI 15:10 kapitel 2"
_OF_THE_DAY = "citation.mentor_before_2014"

RULES: dict[str, Rule] = {
    "lab2013.s78.groups": Rule(
        "Er borgeren i en situation, hvor der kan gives mentor?", "LAB", _ACT, "text", citation=_OF_THE_DAY
    ),
    "lab2013.s78.education": Rule(
        "Er borgeren, der begynder på ordinær uddannelse, under 30 år?", "LAB § 78, stk. 2", _LBK710, "text"
    ),
    "lab2013.beyond": Rule("Går hjælpen ud over det, virksomheden eller skolen normalt gør?", "LAB § 79", _ACT, "text"),
    "lab2013.decisive": Rule(
        "Er støtten afgørende for aktiviteten, tilbuddet eller ansættelsen?", "LAB § 79", _ACT, "text"
    ),
    "lab2013.who": Rule("Er mentoren af en type, som loven nævner?", "LAB § 80, stk. 1", _ACT, "text"),
    "lab2013.cost": Rule("Hvad betales der for?", "LAB § 80, stk. 1", _ACT, "text"),
    "lab2013.limited": Rule("Er perioden begrænset, og hvor længe varer den?", "LAB §§ 79-80", _SFI, "sfi"),
    "lab2013.duration": Rule("Er perioden højst 6 måneder?", "LAB § 78, stk. 3", _LBK415, "text"),
    "lab2013.extension": Rule("Kan aftalen forlænges?", "LAB § 78, stk. 3", _LBK415, "text"),
    "lab2013.hours": Rule("Hvor mange timer om ugen?", "LAB § 80, stk. 2", _ACT, "text"),
    "lab2013.place": Rule("Fastsættes timerne pr. plads (pladsmentor)?", "LAB § 80, stk. 2", _ACT, "text"),
    "lab2013.psych": Rule(
        "Har borgeren en særlig ret ved udskrivning fra psykiatrisk indlæggelse?", "LAB § 78", _ACT, "inf"
    ),
    "lab2013.retpligt": Rule("Har borgeren ret og pligt til mentor?", "LAB", _ACT, "text", citation=_OF_THE_DAY),
    "lab2013.refund": Rule("Refunderes udgiften, og uden ramme?", "LAB kapitel 23", _LBK415, "text"),
    "lab2013.refunded": Rule("Er borgeren i en målgruppe, staten refunderer for?", "LAB § 2", _ACT, "text"),
    "lab2013.s78.purpose": Statement(
        "Skal støtten hjælpe borgeren med at opnå eller fastholde aktivitet, tilbud, fleksjob eller job?",
        "LAB",
        _ACT,
        "text",
        citation=_OF_THE_DAY,
    ),
    "lab2013.agreement": Statement(
        "Hvad skal aftalen indeholde?", "LAB § 78, stk. 3", _LBK415, "text", figure="agreement.items"
    ),
    "lab2013.partnership": Statement(
        "Kan virksomheden få sine udgifter dækket efter en partnerskabsaftale?", "LAB § 81 a", _ACT, "text"
    ),
    "lab2013.not.personalassist": Statement(
        "Findes der en anden ordning ved et varigt behov for hjælp i jobbet (personlig assistance)?",
        "LAB § 78",
        _SFI,
        "sfi",
    ),
    "lab2013.not.skp": Statement(
        "Findes der en anden ordning til hjælp i hverdagen ved sindslidelse (støtte- og kontaktperson)?",
        "SEL § 99",
        _SFI,
        "sfi",
    ),
    "lab2013.complaint": Statement(
        "Hvor mange uger er klagefristen?",
        "LAB kapitel 24, jf. retssikkerhedsloven § 67",
        "Retssikkerhedsloven",
        "text",
        figure="decision.complaint_weeks",
    ),
}
