"""Hændelser i ord: an action such as `citizen.read` as a reader of the log says it, "Borger: set"."""

AREAS = {
    "citizen": "Borger",
    "referral": "Henvisning",
    "grant": "Bevilling",
    "decision": "Afgørelse",
    "letter": "Brev",
    "match": "Match",
    "agreement": "Aftale",
    "draft": "Kladde",
    "link": "Link",
    "goal": "Mål",
    "progression": "Progression",
    "meeting": "Møde",
    "log": "Logbog",
    "hours": "Timer",
    "followup": "Opfølgning",
    "course": "Forløb",
    "frame": "Ramme",
    "frame_change": "Rammeændring",
    "claim": "Refusionsopgørelse",
    "mentor": "Mentor",
    "supplier": "Leverandør",
    "report": "Rapport",
    "statistics": "Statistik",
    "export": "Udtræk",
    "import": "Indlæsning",
    "law": "Lov og tal",
    "login": "Log-ind",
    "logout": "Log-ud",
    "reason": "Begrundelse",
    "page": "Side",
    "home": "Forside",
    "user": "Bruger",
    "role": "Rolle",
    "team": "Team",
    "token": "API-nøgle",
    "audit": "Hændelseslog",
    "settings": "Opsætning",
}
"""First part of an action, or a subject, in Danish."""

ACTS = {
    "read": "set",
    "list": "liste set",
    "search": "søgt",
    "find": "søgt",
    "my_day": "Min dag set",
    "waiting": "venteliste set",
    "name": "navn",
    "cpr": "CPR-nummer vist",
    "cpr_masked": "CPR-nummer, skjult",
    "protected": "navne- og adressebeskyttelse",
    "status": "målgruppe og visitation ændret",
    "register": "oprettet",
    "add": "oprettet",
    "write": "ændret",
    "amend": "rettet",
    "correct": "rettet",
    "absence": "fravær noteret",
    "function": "pladsmentor oprettet",
    "refer": "henvist",
    "withdraw": "trukket tilbage",
    "propose": "indstillet",
    "approve": "godkendt",
    "send_back": "sendt tilbage",
    "change": "ændret",
    "change_hours": "timer ændret",
    "set_mentor": "mentor valgt",
    "end_early": "ophørt før tid",
    "end": "frataget",
    "give": "givet",
    "make": "udstedt",
    "stop": "afsluttet",
    "close": "lukket",
    "password": "adgangskode sat",
    "take_in": "indlæst",
    "choose": "valgt",
    "confirm": "bekræftet",
    "draft": "udkast",
    "accept": "accepteret",
    "send": "sendt",
    "settle": "afsluttet",
    "enter": "skrevet",
    "failed": "mislykket",
    "persons": "personer",
}
"""Last part of an action in Danish."""


def area(code: str) -> str:
    """Return the Danish name of a feature or subject; the code itself where there is none."""
    return AREAS.get(code, code)


def words(action: str) -> str:
    """Return an action in Danish: its area and its last part, each as it is where it has no words."""
    first, _, rest = action.partition(".")
    last = rest.rpartition(".")[2]
    return f"{area(first)}: {ACTS.get(last, last)}" if last else area(first)
