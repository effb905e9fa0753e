"""What tells of an object that search knows, by kind and id: features that know nothing of each other meet here."""

from grobunn.search.engine.interface import Ref
from grobunn.ui.asides import Place

MENTIONS: Place[Ref] = Place("what is told of an object")
