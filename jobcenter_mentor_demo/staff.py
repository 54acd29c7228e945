"""Make teams, users with one role each, and the logins that the command prints."""

from datetime import date
from typing import NamedTuple

from jobcenter_mentor.platform.access.models import RoleAssignment, Team, User
from jobcenter_mentor.platform.access.passwords import HASHER
from jobcenter_mentor_demo.rows import Rows

PASSWORD = "mentor-demo-2014"
"""One password for all, printed, because the municipality is made up and its database is on the reader's own machine.
"""
UNGE, AKTIV, HELBRED, SYGE = "Team Unge", "Team Aktiv", "Team Job og Helbred", "Team Sygedagpenge"
TEAMS = (UNGE, AKTIV, HELBRED, SYGE)
MENTOR_ROLES = ("MI", "MV", "ML", "MF")
SINCE = date(2012, 1, 1)


class Login(NamedTuple):
    """A login; `place` is a team, a supplier or a mentor by name, as the role needs."""

    username: str
    full_name: str
    role: str
    title: str
    place: str = ""


LOGINS = (
    Login("lone", "Lone Kjærgaard", "SB", "Sagsbehandler", UNGE),
    Login("henrik", "Henrik Dahl", "TL", "Teamleder", UNGE),
    Login("amal", "Amal Saleh", "MK", "Mentorkoordinator"),
    Login("samira", "Samira Haddad", "MI", "Intern mentor", "Samira Haddad"),
    Login("jens", "Jens Ove Krag", "MV", "Mentor i virksomhed", "Jens Ove Krag"),
    Login("peter", "Peter Holm", "ML", "Mentor hos leverandør", "Peter Holm"),
    Login("ellen", "Ellen Bro", "MF", "Frivillig mentor", "Ellen Bro"),
    Login("dorthe", "Dorthe Lysholm", "LK", "Leverandørkontakt", "Lysning Mentor"),
    Login("controller", "Kaj Brink", "ØK", "Økonomikonsulent"),
    Login("admin", "Astrid Munk", "AD", "Systemadministrator"),
    Login("revisor", "Rita Voss", "RE", "Revisor"),
)
"""One login of each role, which the command prints."""
COLLEAGUES = (
    Login("jonas", "Jonas Riber", "SB", "Sagsbehandler", UNGE),
    Login("tove", "Tove Aggerholm", "SB", "Sagsbehandler", UNGE),
    Login("karoline", "Karoline Vang", "SB", "Sagsbehandler", UNGE),
    Login("ib", "Ib Damsgaard", "SB", "Sagsbehandler", AKTIV),
    Login("ulla", "Ulla Fjord", "SB", "Sagsbehandler", AKTIV),
    Login("carsten", "Carsten Hede", "SB", "Sagsbehandler", AKTIV),
    Login("mona", "Mona Elkjær", "SB", "Sagsbehandler", HELBRED),
    Login("regitze", "Regitze Loft", "SB", "Sagsbehandler", HELBRED),
    Login("palle", "Palle Ringby", "SB", "Sagsbehandler", SYGE),
    Login("inge", "Inge Sandal", "TL", "Teamleder", AKTIV),
    Login("viggo", "Viggo Thorup", "TL", "Teamleder", HELBRED),
    Login("else", "Else Marie Bork", "TL", "Teamleder", SYGE),
    Login("yusuf", "Yusuf Demir", "MI", "Intern mentor", "Yusuf Demir"),
    Login("birgit", "Birgit Lund", "MI", "Intern mentor", "Birgit Lund"),
    Login("controller2", "Lis Overby", "ØK", "Økonomikonsulent"),
)


class Staff:
    """The staff by name: ids of teams and users, and who decides in a team."""

    def __init__(self, rows: Rows, places: dict[str, int]) -> None:
        """Add teams and users; `places` gives the ids of mentors and suppliers by name."""
        self.team = {name: rows.add(Team, name=name) for name in TEAMS}
        self.user: dict[str, int] = {}
        self.user_of_mentor: dict[int, int] = {}
        password_hash = HASHER.hash(PASSWORD)
        for login in (*LOGINS, *COLLEAGUES):
            self.user[login.username] = rows.add(
                User,
                username=login.username,
                full_name=login.full_name,
                email=f"{login.username}@example.dk",
                password_hash=password_hash,
            )
            place = {**self.team, **places}.get(login.place)
            if login.role in MENTOR_ROLES and place is not None:
                self.user_of_mentor[place] = self.user[login.username]
            rows.add(
                RoleAssignment,
                user_id=self.user[login.username],
                role=login.role,
                team_id=place if login.role in {"SB", "TL"} else None,
                supplier_id=place if login.role == "LK" else None,
                mentor_id=place if login.role in MENTOR_ROLES else None,
                valid_from=SINCE,
            )

    def caseworkers(self, team: str) -> list[int]:
        """Return the caseworkers of the team."""
        return [self.user[one.username] for one in (*LOGINS, *COLLEAGUES) if (one.role, one.place) == ("SB", team)]

    def leader_of(self, team_id: int) -> int:
        """Return the leader of the team."""
        leaders = (one for one in (*LOGINS, *COLLEAGUES) if one.role == "TL")
        return next(self.user[one.username] for one in leaders if self.team[one.place] == team_id)


def printed(address: str) -> str:
    """Return the printed text: the address and the logins, one of each role, in Danish."""
    lines = [f"  {one.username:<12}{one.title:<24}{one.full_name:<18}{one.place}".rstrip() for one in LOGINS]
    heading = f"  {'Brugernavn':<12}{'Rolle':<24}{'Navn':<18}Sted"
    return "\n".join((f"Jobcenter Mentor kører på {address}", f"Adgangskode for alle: {PASSWORD}", heading, *lines))
