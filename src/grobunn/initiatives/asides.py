"""What other features show on the page of an initiative: they register, initiatives know none of them."""

from grobunn.initiatives.models import Initiative
from grobunn.ui.asides import Place

PAGE: Place[Initiative] = Place("an initiative's page")
