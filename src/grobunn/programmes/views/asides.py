"""Where other parts of the feature, and features above, show something on the pages of programmes."""

from dataclasses import dataclass

from grobunn.organisations.models import Municipality
from grobunn.programmes.models import Cohort, Enrolment, Gathering
from grobunn.ui.asides import Place


@dataclass(frozen=True)
class OwnPlace:
    """Somebody's own page. Takes: key, of the link by which they came; "" for who is signed in."""

    enrolment: Enrolment
    key: str = ""


LIST: Place[Municipality] = Place("programmes.list")
OVERVIEW: Place[Cohort] = Place("programmes.cohort")
GATHERING: Place[Gathering] = Place("programmes.gathering")
OWN_PLACE: Place[OwnPlace] = Place("programmes.own_place")
