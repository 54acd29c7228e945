"""Make referrals without an answer, and proposals that wait for a team leader, by the services."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casefile.followups.service import CaseRef
from jobcenter_mentor.casework.grants import case_assessment
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.casework.grants import proposal as proposing
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.config import DEMO_DAY
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.radar import case_time
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.law_figures.service import law as own_law
from jobcenter_mentor.platform.pages.filters import dk_date_words
from jobcenter_mentor_demo.people import DemoCitizen, Status, birthday
from jobcenter_mentor_demo.placing import AIMS
from jobcenter_mentor_demo.rows import Rows
from jobcenter_mentor_demo.staff import AKTIV, HELBRED, SYGE, UNGE, Staff

READY = "aktivitetsparat"


@dataclass(frozen=True)
class DemoWaitingCitizen:
    """A waiting citizen: since when, the request, and by whom; minutes are minutes a week."""

    name: str
    sex: str
    age: int
    benefit: str
    visitation: str | None
    number: str
    days: int
    minutes: int
    start: date
    weeks: int = 26
    duty: bool = True
    mentor_type: str = "INT"
    wishes: str = ""
    language: str = "dansk"
    discharge: date | None = None
    task: str = "structure"
    team: str = UNGE
    caseworker: str = "lone"
    proposed_on: date | None = None


def _on(month: int, day: int) -> date:
    return date(2014, month, day)


REFERRED = (
    DemoWaitingCitizen(
        "Viggo Stampe",
        "M",
        52,
        "kontanthjaelp",
        READY,
        "2014-0931",
        9,
        120,
        _on(10, 20),
        duty=False,
        discharge=_on(10, 27),
        wishes="erfaring fra psykiatrien",
        task="doctor",
    ),
    DemoWaitingCitizen(
        "Emil Krogh",
        "M",
        31,
        "kontanthjaelp",
        READY,
        "2014-0921",
        6,
        120,
        _on(10, 20),
        wishes="ældre mand",
        task="transport",
    ),
    DemoWaitingCitizen(
        "Ronja Bech", "K", 41, "ressourceforloeb", None, "2014-0925", 5, 90, _on(10, 27), 13, duty=False
    ),
    DemoWaitingCitizen(
        "Idris Osman", "M", 22, "uddannelseshjaelp", READY, "2014-0928", 2, 180, _on(11, 3), language="arabisk"
    ),
    DemoWaitingCitizen(
        "Liv Damgaard",
        "K",
        19,
        "uddannelseshjaelp",
        "uddannelsesparat",
        "2014-0933",
        0,
        60,
        _on(11, 3),
        13,
        duty=False,
        mentor_type="UDD",
        wishes="mødes på skolen",
        task="dialogue",
    ),
    DemoWaitingCitizen(
        "Jytte Ravnholt", "K", 47, "kontanthjaelp", READY, "2014-0924", 5, 120, _on(10, 27), team=AKTIV, caseworker="ib"
    ),
    DemoWaitingCitizen(
        "Bilal Farah",
        "M",
        36,
        "kontanthjaelp",
        READY,
        "2014-0929",
        2,
        120,
        _on(11, 3),
        language="somali",
        team=AKTIV,
        caseworker="ulla",
    ),
    DemoWaitingCitizen(
        "Åge Torp",
        "M",
        55,
        "ledighedsydelse",
        None,
        "2014-0926",
        4,
        60,
        _on(11, 3),
        13,
        duty=False,
        team=HELBRED,
        caseworker="mona",
    ),
    DemoWaitingCitizen(
        "Grethe Lykke",
        "K",
        43,
        "sygedagpenge",
        "sygemeldt",
        "2014-0930",
        1,
        60,
        _on(10, 27),
        13,
        duty=False,
        mentor_type="VKON",
        team=SYGE,
        caseworker="palle",
        task="job_search",
    ),
)
PROPOSED = (
    DemoWaitingCitizen(
        "Karla Munk",
        "K",
        27,
        "uddannelseshjaelp",
        "uddannelsesparat",
        "2014-0899",
        14,
        120,
        _on(10, 27),
        13,
        duty=False,
        proposed_on=_on(10, 13),
    ),
    DemoWaitingCitizen(
        "Tobias Steen", "M", 39, "kontanthjaelp", READY, "2014-0905", 10, 120, _on(10, 20), 26, proposed_on=_on(10, 14)
    ),
    DemoWaitingCitizen(
        "Frida Nygaard",
        "K",
        25,
        "uddannelseshjaelp",
        READY,
        "2014-0917",
        8,
        120,
        _on(10, 20),
        26,
        caseworker="jonas",
        proposed_on=_on(10, 14),
    ),
    DemoWaitingCitizen(
        "Anton Juul",
        "M",
        28,
        "uddannelseshjaelp",
        READY,
        "2014-0910",
        9,
        90,
        _on(10, 27),
        13,
        duty=False,
        proposed_on=_on(10, 15),
    ),
    DemoWaitingCitizen(
        "Bo Pihl", "M", 33, "kontanthjaelp", READY, "2014-0886", 16, 120, _on(10, 20), 26, proposed_on=_on(10, 13)
    ),
)
SENT_BACK = "2014-0886"
COMMENT = "Målet kan ikke måles. Skriv hvor ofte og hvornår."
REFUSED = proposing.Refusing(
    hearing_note="Hørt den 30.09.2014 om, at jobcentret vil give afslag. Intet svar inden fristen den 10.10.2014.",
    considerations="Støtten er ikke nødvendig for at fastholde uddannelsen.\nSkolen har egen vejleder.",
    other_help="Skolens vejleder og studiestøtte (SPS) er drøftet.",
)
REFUSAL_REASON = "Du er begyndt i uddannelse og følger den. Skolens vejleder giver den støtte, du har brug for."


def write_waiting(rows: Rows, first_id: int, staff: Staff, rng: Random) -> list[DemoCitizen]:
    """Write the referrals; return the citizens, who have no course yet."""
    people = []
    for place, waiting in enumerate((*REFERRED, *PROPOSED)):
        first, last = waiting.name.split(" ", maxsplit=1)
        status = Status(_on(6, 2), waiting.benefit, waiting.visitation)
        person = DemoCitizen(
            first_id + place,
            first,
            last,
            waiting.sex,
            birthday(waiting.age, DEMO_DAY, rng),
            staff.team[waiting.team],
            staff.user[waiting.caseworker],
            [status],
            waiting.language,
        )
        people.append(person)
        _referral(rows, waiting, person)
    return people


def start_case_time(session: Session, *, by: User) -> None:
    """Set the deadline of the decision in the open referrals, as on the day they came."""
    own = own_law(session)
    for referral in session.scalars(select(Referral).where(Referral.closed_on.is_(None)).order_by(Referral.id)):
        due = case_time(referral.referred_on, own.on(referral.referred_on))
        case = CaseRef(referral.citizen_id, referral.case_number, referral.team_id, referral.caseworker_id, referral.id)
        followups.plan(session, [due] if due else [], case=case, actor=Actor(by, referral.referred_on))


def propose_waiting(session: Session, law: Law) -> None:
    """Propose the cases as the caseworkers would, and let the team leader send one back."""
    users = {user.username: user for user in session.scalars(select(User))}
    for waiting in PROPOSED:
        referral = session.scalars(select(Referral).where(Referral.case_number == waiting.number)).one()
        refused, on = waiting.number == "2014-0899", waiting.proposed_on or DEMO_DAY
        decision = proposing.propose(
            session,
            referral,
            kind="refusal" if refused else "grant",
            terms=case_assessment.offered_terms(session, referral, law, on=on),
            reason=REFUSAL_REASON if refused else "",
            actor=Actor(users[waiting.caseworker], on),
            law=law,
            refusing=REFUSED if refused else None,
        )
        if waiting.number == SENT_BACK:
            deciding.send_back(session, decision, comment=COMMENT, actor=Actor(users["henrik"], _on(10, 14)))


def _referral(rows: Rows, waiting: DemoWaitingCitizen, person: DemoCitizen) -> None:
    referred_on = DEMO_DAY - timedelta(days=waiting.days)
    aimed_at = dk_date_words(waiting.start + timedelta(days=90))
    rows.add(
        Referral,
        case_number=waiting.number,
        citizen_id=person.id,
        team_id=person.team_id,
        caseworker_id=person.caseworker_id,
        referred_on=referred_on,
        goal=f"{person.first_name} {AIMS[waiting.task]} inden den {aimed_at}.",
        tasks=[waiting.task, "out_of_bed"],
        barriers=["mental", "sleep"],
        wishes=waiting.wishes,
        wished_language=waiting.language if waiting.language != "dansk" else "",
        consulted=True,
        consulted_on=referred_on,
        can_take_other_offers=not waiting.duty,
        cannot_because="personal" if waiting.duty else None,
        first_offer=True,
        psychiatric_inpatient=waiting.discharge is not None,
        discharge_date=waiting.discharge,
        beyond_normal=True if waiting.mentor_type == "UDD" else None,
        decisive=True if waiting.mentor_type == "UDD" else None,
        start=waiting.start,
        weeks=waiting.weeks,
        minutes_per_week=waiting.minutes,
        mentor_type=waiting.mentor_type,
        closed_on=None,
        closed_reason="",
    )
