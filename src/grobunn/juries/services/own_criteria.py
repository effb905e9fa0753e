"""A municipality's own sets of criteria, kept in editions."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django_scopes import scope

from grobunn.juries.models import CriteriaSet, Panel
from grobunn.juries.packaged import KEYS
from grobunn.juries.shapes import CriterionShape, read_criteria
from grobunn.kernel import audit, permissions, slugs
from grobunn.kernel.actors import Actor
from grobunn.organisations.models import Municipality


def keep_set(panel: Panel, criteria: Sequence[CriterionShape], *, name: str, actor: Actor) -> CriteriaSet:
    """Keep criteria as a set of the municipality's own. What says the same as the latest edition makes no edition.

    Takes:   name, of the set; one that is there already gets a new edition.
    Raises:  PermissionDenied.
    Effects: row, audit. Panels that judge by an earlier edition go on by it.
    """
    municipality = panel.municipality
    permissions.check("juries.set_up", actor, municipality)
    with transaction.atomic(), scope(municipality=municipality.pk):
        Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
        latest = CriteriaSet.objects.filter(municipality=municipality, name=name.strip()).order_by("-edition").first()
        key = latest.key if latest else _free_key(municipality, name)
        edition = latest.edition + 1 if latest else 1
        content: dict[str, Any] = {
            "key": key,
            "edition": edition,
            "name": name.strip(),
            "criteria": [
                {
                    "code": each.code,
                    "name": each.name,
                    "question": each.question,
                    "weight": str(each.weight),
                    "levels": [{"value": level.value, "text": level.text} for level in each.levels],
                }
                for each in criteria
            ],
        }
        read_criteria(content, language=municipality.language)
        if latest is not None and latest.content["criteria"] == content["criteria"]:
            return latest
        made = CriteriaSet.objects.create(
            municipality=municipality,
            key=key,
            edition=edition,
            name=name.strip(),
            content=content,
            made_by_id=actor.pk,
        )
        audit.record(
            "juries.kept_criteria",
            actor=actor,
            subject=made,
            municipality_id=municipality.pk,
            data={"key": key, "edition": made.edition},
        )
    return made


def offer(municipality: Municipality, *, key: str, is_offered: bool, actor: Actor) -> None:
    """Offer a set of one's own to new panels, or no longer. Repeated, it does nothing. Effects: row, audit."""
    permissions.check("juries.set_up", actor, municipality)
    with transaction.atomic(), scope(municipality=municipality.pk):
        changed = CriteriaSet.objects.filter(municipality=municipality, key=key).exclude(is_offered=is_offered)
        if changed.update(is_offered=is_offered):
            verb = "offered" if is_offered else "withdrawn"
            audit.record(f"juries.criteria_{verb}", actor=actor, municipality_id=municipality.pk, data={"key": key})


def _free_key(municipality: Municipality, name: str) -> str:
    taken = {*KEYS, *CriteriaSet.objects.filter(municipality=municipality).values_list("key", flat=True)}
    return slugs.free(slugs.beginning(name, length=55, otherwise="kriterier"), taken=taken)
