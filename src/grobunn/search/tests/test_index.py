"""The index: kept as things change, made anew, counted, explained."""

from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django_scopes import scopes_disabled
from hypothesis import given
from hypothesis import strategies as st

from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import ids
from grobunn.kernel.testing import run_jobs
from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.search import holdings, jobs, services
from grobunn.search.engine import ENGINE
from grobunn.search.engine.interface import Ref
from grobunn.search.models import IndexedDocument, TermCount, TermKind, Waiting
from grobunn.search.passages import LENGTH, passage
from grobunn.search.queries import search
from grobunn.search.rebuild import rebuild
from grobunn.search.tests.conftest import KIND, Notes
from grobunn.search.words import _BRIDGE, bridged, clean, content_words, first_letters, grams_of, spelled


def titles() -> list[str]:
    with scopes_disabled():
        return sorted(IndexedDocument.objects.values_list("title", flat=True))


def counts() -> dict[str, int]:
    return dict(TermCount.objects.filter(documents__gt=0).values_list("term", "documents"))


@pytest.mark.django_db
def test_change_is_indexed_once_by_a_job(notes: Notes) -> None:
    note = notes.add("Før", MunicipalityFactory())
    notes.change(note, title="Etter")

    services.index(KIND, note.id)
    services.index(KIND, note.id)

    assert titles() == ["Før"]
    assert run_jobs() == ["search.index_waiting"]
    assert (titles(), Waiting.objects.count()) == (["Etter"], 0)


@pytest.mark.django_db
def test_what_is_gone_is_forgotten(notes: Notes) -> None:
    note = notes.add("Borte", MunicipalityFactory())
    del notes.documents[note.id]

    services.index_many(KIND, [note.id, ids.new_id()])
    jobs.index_waiting()

    assert (titles(), counts()) == ([], {})


@pytest.mark.django_db
def test_kind_without_a_source_is_forgotten(notes: Notes) -> None:
    Waiting.objects.create(kind="nothing", object_id=ids.new_id())

    assert services.index_waiting() == 1


@pytest.mark.django_db
def test_terms_are_counted_as_documents_come_change_and_go(notes: Notes) -> None:
    municipality = MunicipalityFactory()
    one = notes.add("Sykkel", municipality)
    notes.add("Sykkel og buss", municipality)
    assert counts()["buss"] == 1

    notes.change(one, title="Buss")
    ENGINE.put([notes.documents[one.id]])
    running = counts()
    ENGINE.recount()

    assert running == counts()
    assert (running["buss"], TermCount.objects.get(kind=TermKind.DOCUMENT).documents) == (2, 2)


@pytest.mark.django_db
def test_rebuild_indexes_what_there_is_and_forgets_the_rest(notes: Notes) -> None:
    municipality = MunicipalityFactory()
    gone, kept = notes.add("Borte", municipality), notes.add("Før", municipality)
    del notes.documents[gone.id]
    notes.change(kept, title="Etter")
    told: list[int] = []

    first, second = rebuild(tell=told.append), rebuild()

    assert ((first.indexed, first.forgotten), (second.indexed, second.forgotten)) == ((1, 1), (1, 0))
    assert (titles(), told) == (["Etter"], [1])
    running = counts()
    ENGINE.recount()
    assert running == counts()


@pytest.mark.django_db
def test_rebuild_from_sources_tells_what_it_did(notes: Notes) -> None:
    notes.add("Sykkel", MunicipalityFactory())
    said = StringIO()

    call_command("search", "rebuild", "--from-sources", "--kind", KIND, stdout=said)

    assert said.getvalue() == (
        "1 documents read, 0 forgotten.\nThis installation searches in PostgreSQL alone: there is no other index.\n"
    )
    with pytest.raises(CommandError):
        call_command("search", "rebuild", "--from-sources", "--kind", "nothing")


@pytest.mark.django_db
def test_rebuild_of_one_kind_leaves_the_others(notes: Notes) -> None:
    municipality = MunicipalityFactory()
    notes.add("Sykkel", municipality)
    other = notes.add("Buss", municipality, kind="other")
    del notes.documents[other.id]

    rebuild(kind=KIND)

    assert titles() == ["Buss", "Sykkel"]


@pytest.mark.django_db
def test_explanation_tells_each_words_part(notes: Notes) -> None:
    note = notes.add("Sensorer i søppelkasser", MunicipalityFactory())
    said = StringIO()

    call_command("explain_similar", KIND, str(note.id), "sensorer i søpelkasser og fly", stdout=said)
    explanation = ENGINE.explain("sensorer fly", Ref(KIND, note.id))

    assert explanation is not None
    assert [(word.word, word.match) for word in explanation.words] == [("sensorer", 1.0), ("fly", 0.0)]
    assert said.getvalue().splitlines()[0] == "Sensorer i søppelkasser"
    with pytest.raises(CommandError):
        call_command("explain_similar", KIND, str(ids.new_id()), "sensorer")


@pytest.mark.django_db
def test_person_is_told_what_they_marked(notes: Notes) -> None:
    user, one, other = UserFactory(), ids.new_id(), ids.new_id()
    services.remember_not_same(Ref(KIND, one), Ref(KIND, other), by=user)

    [pair] = holdings.export(user)

    assert {pair["one"], pair["other"]} == {f"{KIND}:{one}", f"{KIND}:{other}"}


@pytest.mark.django_db
def test_object_is_the_same_as_itself() -> None:
    ref = Ref(KIND, ids.new_id())

    with pytest.raises(ValueError, match="same as itself"):
        services.remember_not_same(ref, ref, by=UserFactory())


@pytest.mark.django_db
def test_index_now_and_remove_work_in_the_callers_transaction(notes: Notes) -> None:
    note = notes.add("Sykkel", MunicipalityFactory())
    notes.change(note, title="Buss")

    services.index_now([notes.documents[note.id]])
    assert titles() == ["Buss"]
    services.remove(KIND, note.id)

    assert titles() == []
    assert search("buss", user=AnonymousUser()).count == 0


@pytest.mark.parametrize(
    ("nynorsk", "bokmaal"),
    [
        ("heimetenesta", "hjemmetjenesta"),
        ("sjukeheimen", "sykehjemen"),
        ("skulane", "skolane"),
        ("løysing", "løsing"),
        ("tilsette", "ansatte"),
        ("rettleiing", "veiledning"),
        ("idé", "ide"),
        ("kafé", "kafe"),
    ],
)
def test_nynorsk_is_spelled_the_bokmaal_way(nynorsk: str, bokmaal: str) -> None:
    assert bridged(nynorsk) == bokmaal


@pytest.mark.parametrize(
    "forms",
    [
        ("sykkel", "sykler"),
        ("elsykkelen", "elsyklene"),
        ("møbel", "møbler"),
        ("nøkkel", "nøklene"),
        ("middel", "midler"),
        ("sykehjem", "sykehjemmet"),
        ("møterom", "møterommene"),
    ],
)
@pytest.mark.django_db
def test_word_that_changes_before_its_ending_is_found_in_every_form(notes: Notes, forms: tuple[str, str]) -> None:
    for one, other in (forms, forms[::-1]):
        note = notes.add(one, MunicipalityFactory())
        assert search(other, user=AnonymousUser()).is_exact
        services.remove(KIND, note.id)


@pytest.mark.parametrize(
    "word", ["bydel", "andeler", "tunnel", "hotell", "delen", "el", "kapell", "kommune", "stemmerett"]
)
def test_word_that_stays_what_it_is_is_left_alone(word: str) -> None:
    assert bridged(word) == word


@pytest.mark.parametrize("word", ["å", "ærlig", "øy", "čáhci", "đ", "ŋ", "šuohkit", "ŧ", "žirá", "smörgås"])
def test_letters_of_their_own_stay(word: str) -> None:
    assert spelled(word) in {word, ""}
    assert [each.spelled for each in content_words(word, limit=5)] in ([word], [])


@given(st.text())
def test_any_text_is_cut_into_words(text: str) -> None:
    assert "\x00" not in clean(text)
    assert all(len(word.spelled) <= 80 and grams_of(word.spelled) is not None for word in content_words(text, limit=40))


@given(st.text(), st.lists(st.text(min_size=1, max_size=5), max_size=3))
def test_passage_is_a_stretch_of_the_text(text: str, stems: list[str]) -> None:
    shown = "".join(fragment.text for fragment in passage(text, stems))

    assert shown.removeprefix("… ").removesuffix(" …") in " ".join(text.split())
    assert len(shown) <= LENGTH + 4


@given(
    st.sampled_from([*(nynorsk for nynorsk, _bokmaal in _BRIDGE), "é", "ù", ""]),
    st.text("abehkmorstvæøåéàô", max_size=9),
)
def test_every_word_begins_with_one_of_the_letters_that_it_may_have_been(beginning: str, ending: str) -> None:
    for looked_up in filter(None, (bridged(beginning + ending), beginning + ending)):
        assert (beginning + ending)[0] in first_letters([looked_up])


def test_passage_marks_words_whose_first_letter_is_another_one_in_bokmaal() -> None:
    fragments = passage("Korleis kvardagen auka sjølvkjensla hos éi tryggleiksvakt.", ["hverdag", "øk", "sikkerhet"])

    assert [fragment.text for fragment in fragments if fragment.is_hit] == ["kvardagen", "auka", "tryggleiksvakt"]


def test_passage_of_a_text_that_is_nothing_but_hits_is_cut_in_no_time() -> None:
    assert len(passage("sykkel " * 20_000, ["sykkel"])) > 10


@pytest.mark.django_db
def test_passage_goes_on_from_the_title_that_was_made_of_the_text(notes: Notes) -> None:
    note = notes.add("Vi vil ha sensorer i…", MunicipalityFactory(), text="Vi vil ha sensorer i søppelkasser.")

    excerpt = ENGINE.excerpts("sensor søppelkasse", [Ref(KIND, note.id)])[Ref(KIND, note.id)]

    assert [(fragment.text, fragment.is_hit) for fragment in excerpt.title] == [
        ("Vi vil ha ", False),
        ("sensorer", True),
        (" i…", False),
    ]
    assert [(fragment.text, fragment.is_hit) for fragment in excerpt.text] == [
        ("… ", False),
        ("søppelkasser", True),
        (".", False),
    ]


def test_passage_stands_where_the_words_are() -> None:
    text = "Begynnelsen. " * 30 + "Her står sensorene i søppelkassen. " + "Slutten. " * 30

    fragments = passage(text, ["sensor", "søppelkass"])

    assert [fragment.text for fragment in fragments if fragment.is_hit] == ["sensorene", "søppelkassen"]
