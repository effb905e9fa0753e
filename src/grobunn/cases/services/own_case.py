"""An adopter that tells its own case of what it took over: with the origin credited, and what is known filled in."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from grobunn.cases.models import Adoption, Case
from grobunn.cases.models.content import TITLE_LENGTH
from grobunn.cases.services.counting import locked_case
from grobunn.cases.services.start import Beginning, start_case
from grobunn.kernel import permissions
from grobunn.kernel.actors import Actor


def tell_own_case(adoption: Adoption, *, actor: Actor) -> Case:
    """Begin the adopter's own case of what it has taken into use.

    Returns: its draft's case; the one that is there already, if somebody has begun.
    Raises:  PermissionDenied.
    Effects: as `start_case`; the new case stands on the one that was taken into use. Nothing stands on a new case yet,
             and what it stands on is never changed: so no lineage can come back to itself.
    """
    permissions.check("cases.move_adoption", actor, adoption)
    with scopes_disabled(), transaction.atomic():
        locked_case(adoption.case_id)
        known = own_case_of(adoption)
        if known is not None:
            return known
        case = start_case(adoption.municipality, beginning=_beginning(adoption), actor=actor)
        Case.objects.filter(pk=case.pk, adapted_from=None).update(adapted_from=adoption.case_id)
        case.refresh_from_db()
    return case


def own_case_of(adoption: Adoption) -> Case | None:
    """The case in which an adopter tells of its adoption, published or not."""
    with scopes_disabled():
        own = Case.objects.filter(municipality=adoption.municipality_id, adapted_from=adoption.case_id)
        return own.select_related("municipality").order_by("created_at", "id").first()


def _beginning(adoption: Adoption) -> Beginning:
    told = adoption.case
    with translation.override(adoption.municipality.language):
        title = _("%(title)s in %(municipality)s") % {
            "title": told.title,
            "municipality": adoption.municipality.name,
        }
    return Beginning(
        title=title[:TITLE_LENGTH],
        language=adoption.municipality.language,
        content={
            "solution": adoption.changed,
            "effect": adoption.gave,
            "kostra": told.kostra,
            "innovation_kinds": told.innovation_kinds,
            "partners": [told.origin.name],
            "one_off_nok": adoption.one_off_nok,
            "yearly_nok": adoption.yearly_nok,
            "hours": adoption.hours,
        },
    )
