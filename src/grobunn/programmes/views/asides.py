"""Where other parts of the feature, and features above, show something on the page of a cohort or a gathering."""

from grobunn.programmes.models import Cohort, Gathering
from grobunn.ui.asides import Place

OVERVIEW: Place[Cohort] = Place("programmes.cohort")
GATHERING: Place[Gathering] = Place("programmes.gathering")
