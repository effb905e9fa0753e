"""The one place reads of search are composed: import from here."""

from grobunn.search.queries.found import MOST, Facet, Found, matches_of, search
from grobunn.search.queries.matches import Match
from grobunn.search.queries.similar import similar
from grobunn.search.queries.synonyms import SynonymGroup, synonym_groups, synonyms_of

__all__ = [
    "MOST",
    "Facet",
    "Found",
    "Match",
    "SynonymGroup",
    "matches_of",
    "search",
    "similar",
    "synonym_groups",
    "synonyms_of",
]
