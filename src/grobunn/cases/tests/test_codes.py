"""Code lists: whole, in three languages, and patient with codes that they lack."""

from django.utils.translation import override

from grobunn.cases import codes
from grobunn.cases.packaged import packaged_yaml


def test_names_follow_the_readers_language() -> None:
    with override("nn"):
        assert codes.kostra_name("202") == "Grunnskule"
        assert codes.sdg_name(11) == "Berekraftige byar og lokalsamfunn"
    with override("en"):
        assert codes.los_name("helse-og-omsorg") == "Health and care"


def test_code_outside_the_list_is_shown_as_it_is() -> None:
    assert codes.kostra_name("999") == "999"


def test_lists_are_whole() -> None:
    assert [number for number, _label in codes.sdg_choices()] == list(range(1, 18))
    assert len(codes.los_choices()) == 14
    assert all(code.isdigit() and len(code) == 3 for code, _label in codes.kostra_choices())


def test_packaged_cases_use_codes_of_the_list() -> None:
    known = {code for code, _label in codes.kostra_choices()}

    assert {code for told in packaged_yaml("cases.yaml") for code in told.get("kostra", ())} <= known
