"""Reglerne fra 2020: LAB (lov nr. 548 af 7. maj 2019) kapitel 26, §§ 167-171, og bekendtgørelsens §§ 122 og 125."""

from jobcenter_mentor.domain.rule import Rule, Statement

_ACT = "LAB, lov nr. 548 af 7. maj 2019"
_ORDER = "Bekendtgørelse om en aktiv beskæftigelsesindsats"
_L295 = "Lov nr. 295 af 20. marts 2023"

RULES: dict[str, Rule] = {
    "lab2020.s167.1": Rule("Er borgeren omfattet af loven?", "LAB § 167, stk. 1", _ACT, "text"),
    "lab2020.s167.1.duration": Rule(
        "Er perioden inden for den længste, loven tillader?", "LAB § 167, stk. 1", _ACT, "text"
    ),
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
        "Varer støtten mindst den tid, retten ved udskrivning giver?", "LAB § 167, stk. 2", _ACT, "text"
    ),
    "lab2020.s167.3": Rule(
        "Har borgeren ret til mentor ved optagelse på en studie- eller erhvervskompetencegivende uddannelse?",
        "LAB § 167, stk. 3",
        _ACT,
        "text",
    ),
    "lab2020.s168": Rule("Er mentor en af dem, loven nævner?", "LAB § 168", _ACT, "text"),
    "lab2020.s169": Rule(
        "Ligger støtten ud over det, virksomheden eller skolen sædvanligvis gør?", "LAB § 169", _ACT, "text"
    ),
    "lab2020.s170": Rule("Hvor mange timer om ugen?", "LAB § 170 (ikke læst)", _ACT, "unconfirmed"),
    "lab2020.s170.place": Rule(
        "Kan timerne fastsættes pr. plads (pladsmentor)?", "LAB § 170 (ikke læst)", _ACT, "unconfirmed"
    ),
    "lab2020.bek122.cost": Rule("Hvad betales der for?", f"{_ORDER} § 122, stk. 1", _ORDER, "text"),
    "lab2020.bek122.excl": Rule(
        "Er transport, kørsel, løn under sygdom og andre udgifter holdt ude?", f"{_ORDER} § 122, stk. 2", _ORDER, "text"
    ),
    "lab2020.retpligt": Rule(
        "Er der fortsat ret og pligt til mentor for aktivitetsparate?",
        "LAB §§ 102-105 (ikke læst i fuldt omfang)",
        _ACT,
        "unconfirmed",
    ),
    "lab2023.s167.2": Statement(
        "Skal mentoren ved udskrivning have samme formål som stk. 1 (job eller uddannelse)? Dagen, reglen trådte i "
        "kraft, er ikke bekræftet.",
        "LAB § 167, stk. 2",
        _L295,
        "text",
        None,
    ),
    "lab2020.minplan": Statement(
        "Hvad skal stå i borgerens Min Plan?",
        "LAB kapitel 26",
        "behandlosordentligt.dk",
        "sec",
        figure="agreement.items",
    ),
    "lab2020.bek122.incl": Statement(
        "Hvad kan regnes med ud over lønnen?",
        f"{_ORDER} § 122, stk. 2",
        _ORDER,
        "text",
        "Feriepenge, pension og andre arbejdsgiverbidrag",
    ),
    "lab2020.bek125": Statement(
        "Hvad sker der, når udskrivningsdagen er kendt?",
        f"{_ORDER} § 125, stk. 2-3",
        "Region Nordjylland",
        "sec",
        "Regionen giver besked hurtigst muligt; jobcenteret spørger, om borgeren ønsker en mentor, og tilknytter en",
    ),
    "lab2020.rp.where": Statement(
        "Hvor står ret og pligt til almindelige tilbud?",
        "LAB §§ 102 og 105",
        f"{_ACT}; {_L295}",
        "inf",
        "LAB §§ 102 og 105",
    ),
    "ref2026.s203a": Statement(
        "Gælder kommunernes øvre grænse for udgifter den enkelte borger?",
        "LAB § 203 a",
        "L 77 (2025-26)",
        "prep",
        False,
    ),
    "ref2026.amount": Statement(
        "Hvor stor er den øvre grænse pr. fuldtidsperson? Det endelige beløb er ikke bekræftet.",
        "LAB § 203 a",
        "L 77 (2025-26), udkast",
        "unconfirmed",
        None,
    ),
    "ref2026.groups": Statement(
        "Gælder ressourceforløb og revalidering kun løbende sager?", "LAB § 6, nr. 8 og 10", "L 66 (2025-26)", "text"
    ),
}
