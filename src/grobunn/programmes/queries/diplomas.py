"""Reads diplomas: one person's, a cohort's, the one of a number."""

from uuid import UUID

from django.db.models import QuerySet

from grobunn.programmes.diplomas import meant_number
from grobunn.programmes.models import Cohort, Diploma, Enrolment


def diploma_of(enrolment: Enrolment) -> Diploma | None:
    """Somebody's diploma, withdrawn or not."""
    diploma = Diploma.objects.filter(enrolment=enrolment).first()
    if diploma is not None:
        diploma.enrolment = enrolment
    return diploma


def diplomas_of(cohort: Cohort) -> list[Diploma]:
    """The diplomas of a cohort that hold, by name."""
    found = _with_people().filter(enrolment__cohort=cohort, withdrawn_at=None)
    return list(found.order_by("enrolment__name", "id"))


def diploma_numbered(municipality_id: UUID, typed: str) -> Diploma | None:
    """The diploma that a municipality issued with the number that somebody typed, withdrawn or not."""
    number = meant_number(typed)
    return _with_people().filter(municipality_id=municipality_id, number=number).first() if number else None


def _with_people() -> QuerySet[Diploma]:
    return Diploma.objects.select_related("enrolment__cohort__programme__municipality")
