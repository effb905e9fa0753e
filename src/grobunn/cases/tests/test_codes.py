"""Code lists: whole, in three languages, and patient with codes that they lack."""

import pytest
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
    listed = [code for code, _label in codes.los_choices()]
    assert len(listed) == len(set(listed)) == 97 + 428
    assert len(codes.los_mains()) == len(codes.los_themes()) == 15
    assert sum(1 + sum("/" not in each.code for each in theme.below) for theme in codes.los_themes()) == 97
    assert all(code.isdigit() and len(code) == 3 for code, _label in codes.kostra_choices())


def test_theme_knows_what_it_belongs_to_and_its_address() -> None:
    assert codes.los_above("omsorgstjenester") == ("helse-og-omsorg",)
    assert codes.los_above("helse-og-omsorg") == codes.los_above("finnes-ikke") == ()
    assert codes.los_address("omsorgstjenester") == "https://psi.norge.no/los/tema/omsorgstjenester"
    assert codes.los_address("ord/sykehjem") == "https://psi.norge.no/los/ord/sykehjem"


def test_every_word_of_los_belongs_to_a_theme_and_no_theme_to_a_word() -> None:
    mains = set(codes.los_mains())
    for code, _label in codes.los_choices():
        above = codes.los_above(code)
        assert not any(each.startswith("ord/") for each in above)
        assert (code in mains) != bool(mains.intersection(above))


# Words right below a theme, as the theme itself counts them in the origin: it names its words as they name it.
@pytest.mark.parametrize(
    ("theme", "words"),
    [
        ("helsetjenester", 26), ("omsorgstjenester", 9), ("okonomiske-ytelser-og-radgivning", 14), ("kjoretoy", 12),
        ("arbeidsliv", 15), ("avlastning-og-stotte", 11), ("kultur", 10), ("skatt-og-avgift", 3), ("integrering", 0),
    ],
)  # fmt: skip
def test_theme_has_as_many_words_as_in_its_origin(theme: str, words: int) -> None:
    assert sum(code.startswith("ord/") for code in codes.los_below(theme)) == words


def test_word_is_known_by_its_name_in_any_language() -> None:
    assert (
        codes.los_code("sykehjem") == codes.los_code(" Sjukeheim ") == codes.los_code("nursing  home") == "ord/sykehjem"
    )
    assert codes.los_code("Grunnskole") == "grunnskole"
    assert codes.los_code("Romferd") is None
    with override("en"):
        assert codes.los_code("fine") == "ord/forelegg"


def test_name_that_is_not_in_the_list_brings_those_near_it() -> None:
    assert codes.los_near("hjelpemid") == [
        "Hjelpemidler",
        "Bevegelseshjelpemidler",
        "Hørselshjelpemidler",
        "Synshjelpemidler",
    ]
    assert codes.los_near("Sykejem") == ["Sykehjem"]
    assert codes.los_near("") == codes.los_near("Romferd") == []


def test_every_code_has_a_name_in_each_language() -> None:
    for language in ("nb", "nn", "en"):
        with override(language):
            names = [label for _code, label in (*codes.los_choices(), *codes.kostra_choices())]
            assert all(names)


def test_packaged_cases_use_codes_of_the_list() -> None:
    known = {code for code, _label in codes.kostra_choices()}

    assert {code for told in packaged_yaml("cases.yaml") for code in told.get("kostra", ())} <= known
