"""The Danish words for a mentor's skills, themes, schooling and roles, as a reader of the page sees them."""

from datetime import date

from jobcenter_mentor.domain.kernel.mentor_types import EDUCATIONS, TRANSPORT
from jobcenter_mentor.domain.kernel.needs import BARRIERS, TASKS
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import ROLES, roles_on


def words_of(mentor: Mentor) -> dict[str, str]:
    """Return what a mentor can and will as text, each empty where nothing is told."""
    skills = {kind: [one.code for one in mentor.skills if one.kind == kind] for kind in SKILLS}
    return {
        "languages": ", ".join(skills["language"]),
        "competences": ", ".join(skills["competence"]),
        "experience": _listed(skills["experience"], BARRIERS),
        "preferred": _listed(mentor.preferred_themes or [], TASKS),
        "refused": _listed(mentor.refused_themes or [], TASKS),
        "transport": TRANSPORT.get(mentor.transport, ""),
        "education": EDUCATIONS.get(mentor.education, ""),
    }


def roles_in_words(user: User | None, on: date) -> str:
    """Return the roles of a person on a day: "Sagsbehandler, Intern mentor"; empty without a log-in."""
    return "" if user is None else ", ".join(dict.fromkeys(ROLES[role.role] for role in roles_on(user, on)))


SKILLS = ("language", "competence", "experience")


def _listed(codes: list[str], words: dict[str, str]) -> str:
    return ", ".join(words.get(code, code) for code in codes)
