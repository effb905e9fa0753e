"""Which of some ids a condition holds for, asked with one parameter and composed once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grobunn.kernel.among import Among, pks_among
from grobunn.kernel.ids import new_id
from grobunn.organisations.models import Municipality, MunicipalityKind
from grobunn.organisations.tests.factories import MunicipalityFactory


@pytest.mark.django_db
def test_those_that_the_condition_holds_for_are_given_in_one_statement() -> None:
    kept, other, _unasked = (MunicipalityFactory(kind=kind) for kind in ("municipality", "archive", "municipality"))
    ordinary = Among(lambda: Municipality.objects.filter(kind=MunicipalityKind.MUNICIPALITY).order_by("name"))

    for _again in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert ordinary([kept.pk, other.pk, new_id()]) == {kept.pk}
        assert len(asked) == 1
    assert ordinary([]) == set()
    assert pks_among(Municipality.objects.filter(kind=MunicipalityKind.ARCHIVE), [kept.pk, other.pk]) == {other.pk}


@pytest.mark.django_db
def test_what_changes_is_seen_though_the_statement_is_kept() -> None:
    place = MunicipalityFactory()
    ordinary = Among(lambda: Municipality.objects.filter(kind=MunicipalityKind.MUNICIPALITY))
    assert ordinary([place.pk]) == {place.pk}

    Municipality.objects.filter(pk=place.pk).update(kind=MunicipalityKind.ARCHIVE)

    assert ordinary([place.pk]) == set()
