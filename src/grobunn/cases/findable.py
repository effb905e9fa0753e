"""How cases are found by search: what is indexed of one, what is best to find, and when it is indexed anew."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from django_scopes import scopes_disabled

from grobunn.cases.codes import los_above, los_names
from grobunn.cases.events import AdoptionMoved, CaseMoved, CasePublished, CaseWithdrawn
from grobunn.cases.models import Case
from grobunn.cases.sections import Section
from grobunn.cases.states import CaseState
from grobunn.cases.telling import kostra_words
from grobunn.kernel.among import Among
from grobunn.kernel.events import subscribe
from grobunn.search import registry
from grobunn.search.registry import Document, Source
from grobunn.search.services import index
from grobunn.ui import markdown

KIND = "case"
# What others have taken into use can be used as it is; what did not work is worth finding, after what did.
_IN_USE, _TOLD, _LEARNED = "in_use", "told", "learned"
_RANKS = {_IN_USE: 0, _TOLD: 5, _LEARNED: 30}


_published = Among(lambda: Case.objects.filter(state=CaseState.PUBLISHED))


def _ids_visible(_user: Any, ids: Collection[UUID]) -> set[UUID]:
    return _published(ids)


def _documents_of(ids: Sequence[UUID]) -> Iterable[Document]:
    with scopes_disabled():
        cases = list(Case.objects.filter(pk__in=ids, state=CaseState.PUBLISHED))
    return [document_of_case(case) for case in cases]


def _document_of(case_id: UUID) -> Document | None:
    return next(iter(_documents_of([case_id])), None)


def document_of_case(case: Case) -> Document:
    """What is indexed of a published case."""
    state = _state_of(case)
    return Document(
        kind=KIND,
        id=case.pk,
        municipality_id=case.municipality_id,
        title=case.title,
        text=text_of(case),
        url=reverse("cases:case", kwargs={"slug": case.slug}),
        state=state,
        state_rank=_RANKS[state],
        visibility=registry.Visibility.PUBLIC,
        language=case.language,
        themes=tuple(case.kostra),
        written_on=timezone.localdate(case.published_at) if case.published_at else None,
        updated_at=case.edited_at or case.state_since,
    )


def text_of(case: Case) -> str:
    """Everything beside the title that a case can be found by."""
    told = [case.lead, *(getattr(case, section.value) for section in Section if section != Section.CONTACT)]
    return "\n".join([*(markdown.plain(text) for text in told if text), *_themes_of(case)])


def _themes_of(case: Case) -> list[str]:
    """What the themes and words of a case are called, with the themes above them: one searches in one's own words."""
    chosen = dict.fromkeys(each for code in case.los for each in (code, *los_above(code)))
    return list(dict.fromkeys(name for code in chosen for name in los_names(code)))


def _state_of(case: Case) -> str:
    if case.is_learning:
        return _LEARNED
    return _IN_USE if case.adoption_count else _TOLD


def _ids_after(after: UUID | None, limit: int) -> list[UUID]:
    with scopes_disabled():
        cases = Case.objects.filter(state=CaseState.PUBLISHED)
        if after is not None:
            cases = cases.filter(pk__gt=after)
        return list(cases.order_by("pk").values_list("pk", flat=True)[:limit])


def _state_label(state: str) -> str:
    labels = {
        _IN_USE: pgettext("found case", "Taken into use by others"),
        _TOLD: pgettext("found case", "Example"),
        _LEARNED: pgettext("found case", "Learning"),
    }
    return labels[state]


def _theme_label(theme: str) -> str:
    return kostra_words(theme)


SOURCE = Source(
    kind=KIND,
    label=_("Examples"),
    visible=_ids_visible,
    document_of=_document_of,
    documents_of=_documents_of,
    ids_after=_ids_after,
    state_label=_state_label,
    theme_label=_theme_label,
)


@subscribe(CasePublished)
@subscribe(CaseWithdrawn)
def index_case(event: CaseMoved) -> None:
    """What readers see has changed."""
    index(KIND, event.case_id)


@subscribe(AdoptionMoved)
def index_adopted_case(event: AdoptionMoved) -> None:
    """What others have taken into use is found first."""
    index(KIND, event.case_id)
