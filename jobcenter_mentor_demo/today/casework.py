"""Take each case of 2026 through the services of the product, each step on its own day."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casework.agreements import service as agreements
from jobcenter_mentor.casework.agreements.acceptance import AgreementReply
from jobcenter_mentor.casework.grants import case_assessment, hearing, proposal
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.casework.grants.hearing_facts import service as facts
from jobcenter_mentor.casework.grants.hearing_facts.service import NewFact
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.casework.grants.proposal import Refusing
from jobcenter_mentor.casework.matching import service as matching
from jobcenter_mentor.casework.referrals import service as referrals
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.casework.referrals.referral_check import NewReferral
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen, CitizenStatus
from jobcenter_mentor.people.citizens.queries import folded
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Team, User
from jobcenter_mentor.platform.database.db import blind_index
from jobcenter_mentor.platform.pages.filters import dk_date_words
from jobcenter_mentor_demo.people import STREETS, CprNumbers, birthday
from jobcenter_mentor_demo.placing import AIMS
from jobcenter_mentor_demo.staff import COLLEAGUES, LOGINS
from jobcenter_mentor_demo.today.cases import DAY, DemoCase

REFUSING = Refusing(
    considerations="Støtten er ikke nødvendig for at fastholde tilbuddet.\nDu har allerede en kontaktperson.",
    other_help="Kontaktpersonen og åben rådgivning er drøftet.",
)
REFUSED = "Du møder i tilbuddet fem dage om ugen og klarer de opgaver, du har bedt om støtte til."


class TodayCasework:
    """The cases in their order; `granted` holds the courses with their case."""

    def __init__(self, session: Session, law: Law, rng: Random) -> None:
        self._session, self._law, self._rng = session, law, rng
        self.users = {user.username: user for user in session.scalars(select(User))}
        self._teams = {team.name: team for team in session.scalars(select(Team))}
        self._cpr = CprNumbers(rng)
        self.granted: list[tuple[DemoCase, Grant]] = []
        self.refused: list[Decision] = []

    def write(self, cases: Sequence[DemoCase]) -> None:
        """Take each case as far as it has come on the demo's day."""
        for case in cases:
            referral = self._refer(case)
            if case.event != "referred":
                self._decide(case, referral)

    def leader_of(self, team: str) -> User:
        """Return the leader of the team."""
        return self.users[next(one.username for one in (*LOGINS, *COLLEAGUES) if (one.role, one.place) == ("TL", team))]

    def _refer(self, case: DemoCase) -> Referral:
        worker, on = self.users[case.worker], case.referred_on
        aimed_at = min(case.start + timedelta(days=85), case.start + timedelta(weeks=case.weeks, days=-1))
        new = NewReferral(
            referred_on=on,
            goal=f"{case.first_name} {AIMS[case.task]} inden den {dk_date_words(aimed_at)}.",
            start=case.start,
            weeks=case.weeks,
            minutes_per_week=case.minutes,
            mentor_type=case.mentor_type,
            tasks=list(dict.fromkeys((case.task, "structure"))),
            barriers=["mental", "sleep"],
            consulted=True,
            consulted_on=on,
            can_take_other_offers=True,
            first_offer=True,
            beyond_normal=True if case.mentor_type == "VIRK" else None,
            decisive=True if case.mentor_type == "VIRK" else None,
            psychiatric_inpatient=case.event == "discharge",
            discharge_date=case.start if case.event == "discharge" else None,
            goal_by=aimed_at,
        )
        return referrals.refer(self._session, self._citizen(case, worker), new, actor=Actor(worker, on), law=self._law)

    def _citizen(self, case: DemoCase, worker: User) -> Citizen:
        born = birthday(case.kind.ages[0] if case.kind.benefit == "under_18" else case.age, case.start, self._rng)
        cpr = self._cpr.draw(born, case.sex)
        name = f"{case.first_name} {case.last_name}"
        citizen = Citizen(
            cpr=cpr,
            cpr_index=blind_index(cpr),
            first_name=case.first_name,
            last_name=case.last_name,
            search_name=folded(name),
            birth_date=born,
            sex=case.sex,
            address=f"{self._rng.choice(STREETS)} {self._rng.randrange(1, 120)}, 9999 Sønderå",
            phone=f"00{self._rng.randrange(10**6):06d}",
            language=case.language,
            released_contact=True,
            team_id=self._teams[case.kind.team].id,
            caseworker_id=worker.id,
        )
        kind = case.kind
        citizen.statuses.append(
            CitizenStatus(
                valid_from=case.referred_on - timedelta(days=60),
                benefit=kind.benefit,
                visitation=kind.visitation,
                has_education=kind.has_education,
                source="ydelsessystem",
            )
        )
        self._session.add(citizen)
        self._session.flush()
        return citizen

    def _decide(self, case: DemoCase, referral: Referral) -> None:
        worker, leader = self.users[case.worker], self.leader_of(case.kind.team)
        refused = case.event == "refusal"
        asked = DAY - timedelta(days=15 if refused else 3) if case.start > DAY else case.decided_on
        decision = proposal.propose(
            self._session,
            referral,
            kind=proposal.REFUSAL if refused else proposal.GRANT,
            terms=case_assessment.offered_terms(self._session, referral, self._law, on=asked),
            reason=REFUSED if refused else "",
            actor=Actor(worker, asked),
            law=self._law,
            refusing=REFUSING if refused else None,
        )
        if refused:
            self._hear(decision, asked)
        if case.event != "waiting":
            on = DAY - timedelta(days=1) if refused else asked
            grant = self._approve(decision, leader, on)
            if grant is None:
                self.refused.append(decision)
            else:
                self.granted.append((case, grant))
                self._match(case, grant, on)

    def _hear(self, decision: Decision, on: date) -> None:
        """Send the hearing of a refusal, and write down the citizen's answer."""
        worker = self.users[next(name for name, user in self.users.items() if user.id == decision.proposed_by_id)]
        known = NewFact("Du kommer selv til dine aftaler.", "dit jobcenters kalender", on - timedelta(days=2))
        facts.add(self._session, decision, known, actor=Actor(worker, on))
        planned = "Vi overvejer at sige nej til mentorstøtte."
        basis = ("LAB § 167",)
        draft = hearing.draft(self._session, decision, planned=planned, legal_basis=basis, on=on, law=self._law)
        letter = (draft, letters.render(draft))
        hearing.send(self._session, decision, letter=letter, actor=Actor(worker, on), law=self._law)
        later = on + timedelta(days=5)
        words = "Jeg synes stadig, at jeg har brug for hjælp om morgenen."
        hearing.answer(self._session, decision, words=words, answered_on=later, actor=Actor(worker, later))

    def _approve(self, decision: Decision, leader: User, on: date) -> Grant | None:
        draft = deciding.letter_draft(self._session, decision, on=on, law=self._law)
        letter = (draft, letters.render(draft))
        return deciding.approve(self._session, decision, actor=Actor(leader, on), law=self._law, letter=letter)

    def _match(self, case: DemoCase, grant: Grant, on: date) -> None:
        """Choose the mentor of the type who ranks first, and let all three accept the agreement."""
        amal = self.users["amal"]
        ranked = matching.propose(self._session, grant, actor=Actor(amal, on), law=self._law)
        best = next(one for one in ranked if one.mentor.mentor_type == case.mentor_type)
        reason = "Kender borgeren fra et tidligere forløb."
        matching.choose(self._session, grant, best.mentor, choice_reason=reason, actor=Actor(amal, on), law=self._law)
        self._session.refresh(grant)
        self._agree(grant, self.users[case.worker], on)

    def _agree(self, grant: Grant, worker: User, on: date) -> None:
        new = agreements.prefill(self._session, grant, on=on, law=self._law)
        draft = agreements.letter_of(self._session, grant, new, actor=Actor(worker, on), law=self._law)
        kept = agreements.AgreementLetter(draft, letters.render(draft))
        agreement = agreements.draft(self._session, grant, new, actor=Actor(worker, on), law=self._law, letter=kept)
        replies = {
            "jobcentre": None,
            "citizen": AgreementReply("accepted", "in_person", on, given_by="self"),
            "mentor": AgreementReply("accepted", "phone", on),
        }
        for party, reply in replies.items():
            agreement = agreements.accept(self._session, agreement, party=party, actor=Actor(worker, on), reply=reply)
