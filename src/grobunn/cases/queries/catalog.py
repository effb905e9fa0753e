"""Who publishes the library, and when it last changed."""

from datetime import datetime

from django.db.models import Max
from django_scopes import scopes_disabled

from grobunn.cases.models import Case
from grobunn.cases.states import CaseState
from grobunn.organisations.models import Municipality, MunicipalityKind


def publisher() -> Municipality | None:
    """Who stands as the publisher: the largest municipality in use that has told its number and its mailbox."""
    known = Municipality.objects.filter(kind=MunicipalityKind.MUNICIPALITY, is_in_use=True)
    return known.exclude(organisation_number="").exclude(mailbox="").order_by("-population", "slug").first()


def newest_change() -> datetime | None:
    """When the newest edition came out; one SQL, answered by an index."""
    with scopes_disabled():
        newest: datetime | None = Case.objects.filter(state=CaseState.PUBLISHED).aggregate(at=Max("edited_at"))["at"]
        return newest
