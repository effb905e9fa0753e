"""Issues diplomas, and withdraws them."""

from django_scopes import scope

from grobunn.kernel import clock
from grobunn.programmes.diplomas import new_number
from grobunn.programmes.models import Diploma, Enrolment
from grobunn.programmes.queries.attended import attended_by


def issue_diploma(enrolment: Enrolment) -> Diploma:
    """Prove a completion: what was attended is written down as it is now. Issued again, the number stays.

    Effects: row.
    """
    with scope(municipality=enrolment.municipality_id):
        (attended,) = attended_by(enrolment.cohort, [enrolment]).values()
        said = {"gatherings": [each.as_kept() for each in attended], "issued_on": clock.today(), "withdrawn_at": None}
        diploma, _is_new = Diploma.objects.update_or_create(
            enrolment=enrolment,
            defaults=said,
            create_defaults={**said, "municipality_id": enrolment.municipality_id, "number": new_number()},
        )
    return diploma


def withdraw_diploma(enrolment: Enrolment) -> None:
    """Say that a diploma does not hold any more. Repeated, the first time counts. Effects: row."""
    with scope(municipality=enrolment.municipality_id):
        Diploma.objects.filter(enrolment=enrolment, withdrawn_at=None).update(withdrawn_at=clock.now())
