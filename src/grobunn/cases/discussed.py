"""How cases are followed and adoptions talked about: who sees one, who comments, where its page is."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django_scopes import scopes_disabled

from grobunn.cases.models import Adoption, Case
from grobunn.cases.queries.adoptions import adoption_by_id
from grobunn.cases.states import CaseState
from grobunn.discussion.registry import Attachable
from grobunn.kernel import permissions


def _published_case(case_id: UUID, _actor: Any) -> Case | None:
    with scopes_disabled():
        return Case.objects.filter(pk=case_id, state=CaseState.PUBLISHED).select_related("municipality").first()


def _url_of_case(case: Case) -> str:
    return reverse("cases:case", kwargs={"slug": case.slug})


def _seen_adoption(adoption_id: UUID, actor: Any) -> Adoption | None:
    adoption = adoption_by_id(adoption_id)
    is_seen = adoption is not None and permissions.is_allowed("cases.view_adoption", actor, adoption)
    return adoption if is_seen else None


def _url_of_adoption(adoption: Adoption) -> str:
    return reverse("cases:adoption", kwargs={"municipality": adoption.municipality.slug, "adoption_id": adoption.pk})


# Nobody comments on a case: they ask the origin, and the answer is kept (`services/questions.py`).
CASE = Attachable(kind="case", get_subject=_published_case, url_of=_url_of_case, follow_permission="cases.follow")
ADOPTION = Attachable(
    kind="adoption",
    get_subject=_seen_adoption,
    url_of=_url_of_adoption,
    comment_permission="cases.view_adoption",
    moderate_permission="cases.move_adoption",
    follow_permission="cases.view_adoption",
)
