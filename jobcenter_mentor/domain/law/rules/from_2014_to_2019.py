"""The rules of 2014-2019: LAB chapter 9 b, §§ 31 b-31 e, 93, 96 and 96 c; changed by L 66 from 2016."""

from jobcenter_mentor.domain.law.rules.rule import Rule, Statement

_ACT = "LAB som ændret ved lov nr. 895 af 4. juli 2013"
_LBK990 = "LBK nr. 990 af 12. september 2014 (LAB)"
_PRACTICE = f"{_ACT}; SFI 15:10 kapitel 2; Ankestyrelsen, oktober 2015"
_REMARKS = "Bemærkninger til L 66 (2015-16)"
_L66 = "LAB som ændret ved L 66 (2015-16)"
_CANNOT = "kan borgeren i en periode ikke deltage i tilbud på grund af personlige forhold?"
_BOTH = "LAB §§ 93 og 96 c"

RULES: dict[str, Rule] = {
    "lab2014.s31b.groups": Rule("Er borgeren omfattet af loven?", "LAB § 31 b, stk. 1, jf. § 2", _LBK990, "text"),
    "lab2014.s31b.education": Rule(
        "Kan der gives mentor til ordinær uddannelse uanset alder?", "LAB § 31 b, stk. 1", _ACT, "text"
    ),
    "lab2014.s31b.psych.right": Rule(
        "Har borgeren ret til mentor i forbindelse med udskrivning fra psykiatrisk indlæggelse?",
        "LAB § 31 b, stk. 2",
        _ACT,
        "text",
    ),
    "lab2014.s31b.psych.least": Rule(
        "Varer støtten mindst 6 måneder, medmindre borgeren siger nej?", "LAB § 31 b, stk. 2", _ACT, "text"
    ),
    "lab2014.s31c.duration": Rule("Er perioden højst 6 måneder?", "LAB § 31 c, stk. 1", _ACT, "text"),
    "lab2014.s31c.extension": Rule("Kan aftalen forlænges?", "LAB § 31 c, stk. 1", _ACT, "text"),
    "lab2014.s31d.beyond": Rule(
        "Går hjælpen ud over det, virksomheden eller skolen normalt gør?", "LAB § 31 d", _LBK990, "text"
    ),
    "lab2014.s31d.decisive": Rule(
        "Er støtten afgørende for aktiviteten, tilbuddet eller ansættelsen?", "LAB § 31 d", _LBK990, "text"
    ),
    "lab2014.who": Rule(
        "Er mentoren af en type, som ordningen nævner?", "LAB §§ 31 d og 31 e", "STAR; SFI 15:10", "prep"
    ),
    "lab2014.s31e.cost": Rule("Hvad betales der for?", "LAB § 31 e, stk. 1", _ACT, "text"),
    "lab2014.s31e.hours": Rule("Hvor mange timer om ugen?", "LAB § 31 e, stk. 2", _LBK990, "text"),
    "lab2014.s31e.place": Rule("Fastsættes timerne pr. plads (pladsmentor)?", "LAB § 31 e, stk. 2", _ACT, "text"),
    "lab2014.s93.who": Rule(f"Er borgeren aktivitetsparat, og {_CANNOT}", "LAB § 93", _LBK990, "text"),
    "lab2014.s93.firstonly": Rule("Er det borgerens første tilbud?", "LAB § 93", _LBK990, "text"),
    "lab2014.s96c.who": Rule(
        f"Er borgeren aktivitetsparat på uddannelseshjælp, og {_CANNOT}", "LAB § 96 c", _LBK990, "text"
    ),
    "lab2016.s93": Rule(f"Er borgeren aktivitetsparat, og {_CANNOT}", "LAB § 93", _L66, "text"),
    "lab2016.s96.3": Rule(
        f"Er borgeren aktivitetsparat, har borgeren haft det første tilbud, og {_CANNOT}",
        "LAB § 96, stk. 3",
        _L66,
        "text",
    ),
    "lab2016.s96c": Rule(f"Er borgeren aktivitetsparat på uddannelseshjælp, og {_CANNOT}", "LAB § 96 c", _L66, "text"),
    "lab2014.rp.excluded": Rule("Er borgeren i en målgruppe med ret og pligt til mentor?", _BOTH, _LBK990, "text"),
    "lab2014.rp.contact": Rule(
        "Hvor mange dage må der højst gå mellem kontakterne?", f"{_BOTH}, 2. pkt.", _PRACTICE, "text"
    ),
    "lab2016.contact": Rule(
        "Hvor mange dage må der højst gå mellem kontakterne?", "LAB §§ 93, 96, stk. 3, og 96 c", _L66, "text"
    ),
    "lab2014.rp.contact_kept": Rule("Er kravet om kontakt overholdt?", f"{_BOTH}, 2. pkt.", _PRACTICE, "text"),
    "lab2014.rp.renew": Rule("Skal der gives et nyt mentortilbud, når det forrige slutter?", _BOTH, _LBK990, "text"),
    "lab2014.rp.goes_on": Rule(
        "Skal støtten fortsætte, indtil borgeren kan påbegynde et andet tilbud straks efter mentorens sidste dag?",
        _BOTH,
        _LBK990,
        "text",
    ),
    "lab2014.rp.stays": Rule("Er borgeren stadig i den målgruppe, aftalen blev indgået for?", _BOTH, _PRACTICE, "inf"),
    "lab2014.rp.frame": Rule(
        "Skal mentoren gives, selv om rammen ikke rækker?", "LAB §§ 93 og 96 c, jf. § 121 a", _PRACTICE, "inf"
    ),
    "lab2014.s31b.purpose": Statement(
        "Skal støtten hjælpe borgeren med at opnå eller fastholde aktivitet, tilbud, uddannelse, fleksjob eller job?",
        "LAB § 31 b, stk. 1",
        _ACT,
        "text",
    ),
    "lab2014.s31b.psych.notify": Statement(
        "Hvad sker der, når udskrivningsdagen er kendt?",
        "Bekendtgørelse om en aktiv beskæftigelsesindsats",
        "dukaselv.dk; Region Nordjylland",
        "sec",
        "Regionen giver besked hurtigst muligt; kommunen spørger, om borgeren ønsker en mentor, og tilknytter en",
    ),
    "lab2014.s31c.writing": Statement(
        "Skal der være en skriftlig aftale med borgeren, før støtten begynder?", "LAB § 31 c, stk. 1", _ACT, "text"
    ),
    "lab2014.s31c.content": Statement(
        "Hvad skal aftalen indeholde?", "LAB § 31 c, stk. 2", _ACT, "text", figure="agreement.items"
    ),
    "lab2014.s31e.training": Statement(
        "Kan mentorens uddannelse til opgaven betales?",
        "LAB § 31 e, stk. 1",
        _ACT,
        "text",
        "Ja, for medarbejderen i virksomheden eller på uddannelsesinstitutionen",
    ),
    "lab2014.released": Statement(
        "Er det en betingelse, at mentoren er fri for sine sædvanlige arbejdsfunktioner i mentortimerne?",
        "Bekendtgørelse om en aktiv beskæftigelsesindsats",
        "BEK nr. 1645 af 27. december 2013",
        "text",
        citation="citation.ordinary_work",
    ),
    "lab2014.s81a.partnership": Statement(
        "Kan mentor indgå i en partnerskabsaftale med en virksomhed?", "LAB § 81 a", _LBK990, "text"
    ),
    "lab2014.ressource": Statement(
        "Hvem vurderer behovet i et ressourceforløb?",
        "LAB § 68 a",
        "samfocus.dk",
        "sec",
        "Rehabiliteringsteamet; den koordinerende sagsbehandler følger behov og omfang",
    ),
    "lab2014.rp.alternatives": Statement(
        "Hvilke andre tilbud menes der?",
        "LAB §§ 92, 94 og 96 b",
        _REMARKS,
        "prep",
        "Vejledning og opkvalificering, virksomhedspraktik og nytteindsats, løntilskud",
    ),
    "lab2014.rp.period": Statement(
        "Hvor mange måneder gives en ret- og pligtmentor ad gangen?",
        _BOTH,
        _LBK990,
        "text",
        figure="mentor.right_and_duty_period_months",
    ),
    "lab2014.rp.contactform": Statement(
        "Hvilken kontakt tæller?",
        _BOTH,
        _REMARKS,
        "prep",
        "Personlig kontakt; telefon og online kun med en særlig grund; sms og aflyste møder aldrig",
    ),
    "lab2014.rp.isoffer": Statement(
        "Er ret- og pligtmentoren selv et tilbud, så reglerne om tilbud (jobplan, uddannelsespålæg) gælder?",
        _BOTH,
        "Ankestyrelsen, oktober 2015",
        "prep",
    ),
    "lab2014.rp.firstoffer_left": Statement(
        "Har borgeren stadig sit første tilbud til gode efter et tilbud om mentor?", "LAB § 93", _PRACTICE, "inf"
    ),
    "lab2014.rp.purpose": Statement(
        "Hvad er formålet med ret- og pligtmentoren?",
        _BOTH,
        f"{_REMARKS}; Ankestyrelsen, oktober 2015",
        "prep",
        "At stabilisere livssituationen, så borgeren kan deltage i en indsats rettet mod job eller uddannelse",
    ),
    "lab2014.rp.personal": Statement(
        "Hvad er personlige forhold?",
        _BOTH,
        "Ankestyrelsen, oktober 2015",
        "prep",
        "Fx fysiske eller psykiske diagnoser, der gør et almindeligt tilbud umuligt",
    ),
}
