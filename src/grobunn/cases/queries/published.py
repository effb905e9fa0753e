"""What everybody may read of a case: the published content, its editions, files and where it comes from."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Q
from django_scopes import scopes_disabled

from grobunn.cases.contents import from_edition
from grobunn.cases.models import Case, Document, Edition, Picture
from grobunn.cases.states import CaseState
from grobunn.ideas.models import Idea
from grobunn.kernel import clock
from grobunn.organisations.queries import municipality_by_id

F = TypeVar("F", Picture, Document)


@dataclass(frozen=True)
class EditionLine:
    """One line of the list of editions."""

    number: int
    published_at: datetime
    note: str


def published_case(slug: str) -> Case:
    """A case that everybody may read, with the municipalities and the contact at hand; one SQL.

    Raises: Case.DoesNotExist, also for one that is not published.
    """
    with scopes_disabled():
        case: Case = Case.objects.select_related("contact_unit", "contact_person").get(
            slug=slug, state=CaseState.PUBLISHED
        )
    # Kept in the process: joined, they were half of what is read.
    case.municipality = municipality_by_id(case.municipality_id)
    case.origin = municipality_by_id(case.origin_id)
    return case


def idea_of(case: Case) -> Idea | None:
    """The thread that a case ends, with its municipality; one SQL, none where there is none."""
    if case.idea_id is None:
        return None
    with scopes_disabled():
        return Idea.objects.select_related("municipality").filter(pk=case.idea_id).first()


def gone_case(slug: str) -> Case | None:
    """A case that everybody could read once and cannot now, with its keeper and what replaces it; one SQL."""
    was_read = Q(published_at__isnull=False) & ~Q(state=CaseState.PUBLISHED)
    with scopes_disabled():
        return Case.objects.select_related("municipality", "replaced_by").filter(was_read, slug=slug).first()


def published_cases(slugs: Sequence[str]) -> list[Case]:
    """Published cases in the order of their addresses; one that is not published is left out. One SQL."""
    with scopes_disabled():
        cases = Case.objects.filter(slug__in=slugs, state=CaseState.PUBLISHED).select_related(
            "municipality", "origin", "contact_unit"
        )
        found = {case.slug: case for case in cases}
    return [found[slug] for slug in slugs if slug in found]


def editions_of(case: Case) -> list[EditionLine]:
    """Every edition, the newest first; one SQL, without what they say."""
    with scopes_disabled():
        rows = Edition.objects.filter(case=case).order_by("-number").values_list("number", "published_at", "note")
        return [EditionLine(*row) for row in rows]


def at_edition(case: Case, number: int) -> Case:
    """A case as an edition told it, not to be saved. Nobody is named in it: consent was for the case as it is.

    Raises: Edition.DoesNotExist.
    """
    with scopes_disabled():
        edition = Edition.objects.get(case=case, number=number)
    told = copy(case)
    for name, value in from_edition(edition.content).items():
        setattr(told, name, value)
    told.contact_person = None
    return told


def pictures_of(told: Case) -> list[Picture]:
    """The pictures of what is told, in their order; one SQL, none where there are none."""
    return _in_order(Picture, told.picture_ids, told)


def documents_of(told: Case) -> list[Document]:
    """The documents of what is told, in their order; one SQL, none where there are none."""
    return _in_order(Document, told.document_ids, told)


def _in_order(model: type[F], ids: Sequence[UUID], told: Case) -> list[F]:
    if not ids:
        return []
    with scopes_disabled():
        kept = {each.pk: each for each in model.objects.filter(case_id=told.pk, pk__in=ids)}
    return [kept[each] for each in ids if each in kept]


def readable_file(model: type[F], case: Case, file_id: UUID) -> F:
    """A file of a published case that it shows, or that one of its editions showed.

    Raises: the model's DoesNotExist.
    """
    field = "picture_ids" if model is Picture else "document_ids"
    with scopes_disabled():
        kept: F = model.objects.get(pk=file_id, case=case)
        in_edition = Q(**{f"content__{field}__contains": [str(file_id)]})
        if file_id in getattr(case, field) or Edition.objects.filter(in_edition, case=case).exists():
            return kept
    raise model.DoesNotExist


def contact_name(told: Case) -> str:
    """The name of the contact while they have agreed to it; "" otherwise."""
    person, until = told.contact_person, told.contact_until
    if person is None or until is None or told.contact_consented_at is None or until < clock.today():
        return ""
    return str(person.name)
