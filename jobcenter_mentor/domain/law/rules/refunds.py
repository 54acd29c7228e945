"""The rules of reimbursement from 2014: LAB § 121 a, §§ 118 and 118 a, §§ 120-121 and the end from 2019 to 2022."""

from jobcenter_mentor.domain.law.rules.rule import Rule

_LBK990 = "LBK nr. 990 af 12. september 2014 (LAB)"
_ACT = "LAB, lov nr. 548 af 7. maj 2019"
_LBK1342 = "LBK nr. 1342 af 21. november 2016 (LAB)"
_LBK280 = "LBK nr. 280 af 1. marts 2024 (LAB)"
_LBK701 = "LBK nr. 701 af 22. maj 2022 (LAB)"
_L66 = "LAB som ændret ved L 66 (2015-16)"
_L76 = "L 76 (2018-19)"
_STAR = "STAR, konteringsregler"

RULES: dict[str, Rule] = {
    "lab2014.refunded": Rule("Refunderer staten udgiften for målgruppen?", "LAB § 121 a, stk. 1", _LBK990, "text"),
    "lab2014.s121a.groups": Rule("Hører udgiften til mentorrammen?", "LAB § 121 a, stk. 1", _LBK990, "text"),
    "lab2014.ressource.refund": Rule(
        "Refunderes udgiften uden for mentorrammen?", "LAB § 120, stk. 2", _LBK990, "text"
    ),
    "lab2016.s118.5": Rule("Hører udgiften til rammen for ledige?", "LAB § 118, stk. 5", _L66, "text"),
    "lab2016.s118a.2": Rule("Hører udgiften til rammen for øvrige grupper?", "LAB § 118 a, stk. 2", _L66, "text"),
    "lab2016.psych.all": Rule(
        "Hører udgiften til rammen for ledige, fordi der er ret ved udskrivning?", "LAB § 118, stk. 5", _L66, "text"
    ),
    "lab2016.ressource": Rule("Refunderes udgiften uden for rammerne?", "LAB § 120, stk. 2", _LBK1342, "text"),
    "lab2016.refunded": Rule(
        "Refunderer staten udgiften for målgruppen?", "LAB § 118, stk. 5, og § 118 a, stk. 2", _L66, "text"
    ),
    "lab2019.s118": Rule(
        "Refunderes udgiften, fordi en dagpengemodtager har ret ved udskrivning?", "LAB § 118", f"{_L76}; STAR", "prep"
    ),
    "lab2019.s118a": Rule(
        "Refunderes udgiften, fordi borgeren er sygemeldt i første halvår 2019?",
        "LAB § 118 a, stk. 2, jf. lov 548/2019 § 209, stk. 12",
        _ACT,
        "inf",
    ),
    "lab2019.refunded": Rule(
        "Refunderer staten stadig udgiften for målgruppen efter 2018?", "LAB § 118", f"{_STAR}; {_L76}", "prep"
    ),
    "lab2019.refunded.other": Rule(
        "Refunderer staten stadig udgiften for øvrige grupper efter 2018?", "LAB § 118 a", _L76, "inf"
    ),
    "lab2019.ressource": Rule(
        "Refunderes udgiften til et ressourceforløb?",
        "LAB § 120, stk. 2",
        _LBK1342,
        "text",
    ),
    "lab2019.jobafkl": Rule(
        "Refunderes udgiften til et jobafklaringsforløb i 2019?", "LAB § 120, stk. 2", _LBK990, "inf"
    ),
    "lab2020.refunded": Rule("Refunderer staten udgiften for målgruppen?", "LAB § 197, nr. 1", _ACT, "text"),
    "lab2020.s197": Rule("Refunderes udgiften, og uden ramme?", "LAB § 197, nr. 1", _ACT, "text"),
    "lab2022.s197": Rule("Refunderes udgiften, og uden ramme?", "LAB § 197, nr. 1", _LBK701, "text"),
    "lab2025.s197": Rule("Refunderes udgiften, og uden ramme?", "LAB § 197, nr. 1", _LBK280, "inf"),
    "lab2022.refunded.ressource": Rule(
        "Refunderer staten stadig udgiften til ressourceforløb efter 2021?", "LAB § 197, nr. 1", _LBK701, "text"
    ),
    "lab2020.s202": Rule(
        "Refunderes hele udgiften, fordi borgeren er flygtning i døgnophold eller mindreårig asylansøger?",
        "LAB § 202, stk. 1 og stk. 2, nr. 2",
        _ACT,
        "text",
    ),
    "lab2013.s124": Rule(
        "Afholder staten hele udgiften, fordi borgeren er flygtning i døgnophold eller mindreårig asylansøger?",
        "LAB § 124, stk. 1 og stk. 2, nr. 2",
        "LBK nr. 415 af 24. april 2013 (LAB)",
        "text",
    ),
}
