"""Den, der spørger: whether who asked may still have the papers on the day they are released."""

from datetime import date

from sqlalchemy.orm import Session

from jobcenter_mentor.casework.access_requests.models import AccessRequest
from jobcenter_mentor.domain.kernel.errors import InvalidTransition
from jobcenter_mentor.people.citizens.models import Citizen, Consideration
from jobcenter_mentor.platform.database.locks import lock

NOW_PROTECTED = (
    "Borgeren har fået navne- og adressebeskyttelse, siden anmodningen kom, og navn og adresse står i papirerne. "
    "De kan ikke gives til en anden part. Luk anmodningen, og svar den anden part skriftligt."
)
ACTS_NO_LONGER = (
    "Den, der spurgte, handler ikke længere for borgeren og kan ikke få papirerne. Luk anmodningen, og registrér en "
    "ny, hvis borgeren selv vil have dem."
)


def require_entitled(session: Session, request: AccessRequest, *, on: date) -> None:
    """Kræv, at den, der spørger, stadig kan få papirerne; the citizen's row stays locked until they are given.

    Raises InvalidTransition where the citizen is protected since another party asked, or a helper acts no longer.
    """
    citizen = session.get_one(Citizen, request.citizen_id)
    lock(session, citizen)
    if request.party_name and citizen.protected:
        raise InvalidTransition(NOW_PROTECTED)
    if request.consideration_id is not None:
        helper = session.get_one(Consideration, request.consideration_id, populate_existing=True)
        if not helper.is_in_force(on):
            raise InvalidTransition(ACTS_NO_LONGER)
