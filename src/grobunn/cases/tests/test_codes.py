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
    assert len(codes.los_themes()) == 15
    assert len(codes.los_choices()) == 97 == sum(1 + len(theme.below) for theme in codes.los_themes())
    assert all(code.isdigit() and len(code) == 3 for code, _label in codes.kostra_choices())


def test_theme_knows_what_it_belongs_to_and_its_address() -> None:
    assert codes.los_above("omsorgstjenester") == ("helse-og-omsorg",)
    assert codes.los_above("helse-og-omsorg") == codes.los_above("finnes-ikke") == ()
    assert codes.los_address("omsorgstjenester") == "https://psi.norge.no/los/tema/omsorgstjenester"
    assert codes.los_address("ord/sykehjem") == "https://psi.norge.no/los/ord/sykehjem"


def test_every_code_has_a_name_in_each_language() -> None:
    for language in ("nb", "nn", "en"):
        with override(language):
            names = [label for _code, label in (*codes.los_choices(), *codes.kostra_choices())]
            assert all(names)


def test_packaged_cases_use_codes_of_the_list() -> None:
    known = {code for code, _label in codes.kostra_choices()}

    assert {code for told in packaged_yaml("cases.yaml") for code in told.get("kostra", ())} <= known
