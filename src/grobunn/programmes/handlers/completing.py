"""Completion follows from attendance, make-ups and the pitch."""

from django_scopes import scope

from grobunn.kernel.events import subscribe
from grobunn.programmes.events import AttendanceChanged
from grobunn.programmes.models import Enrolment
from grobunn.programmes.services.completing import settle


@subscribe(AttendanceChanged)
def settle_place(event: AttendanceChanged) -> None:
    """Somebody completes, or has not completed after all."""
    with scope(municipality=event.municipality_id):
        enrolment = Enrolment.objects.filter(pk=event.enrolment_id).first()
        if enrolment is not None:
            settle(enrolment)
