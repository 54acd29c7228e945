"""Reglerne om refusion fra 2014: LAB § 121 a, §§ 118 og 118 a, §§ 120-121 og ophøret fra 2019 til 2022."""

from jobcenter_mentor.domain.rule import Rule

_ACT = "LAB som ændret ved lov nr. 895 af 4. juli 2013"
_FRAME = f"{_ACT}; bemærkninger til L 66 (2015-16)"
_L66 = "LAB som ændret ved L 66 (2015-16)"
_L76 = "L 76 (2018-19)"
_STAR = "STAR, konteringsregler"

RULES: dict[str, Rule] = {
    "lab2014.s121a.none": Rule("Er målgruppen uden refusion?", "LAB § 121 a", f"{_ACT}; STAR", "prep"),
    "lab2014.s121a.groups": Rule("Hører udgiften til mentorrammen?", "LAB § 121 a", _FRAME, "inf"),
    "lab2014.s121a.sfi.diff": Rule(
        "Er målgruppen uden refusion, fordi kommunen følger SFI's ordlyd?", "LAB § 121 a", "SFI 15:10 kapitel 2", "sfi"
    ),
    "lab2014.ressource.refund": Rule(
        "Refunderes udgiften uden for mentorrammen?", "LAB §§ 120-121", f"{_FRAME}; STAR", "inf"
    ),
    "lab2016.s118.5": Rule("Hører udgiften til rammen for ledige?", "LAB § 118, stk. 5", _L66, "text"),
    "lab2016.s118a.2": Rule("Hører udgiften til rammen for øvrige grupper?", "LAB § 118 a, stk. 2", _L66, "text"),
    "lab2016.psych.all": Rule(
        "Hører udgiften til rammen for ledige, fordi der er ret ved udskrivning?", "LAB § 118, stk. 5", _L66, "text"
    ),
    "lab2016.ressource": Rule("Refunderes udgiften uden for rammerne?", "LAB §§ 120-121", f"{_L66}; STAR", "inf"),
    "lab2016.none": Rule("Er målgruppen uden refusion?", "LAB § 118", f"{_L66}; STAR", "prep"),
    "lab2019.s118": Rule(
        "Refunderes udgiften, fordi en dagpengemodtager har ret ved udskrivning?", "LAB § 118", f"{_L76}; STAR", "prep"
    ),
    "lab2019.end.kth": Rule("Er refusionen for målgruppen ophørt med 2018?", "LAB § 118", f"{_STAR}; {_L76}", "prep"),
    "lab2019.end.other": Rule("Er refusionen for øvrige grupper ophørt med 2018?", "LAB § 118 a", _L76, "inf"),
    "lab2019.ressource": Rule("Refunderes udgiften til et ressourceforløb?", "LAB §§ 120-121", _STAR, "text"),
    "lab2019.jobafkl": Rule(
        "Refunderes udgiften til et jobafklaringsforløb i 2019?", "LAB §§ 120-121", "Ikke bekræftet", "unconfirmed"
    ),
    "lab2020.refund.none": Rule("Er målgruppen uden refusion?", "LAB kapitel 32-33", _STAR, "inf"),
    "lab2020.refund.ressource": Rule(
        "Refunderes udgiften til et ressourceforløb?", "LAB kapitel 32 (paragraf ikke bekræftet)", _STAR, "text"
    ),
    "lab2022.refund.ressource": Rule(
        "Er refusionen til ressourceforløb ophørt med 2021?", "Lov nr. 1160 af 8. juni 2021", _STAR, "text"
    ),
}
