"""Half a year in use: the adopter is asked once whether it still is."""

from django.db import transaction
from django_scopes import scopes_disabled

from grobunn.cases.events import AdoptionConfirmDue
from grobunn.cases.models import Adoption
from grobunn.cases.states import AdoptionState
from grobunn.kernel import clock, events


def ask_for_confirmations() -> int:
    """Ask those whose day has come. Returns: how many were asked; asked again on the same day, none."""
    with scopes_disabled():
        due = Adoption.objects.filter(
            state=AdoptionState.IN_USE, confirm_due_on__lte=clock.today(), confirm_asked_at=None
        )
        return sum(_ask(adoption) for adoption in due.order_by("confirm_due_on", "id"))


def _ask(adoption: Adoption) -> bool:
    with transaction.atomic():
        unasked = Adoption.objects.filter(pk=adoption.pk, state=AdoptionState.IN_USE, confirm_asked_at=None)
        if not unasked.update(confirm_asked_at=clock.now()):
            return False
        events.publish(
            AdoptionConfirmDue(
                adoption_id=adoption.pk, municipality_id=adoption.municipality_id, case_id=adoption.case_id
            )
        )
    return True
