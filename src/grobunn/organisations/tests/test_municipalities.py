from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import DjangoAssertNumQueries

from grobunn.organisations import queries
from grobunn.organisations.models import LanguageForm, Municipality, MunicipalityNumber
from grobunn.organisations.services.municipalities import Loaded, load_municipalities
from grobunn.organisations.validators import (
    RESERVED_FOR_SITE,
    WEIGHTS,
    is_organisation_number,
    validate_municipality_slug,
    validate_organisation_number,
)


@pytest.mark.django_db
def test_load_municipalities_twice_changes_nothing() -> None:
    assert load_municipalities() == Loaded(new=358, changed=0, unchanged=0)
    assert load_municipalities() == Loaded(new=0, changed=0, unchanged=358)

    facts = queries.all_municipalities()
    assert len(facts) == 357
    assert sum(each["population"] or 0 for each in facts) == 5_550_203
    assert [each["name"] for each in facts[:2]] == ["Aarborte – Hattfjelldal", "Alstahaug"]
    assert [each["name"] for each in facts[-2:]] == ["Åseral", "Åsnes"]
    assert queries.municipalities_in_use() == []


@pytest.mark.django_db
def test_load_municipalities_keeps_what_the_municipality_has_set() -> None:
    load_municipalities()
    Municipality.objects.filter(slug="trondheim").update(name="Trondheim kommune", population=1)
    Municipality.objects.filter(slug="oslo").update(organisation_number="958935420")

    assert load_municipalities() == Loaded(new=0, changed=1, unchanged=357)

    trondheim = queries.municipality_by_slug("trondheim")
    assert (trondheim.name, trondheim.organisation_number) == ("Trondheim kommune", "942110464")
    assert trondheim.population != 1
    assert queries.municipality_by_slug("oslo").organisation_number == "958935420"


@pytest.mark.django_db
def test_load_municipalities_keeps_sami_names_numbers_and_successors() -> None:
    call_command("load_municipalities", verbosity=0)

    karasjok = queries.municipality_by_slug("karasjok")
    assert (karasjok.name, karasjok.parallel_names) == ("Kárášjohka – Karasjok", ["Kárášjohka", "Karasjok"])
    assert queries.municipality_by_slug("ulstein").language == "nn"
    assert queries.municipality_by_slug("oslo").language_form == LanguageForm.NEUTRAL
    assert queries.municipality_by_slug("heroy").centre == "Fosnavåg"
    assert queries.municipality_by_slug("heroy-no").centre == "Silvalen"
    numbers = MunicipalityNumber.objects.filter(municipality__slug="baerum").order_by("valid_to")
    assert list(numbers.values_list("number", "valid_from", "valid_to")) == [
        ("0219", None, date(2020, 1, 1)),
        ("3024", date(2020, 1, 1), date(2024, 1, 1)),
        ("3201", date(2024, 1, 1), None),
    ]
    fjell = queries.municipality_by_slug("fjell")
    succession = queries.successor_of(fjell)
    assert succession is not None
    assert (succession.successor.slug, succession.on) == ("oygarden", date(2020, 1, 1))
    assert [each.predecessor for each in queries.predecessors_of(succession.successor)] == [fjell]
    assert queries.successor_of(karasjok) is None


@pytest.mark.django_db
def test_all_municipalities_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    load_municipalities()
    Municipality.objects.filter(slug="baerum").update(is_in_use=True)

    with django_assert_num_queries(1):
        assert len(queries.all_municipalities()) == 357
    with django_assert_num_queries(1):
        (baerum,) = queries.municipalities_in_use()
    assert (baerum["number"], baerum["slug"], baerum["is_in_use"]) == ("3201", "baerum", True)


@pytest.mark.django_db
def test_packaged_organisation_numbers_and_addresses_are_valid() -> None:
    load_municipalities()

    for municipality in Municipality.objects.all():
        municipality.full_clean()
    assert Municipality.objects.exclude(organisation_number="").count() == 11


@pytest.mark.parametrize("slug", sorted(RESERVED_FOR_SITE))
def test_reserved_address_is_refused(slug: str) -> None:
    with pytest.raises(ValidationError):
        validate_municipality_slug(slug)


@pytest.mark.parametrize("text", ["", "94211046", "9421104640", "942110465", "94211046x", "９４２１１０４６４"])
def test_organisation_number_that_is_not_one_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        validate_organisation_number(text)


@given(first=st.integers(0, 99_999_999))
def test_organisation_number_has_at_most_one_check_digit(first: int) -> None:
    digits = f"{first:08}"
    valid = [digit for digit in range(10) if is_organisation_number(f"{digits}{digit}")]
    remainder = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True)) % 11

    assert valid == ([] if remainder == 1 else [(11 - remainder) % 11])


@given(first=st.integers(0, 99_999_999), position=st.integers(0, 7), change=st.integers(1, 9))
def test_organisation_number_with_one_wrong_digit_is_refused(first: int, position: int, change: int) -> None:
    numbers = [f"{first:08}{digit}" for digit in range(10)]
    for number in filter(is_organisation_number, numbers):
        wrong = str((int(number[position]) + change) % 10)
        assert not is_organisation_number(number[:position] + wrong + number[position + 1 :])


def test_norwegian_order_puts_its_letters_last() -> None:
    names = ["Åsnes", "Østre Toten", "Ærfugl", "Zulu", "Čáhput", "Cecilie", "Áltá"]

    assert sorted(names, key=queries.norwegian_order) == [
        "Áltá",
        "Čáhput",
        "Cecilie",
        "Zulu",
        "Ærfugl",
        "Østre Toten",
        "Åsnes",
    ]
