"""What is hidden stays hidden: in what is found, in suggestions and in what may have been meant."""

from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grobunn.organisations.models import Municipality
from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.search.engine import ENGINE
from grobunn.search.engine.interface import Hit, Reader, Ref, Wanted
from grobunn.search.engine.words.following import Follower
from grobunn.search.queries.matches import visible
from grobunn.search.registry import Visibility
from grobunn.search.tests.conftest import KIND, Notes

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = ("trikk", "sykkel", "sykkelparkering", "buss", "bussholdeplass", "sensor")
Written = tuple[int, str, tuple[int, ...], bool]

# Where it is from, who may find it, its words, and whether its source hides it all the same.
documents = st.lists(
    st.tuples(
        st.sampled_from((0, 1)),
        st.sampled_from(sorted(Visibility.values)),
        st.lists(st.integers(0, len(WORDS) - 1), min_size=1, max_size=3).map(tuple),
        st.booleans(),
    ),
    max_size=8,
)


@pytest.fixture
def places() -> list[Municipality]:
    return [MunicipalityFactory(), MunicipalityFactory()]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=documents, at_home=st.sets(st.sampled_from((0, 1))), word=st.sampled_from(WORDS))
def test_hidden_documents_of_two_municipalities_never_cross(
    notes: Notes, follower: Follower, places: list[Municipality], written: list[Written], at_home: set[int], word: str
) -> None:
    ENGINE.remove([Ref(KIND, each) for each in notes.documents])
    notes.documents.clear()
    notes.hidden.clear()
    for where, visibility, words, is_hidden in written:
        title = " ".join(WORDS[each] for each in words)
        note = notes.add(title, places[where], visibility=visibility)
        notes.hidden |= {note.id} if is_hidden else set()
    follower.step()
    here = frozenset(places[each].pk for each in at_home)
    reader = Reader(municipality_ids=here)
    may_find = {
        note.id
        for note in notes.documents.values()
        if note.visibility == Visibility.PUBLIC or note.municipality_id in here
    }
    may_see = may_find - notes.hidden

    def shown(hits: list[Hit]) -> list[Hit]:
        return visible(hits, AnonymousUser())

    found = ENGINE.find(Wanted(words=word), reader=reader, limit=50)
    alike = ENGINE.alike(f"{word} trikk", reader=reader, exclude=(), limit=50, least=0.0)
    suggested = ENGINE.suggest(word[:4], reader=reader, limit=50)
    meant = ENGINE.did_you_mean(f"{word[:3]}{word[4:]}", reader=reader, visible=shown)

    refs: set[UUID] = {hit.ref.id for hit in (*found, *alike)} | {each.ref.id for each in suggested}
    assert refs <= may_find
    assert {note.id for note in notes.documents.values() if word in note.title.split()} & may_find <= {
        hit.ref.id for hit in found
    }
    seen = {each for note in notes.documents.values() if note.id in may_see for each in note.title.split()}
    assert set(meant.split()) <= seen | {f"{word[:3]}{word[4:]}"}


@pytest.mark.parametrize("visibility", [Visibility.MUNICIPALITY, Visibility.RESTRICTED])
def test_document_that_was_hidden_is_gone_before_the_index_knows(
    notes: Notes, follower: Follower, places: list[Municipality], visibility: str
) -> None:
    note = notes.add("Sykkelparkering", places[0])
    follower.step()
    notes.change(note, visibility=visibility)

    ENGINE.put([notes.documents[note.id]])

    asked: list[Any] = [
        ENGINE.find(Wanted(words="sykkelparkering"), reader=Reader(), limit=5),
        ENGINE.alike("sykkelparkering parkering", reader=Reader(), exclude=(), limit=5, least=0.0),
        ENGINE.suggest("sykkel", reader=Reader(), limit=5),
    ]
    assert asked == [[], [], []]
