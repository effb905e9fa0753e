"""Write down which words mean the same in a municipality."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.kernel import audit, ids, permissions
from grobunn.kernel.actors import Actor
from grobunn.organisations.models import Municipality
from grobunn.search.models import Synonym
from grobunn.search.queries.synonyms import forget_synonyms, synonym_groups
from grobunn.search.words import words_of

# A query grows with the words of a group, and every page of the set-up with the groups.
MOST_WORDS = 12
MOST_GROUPS = 500


def set_synonyms(
    municipality: Municipality, *, words: Sequence[str], actor: Actor, group_id: UUID | None = None
) -> UUID:
    """Write down a group of words that mean the same, or what one consists of now.

    Takes:   words, single words as people write them, two at least; group_id, the group that is changed.
    Returns: the group's id.
    Raises:  PermissionDenied; ValidationError if a word is none, stands in another group, or there are too many.
    Effects: rows, audit; searches know it at once here, within a minute in other processes.
    """
    permissions.check("search.set_synonyms", actor, municipality)
    kept = _checked(words)
    with scope(municipality=municipality.pk):
        if group_id is None and len(synonym_groups(municipality.pk)) >= MOST_GROUPS:
            raise ValidationError(_("There are %(count)s groups already."), "too_many", {"count": MOST_GROUPS})
        group_id = _written(municipality, kept, group_id or ids.new_id())
    _record("search.set_synonyms", municipality, actor, group_id)
    forget_synonyms(municipality.pk)
    return group_id


def remove_synonyms(municipality: Municipality, *, group_id: UUID, actor: Actor) -> tuple[str, ...]:
    """Forget a group of words. Returns: its words; empty if it was not there. Effects: rows, audit."""
    permissions.check("search.set_synonyms", actor, municipality)
    with scope(municipality=municipality.pk), transaction.atomic():
        rows = Synonym.objects.filter(group_id=group_id)
        words = tuple(rows.order_by("word").values_list("word", flat=True))
        rows.delete()
    _record("search.remove_synonyms", municipality, actor, group_id)
    forget_synonyms(municipality.pk)
    return words


def _checked(words: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for written in words:
        found = words_of(written)
        if len(found) != 1:
            raise ValidationError(_("“%(word)s” is not one word."), "not_a_word", {"word": written[:60]})
        kept += found if found[0] not in kept else []
    if len(kept) < 2:
        raise ValidationError(_("Write at least two words that mean the same."), "too_few")
    if len(kept) > MOST_WORDS:
        raise ValidationError(_("A group holds at most %(count)s words."), "too_many", {"count": MOST_WORDS})
    return kept


def _written(municipality: Municipality, words: list[str], group_id: UUID) -> UUID:
    try:
        with transaction.atomic():
            Synonym.objects.filter(group_id=group_id).delete()
            Synonym.objects.bulk_create(
                [Synonym(municipality=municipality, group_id=group_id, word=word) for word in words]
            )
    except IntegrityError as error:
        taken = Synonym.objects.filter(word__in=words).exclude(group_id=group_id).values_list("word", flat=True)
        raise ValidationError(
            _("“%(word)s” is in another group. Add the words there."), "taken", {"word": ", ".join(taken)}
        ) from error
    return group_id


def _record(action: str, municipality: Municipality, actor: Actor, group_id: UUID) -> None:
    data = {"group_id": str(group_id)}
    audit.record(action, actor=actor, subject=municipality, municipality_id=municipality.pk, data=data)
