"""Counties and size classes of municipalities."""

from datetime import date

import pytest
from django.core.cache import caches

from grobunn.organisations.models import Municipality, MunicipalityNumber
from grobunn.organisations.queries import Region, municipality_ids_in, regions, size_class
from grobunn.organisations.queries.regions import centrality_class
from grobunn.organisations.tests.factories import MunicipalityFactory


@pytest.mark.parametrize(
    ("population", "expected"),
    [
        (None, ""),
        (0, "0"),
        (1999, "0"),
        (2000, "2000"),
        (4999, "2000"),
        (5000, "5000"),
        (19999, "10000"),
        (20000, "20000"),
        (717710, "50000"),
    ],
)
def test_size_class_holds_its_lower_bound(population: int | None, expected: str) -> None:
    assert size_class(population) == expected


@pytest.mark.django_db
def test_region_is_that_of_the_present_number() -> None:
    bergen = MunicipalityFactory(population=291940)
    MunicipalityNumber.objects.create(municipality=bergen, number="1201", valid_to=date(2020, 1, 1))
    MunicipalityNumber.objects.create(municipality=bergen, number="4601", valid_from=date(2020, 1, 1))
    unknown = MunicipalityFactory()

    assert regions()[bergen.pk] == Region("46", "50000", "2")
    assert regions()[unknown.pk] == Region()


@pytest.mark.django_db
def test_municipalities_of_a_county_and_a_size() -> None:
    Municipality.objects.all().delete()
    large, small, elsewhere = (MunicipalityFactory(population=count) for count in (60000, 1500, 1200))
    for municipality, number in ((large, "5001"), (small, "5014"), (elsewhere, "4601")):
        MunicipalityNumber.objects.create(municipality=municipality, number=number)
    caches["process"].clear()

    assert municipality_ids_in(county="50") == {large.pk, small.pk}
    assert municipality_ids_in(size="0") == {small.pk, elsewhere.pk}
    assert municipality_ids_in(county="50", size="0") == {small.pk}
    assert municipality_ids_in(county="99") == frozenset()


@pytest.mark.parametrize(
    ("number", "expected"), [("0301", "1"), ("5001", "2"), ("1516", "4"), ("5014", "6"), ("9999", "")]
)
def test_centrality_class_is_a_step_of_the_index(number: str, expected: str) -> None:
    assert centrality_class(number) == expected
