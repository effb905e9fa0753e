"""What is like a text that somebody writes."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grobunn.accounts.tests.factories import UserFactory
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory
from grobunn.search import services
from grobunn.search.engine.interface import Ref
from grobunn.search.models import NotSame
from grobunn.search.queries import Match, similar, worth_reading
from grobunn.search.registry import Visibility
from grobunn.search.tests.conftest import KIND, Notes

pytestmark = pytest.mark.django_db
SENSORS = "Sensorer i søppelkasser slik at vi bare tømmer dem når de er fulle"


def like(text: str, **options: Any) -> list[Match]:
    return similar(text, **{"user": AnonymousUser(), "municipality_id": None, **options})


def titles(matches: list[Match]) -> list[str]:
    return [match.title for match in matches]


def test_same_words_are_the_same(notes: Notes) -> None:
    municipality = MunicipalityFactory(name="Ulstein")
    note = notes.add(SENSORS, municipality, state="started")
    notes.add("Felles bookingløsning for møterom og idrettshaller", municipality)

    [match] = like(SENSORS)

    assert (match.id, match.step) == (note.id, "same")
    assert sorted(match.why) == ["Sensorer", "fulle", "søppelkasser", "tømmer"]
    assert (match.municipality, match.state, match.state_label) == ("Ulstein", "started", "STARTED")


@pytest.mark.parametrize(
    "text",
    [
        "vi bør ha en ny",
        "Vi burde få til noe bedre for alle som er her",
        "Me bør ha ei ny og det er ikkje slik no",
        "we should have a new one for all of us",
        "",
        "   ",
        "???",
        "a",
    ],
)
def test_stop_words_never_match(notes: Notes, text: str) -> None:
    municipality = MunicipalityFactory()
    notes.add("Vi bør ha en ny ordning for alle som er her", municipality)
    notes.add("Me bør ha ei ny løysing, det er ikkje slik no", municipality)
    notes.add("We should have a new one for all of us", municipality)

    assert like(text) == []


def test_inflected_words_match(notes: Notes) -> None:
    notes.add("Ladestasjon for elsykkel ved sykehjemmet", MunicipalityFactory())

    [match] = like("ladestasjoner til elsyklene ved sykehjemmene")

    assert match.step == "same"
    assert set(match.why) == {"ladestasjoner", "elsyklene", "sykehjemmene"}


def test_typing_error_in_a_title_matches(notes: Notes) -> None:
    notes.add("Sensorer i søpelkaser som varsler", MunicipalityFactory())

    [match] = like("Sensorer i søppelkasser som varsler")

    assert match.score >= 0.5
    assert "søppelkasser" in match.why


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Elsykler til hjemmetjenesten i stedet for biler", "Elsyklar til heimetenesta i staden for bilar"),
        ("Elsyklar til heimetenesta i staden for bilar", "Elsykler til hjemmetjenesten i stedet for biler"),
        ("Mentorordning for nyansatte sykepleiere", "Mentorordning for nytilsette sjukepleiarar"),
        ("Åpne skolebygg om kvelden for frivillige lag", "Opne skulebygg om kvelden for frivillige lag"),
    ],
)
def test_nynorsk_and_bokmaal_match(notes: Notes, title: str, text: str) -> None:
    notes.add(title, MunicipalityFactory())

    assert [match.score >= 0.5 for match in like(text)] == [True]


def test_own_object_is_never_found(notes: Notes) -> None:
    note = notes.add(SENSORS, MunicipalityFactory())

    assert like(SENSORS, exclude=[(KIND, note.id)]) == []


def test_pair_marked_not_the_same_is_remembered_both_ways(notes: Notes) -> None:
    municipality = MunicipalityFactory()
    one, other = notes.add(SENSORS, municipality), notes.add(SENSORS, municipality)
    user = UserFactory()

    services.remember_not_same(Ref(KIND, one.id), Ref(KIND, other.id), by=user)
    services.remember_not_same(Ref(KIND, other.id), Ref(KIND, one.id), by=user)

    assert NotSame.objects.get().marked_by == user
    assert like(SENSORS, exclude=[(KIND, one.id)]) == []
    assert like(SENSORS, exclude=[(KIND, other.id)]) == []
    assert len(like(SENSORS)) == 2


def test_pair_taken_back_is_found_again(notes: Notes) -> None:
    municipality = MunicipalityFactory()
    one, other = notes.add(SENSORS, municipality), notes.add(SENSORS, municipality)
    said = UserFactory()
    services.remember_not_same(Ref(KIND, one.id), Ref(KIND, other.id), by=said)

    assert not services.forget_not_same(Ref(KIND, other.id), Ref(KIND, one.id), by=UserFactory())
    assert like(SENSORS, exclude=[(KIND, one.id)]) == []
    was_taken_back = services.forget_not_same(Ref(KIND, other.id), Ref(KIND, one.id), by=said)

    assert was_taken_back
    assert [match.id for match in like(SENSORS, exclude=[(KIND, one.id)])] == [other.id]


def test_what_the_source_hides_is_never_found(notes: Notes) -> None:
    note = notes.add(SENSORS, MunicipalityFactory())
    notes.hidden.add(note.id)

    assert like(SENSORS) == []


def test_other_municipality_sees_only_what_is_public(notes: Notes) -> None:
    trondheim, ulstein = MunicipalityFactory(), MunicipalityFactory()
    notes.add(SENSORS, trondheim, visibility=Visibility.MUNICIPALITY)
    notes.add(SENSORS, trondheim, visibility=Visibility.RESTRICTED)
    public = notes.add(SENSORS, trondheim, visibility=Visibility.PUBLIC)
    colleague = RoleAssignmentFactory(unit=UnitFactory(municipality=trondheim)).user
    neighbour = RoleAssignmentFactory(unit=UnitFactory(municipality=ulstein)).user

    assert [match.id for match in like(SENSORS, user=neighbour, municipality_id=ulstein.pk)] == [public.id]
    assert [match.id for match in like(SENSORS)] == [public.id]
    assert len(like(SENSORS, user=colleague, municipality_id=trondheim.pk)) == 3
    # Even the source was never asked about what the index may not give.
    assert notes.asked == [1, 1, 3]


def test_usable_comes_first_then_own_municipality(notes: Notes) -> None:
    own, other = MunicipalityFactory(), MunicipalityFactory()
    idea_elsewhere = notes.add(SENSORS, other, state_rank=50)
    idea_here = notes.add(SENSORS, own, state_rank=50)
    solved = notes.add(SENSORS, other, state_rank=0)

    found = like(SENSORS, municipality_id=own.pk)

    assert [match.id for match in found] == [solved.id, idea_here.id, idea_elsewhere.id]


def test_one_common_word_is_not_enough(notes: Notes) -> None:
    municipality = MunicipalityFactory()
    notes.add("Ny belysning i parken ved rådhuset for ansatte", municipality)

    assert like("Ansatte i kommunen vil ha gratis frukt på mandager") == []


def test_letters_of_sami_names_stay_intact(notes: Notes) -> None:
    notes.add("Čáhcesuolu skuvla: giellabeassi", MunicipalityFactory(), language="se")

    assert titles(like("giellabeassi čáhcesuolu")) == ["Čáhcesuolu skuvla: giellabeassi"]
    assert like("cahcesuolu") == [] or like("cahcesuolu")[0].score < 0.75


def test_similar_asks_the_database_the_same_number_of_times_for_one_and_three(
    notes: Notes, django_assert_num_queries: Any
) -> None:
    municipality = MunicipalityFactory()
    notes.add(SENSORS, municipality)
    like(SENSORS)
    # How often its words occur, how often their grams do, the documents; municipalities' names are known by now.
    with django_assert_num_queries(3):
        assert len(like(SENSORS)) == 1
    notes.add(SENSORS, municipality)
    notes.add(SENSORS, municipality)
    with django_assert_num_queries(3):
        assert len(like(SENSORS)) == 3


def test_huge_text_is_answered(notes: Notes) -> None:
    notes.add(SENSORS, MunicipalityFactory(), text="søppel " * 50_000 + "x" * 100_000)

    assert like(SENSORS + " " + "ord " * 100_000 + "y" * 1_000_000)[0].title == SENSORS


@given(text=st.text(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
def test_any_text_is_indexed_and_answered(notes: Notes, text: str) -> None:
    municipality = MunicipalityFactory()
    note = notes.add(text, municipality, text=text)

    found = like(text)

    assert all(0.3 <= match.score <= 1 for match in found)
    assert all(match.id in notes.documents for match in found)
    services.remove(KIND, note.id)


def test_remote_things_without_a_shared_word_are_not_put_before_a_reader(notes: Notes) -> None:
    municipality = MunicipalityFactory()
    for title in ("Sensorer i søppelkasser", "Sensorer i avfallsdunker"):
        notes.add(title, municipality)
    found = like("Sensorer i søppelkasser og i avfallsdunker")
    assert len(found) == 2
    one, other = found

    def scored(match: Match, score: float, *why: str) -> Match:
        return replace(match, score=score, why=why)

    assert worth_reading([scored(one, 0.39), scored(other, 0.31, "Sensorer")]) == [scored(other, 0.31, "Sensorer")]
    assert worth_reading([scored(one, 0.75), scored(other, 0.5)]) == [scored(one, 0.75)]
    assert worth_reading([scored(one, 0.75), scored(other, 0.6)]) == [scored(one, 0.75), scored(other, 0.6)]
    assert worth_reading([]) == []
