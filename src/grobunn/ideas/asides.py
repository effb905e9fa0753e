"""What other features show on the thread of an idea: they register, ideas know none of them."""

from grobunn.ideas.models import Idea
from grobunn.ui.asides import Place

THREAD: Place[Idea] = Place("an idea's thread")
