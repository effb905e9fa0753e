"""A municipality's own methods: made, changed as new editions, offered or not."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from grobunn.kernel import audit, permissions
from grobunn.kernel.actors import Actor
from grobunn.methods.errors import LastOneOffered, MethodChangedMeanwhile
from grobunn.methods.models import MethodEdition, OwnMethod
from grobunn.methods.packaged import KEYS
from grobunn.methods.queries import methods_offered
from grobunn.methods.shapes import read_method
from grobunn.organisations.models import Municipality

_KEY_LENGTH = 50


def make_method(municipality: Municipality, *, name: str, content: Mapping[str, Any], actor: Actor) -> OwnMethod:
    """Make a method. It is offered to nobody before somebody offers it.

    Takes:   content, its phases and words in the shape of `shapes.read_method`; a copy of another method's, or new.
    Raises:  PermissionDenied.
    Effects: row, first edition, audit.
    """
    permissions.check("methods.set_up", actor, municipality)
    key = _free_key(municipality, name)
    whole = {**content, "name": name, "key": key, "edition": 1}
    read_method(whole, language=municipality.language)
    with transaction.atomic():
        method = OwnMethod.objects.create(municipality=municipality, key=key, name=name, is_offered=False)
        _keep(method, whole, actor=actor)
        _record("made", method, actor=actor)
    return method


def save_edition(method: OwnMethod, *, content: Mapping[str, Any], seen: int, actor: Actor) -> OwnMethod:
    """Keep what was written as a new edition; work that goes by an earlier one goes on by it.

    Takes:   seen, the edition that the writer began from. What says the same as the latest makes no edition.
    Raises:  MethodChangedMeanwhile if there is a newer one; PermissionDenied.
    Effects: edition, name, audit.
    """
    permissions.check("methods.set_up", actor, method.municipality)
    with transaction.atomic():
        row = OwnMethod.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=method.pk)
        latest = MethodEdition.objects.get(method=row, edition=row.edition)
        if _without_edition(latest.content) == _without_edition({**content, "key": row.key}):
            return row
        if row.edition != seen:
            raise MethodChangedMeanwhile(
                _("Somebody else has saved this method while you wrote. What you wrote is still here."),
                edition=row.edition,
            )
        row.edition += 1
        row.name = content["name"]
        whole = {**content, "key": row.key, "edition": row.edition}
        read_method(whole, language=row.municipality.language)
        row.save(update_fields=["edition", "name"])
        _keep(row, whole, actor=actor)
        _record("changed", row, actor=actor)
    return row


def set_offered(municipality: Municipality, *, key: str, is_offered: bool, actor: Actor) -> None:
    """Offer a method to new work, or no longer. Work that goes by it goes on. Pressed twice, it is done once.

    Takes:   key, of an own method or of one that comes with Grobunn.
    Raises:  LastOneOffered; PermissionDenied; OwnMethod.DoesNotExist for no such method.
    Effects: row, audit.
    """
    permissions.check("methods.set_up", actor, municipality)
    with transaction.atomic():
        Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
        if not is_offered and {each.key for each in methods_offered(municipality.pk)} <= {key}:
            raise LastOneOffered(_("New work must have a method to go by. Offer another one first."))
        if key in KEYS:
            # What comes with Grobunn is offered unless a row says otherwise; the row has no editions.
            row, _is_new = OwnMethod.objects.get_or_create(
                municipality=municipality, key=key, defaults={"name": key, "is_offered": True}
            )
        else:
            row = OwnMethod.objects.get(municipality=municipality, key=key)
        if row.is_offered == is_offered:
            return
        row.is_offered = is_offered
        row.save(update_fields=["is_offered"])
        _record("offered" if is_offered else "withdrawn", row, actor=actor)


def _keep(method: OwnMethod, content: Mapping[str, Any], *, actor: Actor) -> None:
    MethodEdition.objects.create(
        municipality_id=method.municipality_id,
        method=method,
        edition=method.edition,
        content=dict(content),
        by_id=actor.pk,
    )


def _record(verb: str, method: OwnMethod, *, actor: Actor) -> None:
    audit.record(
        f"methods.{verb}",
        actor=actor,
        subject=method,
        municipality_id=method.municipality_id,
        data={"key": method.key, "edition": method.edition},
    )


def _free_key(municipality: Municipality, name: str) -> str:
    """A key that no method has: a packaged one's is never taken, so that each key means one method for good."""
    base = slugify(name.replace("ø", "o").replace("æ", "ae").replace("Ø", "O"))[:_KEY_LENGTH] or "metode"
    taken = {*KEYS, *OwnMethod.objects.filter(municipality=municipality).values_list("key", flat=True)}
    return next(each for each in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if each not in taken)


def _without_edition(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name != "edition"}
