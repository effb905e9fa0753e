"""Adoptions made up for the demonstration, begun and moved by the services with the clock moved; nobody is told."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django_scopes import scope, scopes_disabled

from grobunn.accounts.demo import key_of, person
from grobunn.cases.models import Adoption, Case
from grobunn.cases.packaged import packaged_yaml
from grobunn.cases.services.adoptions import begin_adoption, move_adoption
from grobunn.cases.states import CaseState
from grobunn.kernel import clock, events
from grobunn.organisations.queries import municipality_by_slug
from grobunn.search.services import index_many

Told = Mapping[str, Any]


def tell_adoptions() -> None:
    """Make the adoptions that are not there, in their order: one may stand on another."""
    with events.withheld():
        cases = {_tell(story, told).case_id for story in packaged_yaml("demo.yaml") for told in _new(story)}
    index_many("case", sorted(cases))


def _new(story: Told) -> list[Told]:
    with scopes_disabled():
        if not _cases([story["id"]]).exists():
            return []
        known = set(Adoption.objects.filter(case__external_id=story["id"]).values_list("key", flat=True))
    return [told for told in story.get("adoptions", ()) if _key(story, told["by"]) not in known]


def _cases(ids: list[str]) -> QuerySet[Case]:
    with scopes_disabled():
        return Case.objects.filter(external_id__in=ids, state=CaseState.PUBLISHED)


def _key(story: Told, by: str) -> UUID:
    return key_of("cases", f"{story['id']}/{by}")


def _tell(story: Told, told: Told) -> Adoption:
    adviser, adopter = person(told["adviser"]), municipality_by_slug(told["by"])
    with scopes_disabled():
        case = _cases([story["id"]]).get()
        before = Adoption.objects.filter(key=_key(story, told["based_on"])).first() if "based_on" in told else None
    with scope(municipality=adopter.pk):
        with _days_ago(told["begun_days_ago"]):
            key = _key(story, told["by"])
            adoption = begin_adoption(case, municipality=adopter, actor=adviser, based_on=before, key=key)
        for step in told.get("steps", ()):
            given = {name: value for name, value in step.items() if name not in {"step", "days_ago"}}
            with _days_ago(step["days_ago"]):
                if step["step"] == "take_into_use":
                    given["in_use_on"] = clock.today()
                move_adoption(adoption, step["step"], actor=adviser, **given)
    return adoption


def _days_ago(days: int) -> AbstractContextManager[None]:
    return clock.moved_to(clock.now() - timedelta(days=days))
