"""The form in which weights are proposed."""

from wtforms import StringField
from wtforms.validators import InputRequired

from jobcenter_mentor.domain.matching.weights import CRITERIA
from jobcenter_mentor.platform.pages.forms import BaseForm, DanishDateField, WholeNumberField, at_most


class WeightsForm(BaseForm):
    """Weights (vægte) in percent of the standard, from a day on."""

    valid_from = DanishDateField("Gælder fra", [InputRequired("Skriv, hvornår vægtene gælder fra.")])
    reason = StringField("Hvorfor", [at_most(400)])

    def percents(self) -> dict[str, int]:
        """Return the percent of each criterion; what is empty is the standard."""
        return {code: 100 if self[code].data is None else self[code].data for code in CRITERIA}


for _code, _label in CRITERIA.items():
    setattr(WeightsForm, _code, WholeNumberField(_label))
