"""The form to try other facts ("hvad nu hvis"), filled with the facts of a stored assessment."""

from collections.abc import Mapping

from wtforms.validators import InputRequired, NumberRange, Optional

from jobcenter_mentor.domain.kernel.identifiers import MOST_AGE
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES, VISITATIONS
from jobcenter_mentor.domain.law.facts import SITUATIONS, CaseFacts
from jobcenter_mentor.platform.pages.forms import BaseForm, ChoiceField, DanishDateField, HoursField, WholeNumberField

KNOWN_OR_NOT = {"ja": "Ja", "nej": "Nej", "": "Ved ikke"}
TRUTH = {"ja": True, "nej": False, "": None}
WORDS = {truth: word for word, truth in TRUTH.items()}
OFFERS = {
    "yes": ("Ja", (True, None)),
    "no_personal": ("Nej, personlige forhold", (False, "personal")),
    "no_other": ("Nej, anden grund", (False, "other")),
    "unknown": ("Ved ikke", (None, None)),
}
OF_REQUEST = ("beyond_normal", "decisive")
TRUTHS = ("first_offer", "refugee_full_refund", "integration_programme", "psychiatric_inpatient", *OF_REQUEST)


KINDS = {"study_or_job_qualifying": "studie- eller erhvervskompetencegivende", "other": "anden"}
PLAIN = ("age", "group", "discharge_date", "education_admission_date")
CODES = ("visitation", "situation", "education_kind")


def _sentences(names: dict[str, str]) -> dict[str, str]:
    return {code: name[:1].upper() + name[1:] for code, name in names.items()}


class WhatIfForm(BaseForm):
    """The facts the law asks for most often, to try other answers ("hvad nu hvis"); nothing is saved."""

    date = DanishDateField("Afgørelsens dag", [InputRequired("Skriv en dato.")])
    group = WholeNumberField("Målgruppe nr.", description="LAB § 2 indtil 2019, § 6 fra 2020. 0 er ingen.")
    visitation = ChoiceField("Visitation", choices={"": "Ingen"} | VISITATIONS)
    other_offers = ChoiceField(
        "Kan borgeren deltage i andre tilbud?", choices={code: words for code, (words, _) in OFFERS.items()}
    )
    first_offer = ChoiceField("Er det første tilbud?", choices=KNOWN_OR_NOT)
    age = WholeNumberField("Alder", [Optional(), NumberRange(0, MOST_AGE, f"Skriv et helt tal fra 0 til {MOST_AGE}.")])
    situation = ChoiceField("Situation (før 2014)", choices={"": "Ved ikke"} | _sentences(SITUATIONS))
    refugee_full_refund = ChoiceField(
        "Er borgeren flygtning i døgnophold eller kommet som mindreårig asylansøger?", choices=KNOWN_OR_NOT
    )
    integration_programme = ChoiceField("Er borgeren i integrationsprogram?", choices=KNOWN_OR_NOT)
    psychiatric_inpatient = ChoiceField("Er borgeren indlagt på psykiatrisk afdeling?", choices=KNOWN_OR_NOT)
    discharge_date = DanishDateField("Udskrives den")
    education_admission_date = DanishDateField("Optaget på uddannelse den")
    education_kind = ChoiceField("Uddannelsens art", choices={"": "Ved ikke"} | _sentences(KINDS))
    start = DanishDateField("Første dag", [InputRequired("Skriv første dag.")])
    end = DanishDateField("Sidste dag", [InputRequired("Skriv sidste dag.")])
    minutes_per_week = HoursField("Timer/uge", [InputRequired("Skriv timer om ugen.")])
    mentor_type = ChoiceField("Mentortype", choices=MENTOR_TYPES)
    beyond_normal = ChoiceField("Ud over det sædvanlige?", choices=KNOWN_OR_NOT)
    decisive = ChoiceField("Er støtten afgørende?", choices=KNOWN_OR_NOT)

    def changed(self) -> Mapping[str, object]:
        """Return the facts in the form, by their names in `CaseFacts`."""
        can, because = OFFERS[self.other_offers.data][1]
        plain = ("date", *PLAIN, "start", "end", "minutes_per_week", "mentor_type")
        return {
            **{name: self[name].data for name in plain},
            **{name: TRUTH[self[name].data] for name in TRUTHS},
            **{name: self[name].data or None for name in CODES},
            "can_take_other_offers": can,
            "cannot_because": because,
        }


def values_of(facts: CaseFacts) -> Mapping[str, object]:
    """Return the values the form shows for stored facts."""
    citizen, request = facts.citizen, facts.request
    pair = (citizen.can_take_other_offers, citizen.cannot_because)
    offers = {known: code for code, (_, known) in OFFERS.items()}
    truths = {name: getattr(request if name in OF_REQUEST else citizen, name) for name in TRUTHS}
    return {
        "date": facts.date,
        **{name: getattr(citizen, name) for name in PLAIN},
        **{name: getattr(citizen, name) or "" for name in CODES},
        "other_offers": offers.get(pair, "unknown"),
        **{name: WORDS[truth] for name, truth in truths.items()},
        "start": request.start,
        "end": request.last_day,
        "minutes_per_week": request.minutes_per_week,
        "mentor_type": request.mentor_type,
    }
