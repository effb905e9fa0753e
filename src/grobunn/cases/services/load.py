"""Cases as public sources told them: published as they are told, with the source, and nothing added."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django_scopes import scope

from grobunn.cases.contents import as_edition
from grobunn.cases.events import CasePublished
from grobunn.cases.models import CONTENT_FIELDS, Case, Draft, Edition
from grobunn.cases.packaged import packaged_yaml
from grobunn.cases.services.start import free_slug
from grobunn.cases.services.steps import a_year_after
from grobunn.cases.states import CASES, CaseState
from grobunn.kernel import audit, clock, events, statemachine
from grobunn.kernel.actors import SYSTEM
from grobunn.organisations.models import Municipality, Role

Told = Mapping[str, Any]


@dataclass(frozen=True)
class Loaded:
    """How many cases were new, how many were there, and which municipalities are not in the register."""

    new: int
    known: int
    missing: tuple[str, ...]


def load_cases() -> Loaded:
    """Load the packaged cases that are not there; what is there is left alone, whoever has changed it since."""
    new, known, missing = 0, 0, set()
    by_slug = {municipality.slug: municipality for municipality in Municipality.objects.filter(slug__in=_slugs())}
    for told in packaged_yaml("cases.yaml"):
        wanted = (told["keeper"], _origin(told))
        if not all(slug in by_slug for slug in wanted):
            missing |= {slug for slug in wanted if slug not in by_slug}
            continue
        is_new = load_case(told, keeper=by_slug[wanted[0]], origin=by_slug[wanted[1]])
        new, known = new + is_new, known + (not is_new)
    return Loaded(new=new, known=known, missing=tuple(sorted(missing)))


def load_case(told: Told, *, keeper: Municipality, origin: Municipality) -> bool:
    """Publish one case from its source, unless it is there. Effects: rows, history, audit, CasePublished.

    Takes:   told, its fields by name with `id` and `source`; origin, who did it, when that has merged into the keeper.
    Returns: whether it was new.
    """
    with scope(municipality=keeper.pk), transaction.atomic():
        Municipality.objects.select_for_update(no_key=True).get(pk=keeper.pk)
        if Case.objects.filter(municipality=keeper, external_id=told["id"]).exists():
            return False
        _publish(told, keeper=keeper, origin=origin)
        return True


def _publish(told: Told, *, keeper: Municipality, origin: Municipality) -> None:
    content = _content(told, keeper)
    source, at = told["source"], clock.now()
    case = Case(
        municipality=keeper,
        origin=origin,
        slug=free_slug(told["title"]),
        state=CaseState.PUBLISHED,
        published_at=at,
        edited_at=at,
        review_due_on=a_year_after(clock.today()),
        source_name=source["name"],
        source_url=source.get("url", ""),
        source_on=source.get("on", ""),
        external_id=told["id"],
        **content,
    )
    case.save(force_insert=True)
    draft = Draft(municipality=keeper, case=case, is_published=True, **content)
    draft.save(force_insert=True)
    Edition(municipality=keeper, case=case, number=1, content=as_edition(draft), published_at=at).save()
    change = statemachine.record_change(
        CASES, case, edge_name="create", to_state=case.state, actor=SYSTEM, data={"source": source["name"]}
    )
    audit.record("cases.load", actor=SYSTEM, subject=case, municipality_id=keeper.pk)
    events.publish(CasePublished(case_id=case.pk, municipality_id=keeper.pk, change_id=change.pk, edge=change.edge))


def _content(told: Told, keeper: Municipality) -> dict[str, Any]:
    """What the source tells, and the keeper's editor as the one to ask: nobody is named."""
    given = {name: value for name, value in told.items() if name in CONTENT_FIELDS}
    asked = {"contact_role": Role.INNOVATION_ADVISER, "contact_mailbox": keeper.mailbox}
    return {"language": "nb", "stage": "", **asked, **given}


def _origin(told: Told) -> str:
    return str(told.get("origin", told["keeper"]))


def _slugs() -> set[str]:
    return {slug for told in packaged_yaml("cases.yaml") for slug in (told["keeper"], _origin(told))}
