"""The one place reads of search are composed: import from here."""

from grobunn.search.queries.facets import Facet
from grobunn.search.queries.found import MOST, Found, matches_of, search
from grobunn.search.queries.known import Known, known
from grobunn.search.queries.matches import Match
from grobunn.search.queries.similar import near, similar, worth_reading
from grobunn.search.queries.suggested import Suggested, suggestions
from grobunn.search.queries.synonyms import SynonymGroup, synonym_groups, synonyms_of

__all__ = [
    "MOST",
    "Facet",
    "Found",
    "Known",
    "Match",
    "Suggested",
    "SynonymGroup",
    "known",
    "matches_of",
    "near",
    "search",
    "similar",
    "suggestions",
    "synonym_groups",
    "synonyms_of",
    "worth_reading",
]
