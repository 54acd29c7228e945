"""The rules from 2020: LAB chapter 26, §§ 167-171, and the orders, whose sections are renumbered by date."""

from jobcenter_mentor.domain.law.rules.rule import Rule, Statement

_ACT = "LAB, lov nr. 548 af 7. maj 2019"
_ORDER = "Bekendtgørelse om en aktiv beskæftigelsesindsats"
_LBK280 = "LBK nr. 280 af 1. marts 2024 (LAB)"
_L295 = "Lov nr. 295 af 20. marts 2023"

RULES: dict[str, Rule] = {
    "lab2020.s167.1": Rule("Er borgeren omfattet af loven?", "LAB § 167, stk. 1", _ACT, "text"),
    "lab2020.s167.1.duration": Rule("Er perioden højst 6 måneder?", "LAB § 167, stk. 1", _ACT, "text"),
    "lab2020.s167.1.new": Rule(
        "Kan der gives en ny periode efter en konkret vurdering?", "LAB § 167, stk. 1, 2. pkt.", _ACT, "text"
    ),
    "lab2020.s167.2": Rule(
        "Har borgeren ret til mentor i forbindelse med udskrivning fra psykiatrisk indlæggelse?",
        "LAB § 167, stk. 2",
        _ACT,
        "text",
    ),
    "lab2020.s167.2.least": Rule(
        "Varer støtten mindst 6 måneder, medmindre borgeren siger nej?", "LAB § 167, stk. 2", _ACT, "text"
    ),
    "lab2020.s167.3": Rule(
        "Har borgeren ret til mentor ved optagelse på en studie- eller erhvervskompetencegivende uddannelse?",
        "LAB § 167, stk. 3",
        _ACT,
        "text",
    ),
    "lab2020.s168": Rule("Er mentoren af en type, som loven nævner?", "LAB § 168", _ACT, "text"),
    "lab2020.s169": Rule(
        "Går hjælpen ud over det, virksomheden eller skolen normalt gør?", "LAB § 169, stk. 1", _ACT, "text"
    ),
    "lab2020.s169.decisive": Rule(
        "Er støtten afgørende for aktiviteten, tilbuddet eller ansættelsen?", "LAB § 169, stk. 1", _ACT, "text"
    ),
    "lab2020.s169.hours": Rule("Hvor mange timer om ugen?", "LAB § 169, stk. 3", _ACT, "text"),
    "lab2020.s169.place": Rule("Fastsættes timerne pr. plads (pladsmentor)?", "LAB § 169, stk. 4", _ACT, "text"),
    "lab2020.bek122.cost": Rule("Hvad betales der for?", _ORDER, _ORDER, "text", citation="citation.mentor_cost"),
    "lab2020.bek122.excl": Rule(
        "Er transport, kørsel, løn under sygdom og andre udgifter holdt ude?",
        _ORDER,
        _ORDER,
        "text",
        citation="citation.mentor_cost",
    ),
    "lab2020.bek123.direct": Rule(
        "Er alle timerne direkte kontakt mellem mentor og borger?",
        _ORDER,
        _ORDER,
        "text",
        citation="citation.direct_contact",
    ),
    "lab2020.retpligt": Rule(
        "Har borgeren ret og pligt til mentor?", "LAB §§ 102-106 og 167-171, jf. § 208, stk. 3", _ACT, "text"
    ),
    "lab2027.act": Rule(
        "Hvad siger loven fra 2027?", "Ny hovedlov ventes den 1. januar 2027", "Ikke vedtaget", "unconfirmed"
    ),
    "lab2023.s167.2": Statement(
        "Skal mentoren ved udskrivning have samme formål som efter stk. 1?",
        "LAB § 167, stk. 2",
        _L295,
        "unconfirmed",
        None,
    ),
    "lab2024.s167.2": Statement(
        "Skal mentoren ved udskrivning have samme formål som efter stk. 1?", "LAB § 167, stk. 2", _LBK280, "text"
    ),
    "lab2020.minplan": Statement(
        "Hvad skal stå i borgerens Min Plan?",
        f"{_ORDER} § 52",
        _ORDER,
        "text",
        figure="agreement.items",
    ),
    "lab2020.bek122.incl": Statement(
        "Hvad kan regnes med ud over lønnen?",
        _ORDER,
        _ORDER,
        "text",
        "Feriepenge, pension og andre arbejdsgiverbidrag",
        citation="citation.mentor_cost",
    ),
    "lab2020.released": Statement(
        "Er det en betingelse, at mentoren er fri for sine sædvanlige arbejdsfunktioner i mentortimerne?",
        _ORDER,
        _ORDER,
        "text",
        citation="citation.ordinary_work",
    ),
    "lab2020.s170": Statement(
        "Hvordan opgøres udgiften til en kommunalt ansat mentor og en ekstern konsulent?",
        "LAB § 170",
        _ACT,
        "text",
        "Som lønomkostninger til mentoren; honorar til den eksterne konsulent",
    ),
    "lab2020.bek125": Statement(
        "Hvad sker der, når udskrivningsdagen er kendt?",
        _ORDER,
        _ORDER,
        "text",
        "Regionen giver besked hurtigst muligt; jobcentret spørger, om borgeren ønsker en mentor, og tilknytter en",
        citation="citation.discharge_notice",
    ),
    "lab2020.rp.where": Statement(
        "Hvor står ret og pligt til almindelige tilbud?", "LAB §§ 102 og 105", _ACT, "text", "LAB §§ 102 og 105"
    ),
    "ref2026.citizen": Statement(
        "Kan borgeren få støtte, uanset at kommunerne under ét har en øvre grænse for udgifter?",
        "LAB § 203 a, stk. 4",
        "Lov nr. 1749 af 29. december 2025",
        "text",
    ),
    "ref2026.amount": Statement(
        "Hvor stor er den øvre grænse pr. fuldtidsperson for alle kommuner under ét?",
        "LAB § 203 a, stk. 3",
        "Lov nr. 1749 af 29. december 2025",
        "text",
        figure="reimbursement.spending_boundary",
    ),
    "ref2026.groups": Statement(
        "Kan løbende ressourceforløb og revalidering fortsætte?", "LAB § 6, nr. 8 og 10", "L 66 (2025-26)", "prep"
    ),
}
