"""Who publishes the library, and when it last changed."""

from datetime import datetime

from django.conf import settings
from django.db.models import Max
from django_scopes import scopes_disabled

from grobunn.cases.models import Case
from grobunn.cases.states import CaseState
from grobunn.organisations.models import Municipality, MunicipalityKind


def publisher() -> Municipality | None:
    """Who stands as the publisher: the one that the operator named, else the largest of those in use.

    Returns: None where nobody has told both an organisation number and a mailbox: then nobody can be named.
    """
    known = Municipality.objects.filter(kind=MunicipalityKind.MUNICIPALITY, is_in_use=True)
    able = known.exclude(organisation_number="").exclude(mailbox="").order_by("-population", "slug")
    if settings.CATALOGUE_PUBLISHER:
        return able.filter(slug=settings.CATALOGUE_PUBLISHER).first()
    return able.first()


def publishers_in_question() -> int:
    """How many municipalities could stand as the publisher where nobody has said which; 0 where it is said."""
    if settings.CATALOGUE_PUBLISHER:
        return 0
    return Municipality.objects.filter(kind=MunicipalityKind.MUNICIPALITY, is_in_use=True).count()


def newest_change() -> datetime | None:
    """When the newest edition came out; one SQL, answered by an index."""
    with scopes_disabled():
        newest: datetime | None = Case.objects.filter(state=CaseState.PUBLISHED).aggregate(at=Max("edited_at"))["at"]
        return newest
