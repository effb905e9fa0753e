"""The words that a municipality uses for the same thing."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.cache import caches
from django_scopes import scope

from grobunn.search.models import Synonym

# So long another process may go on with what it read; the one that wrote reads anew at once.
_KEPT_SECONDS = 60


@dataclass(frozen=True)
class SynonymGroup:
    """Words for one thing, in the order of the alphabet."""

    id: UUID
    words: tuple[str, ...]


def synonyms_of(municipality_id: UUID | None) -> Mapping[str, tuple[str, ...]]:
    """The other words for each word that has some, all in lower case; none where there is no municipality.

    No SQL when it was read in the last minute in this process.
    """
    if municipality_id is None:
        return {}
    found: dict[str, tuple[str, ...]] | None = caches["process"].get(_key(municipality_id))
    if found is None:
        found = {
            word: tuple(other for other in group.words if other != word)
            for group in synonym_groups(municipality_id)
            for word in group.words
        }
        caches["process"].set(_key(municipality_id), found, _KEPT_SECONDS)
    return found


def synonym_groups(municipality_id: UUID) -> list[SynonymGroup]:
    """Every group of a municipality, by its first word."""
    words: dict[UUID, list[str]] = defaultdict(list)
    with scope(municipality=municipality_id):
        for group_id, word in Synonym.objects.order_by("word").values_list("group_id", "word"):
            words[group_id].append(word)
    return sorted((SynonymGroup(group_id, tuple(each)) for group_id, each in words.items()), key=lambda g: g.words)


def forget_synonyms(municipality_id: UUID) -> None:
    """Read a municipality's words anew in this process."""
    caches["process"].delete(_key(municipality_id))


def _key(municipality_id: UUID) -> str:
    return f"search.synonyms:{municipality_id}"
