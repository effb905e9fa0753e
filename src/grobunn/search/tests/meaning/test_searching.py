"""Search for words that nothing has: what means the same is found, as far as the reader may see it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django_scopes import scopes_disabled

from grobunn.organisations.models import Municipality
from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.search.engine import scoring
from grobunn.search.meaning.embedding import embed_waiting
from grobunn.search.models import Unmet
from grobunn.search.queries import search
from grobunn.search.registry import Visibility
from grobunn.search.tests.conftest import Notes
from grobunn.search.tests.meaning.models import KnowsSynonyms

pytestmark = pytest.mark.django_db

PARAPHRASE = "pilleboks som piper"


@pytest.fixture
def municipality(notes: Notes, model: KnowsSynonyms) -> Municipality:
    made = MunicipalityFactory()
    notes.add("Støydempende asfalt", made)
    notes.add("Medisindispenser med alarm", made, state="started")
    notes.add("Medisindispenser for ansatte", made, visibility=Visibility.MUNICIPALITY)
    while embed_waiting():
        pass
    return made


def test_words_that_nothing_has_find_what_means_the_same(client: Client, municipality: Municipality) -> None:
    page = client.get("/sok/", {"q": PARAPHRASE}, headers={"accept-language": "en"}).content.decode()

    assert "This is about the same" in page
    assert "Medisindispenser med alarm" in page
    assert "Støydempende asfalt" not in page
    assert "for ansatte" not in page


def test_what_is_not_even_close_is_offered_without_a_promise_and_counts_as_an_unmet_need(
    client: Client, municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(f"/{municipality.slug}/sok/", {"q": PARAPHRASE})
    with scopes_disabled():
        before = Unmet.objects.count()
    monkeypatch.setattr(scoring, "CLOSE", 1.1)

    page = client.get(f"/{municipality.slug}/sok/", {"q": PARAPHRASE}, headers={"accept-language": "en"})

    assert "Perhaps one of these helps:" in page.content.decode()
    with scopes_disabled():
        assert (before, list(Unmet.objects.values_list("words", flat=True))) == (0, [PARAPHRASE])


def test_what_means_the_same_keeps_to_the_narrowings(municipality: Municipality) -> None:
    found = search(PARAPHRASE, user=AnonymousUser(), state="started")
    elsewhere = search(PARAPHRASE, user=AnonymousUser(), state="received")

    assert [hit.title for hit in found.hits] == ["Medisindispenser med alarm"]
    assert (found.is_exact, found.is_by_meaning) == (False, True)
    assert elsewhere.hits == ()


def test_words_that_something_has_are_not_asked_for_their_meaning(
    municipality: Municipality, model: KnowsSynonyms
) -> None:
    model.asked.clear()

    found = search("støydempende asfalt", user=AnonymousUser())

    assert (found.is_exact, found.is_by_meaning, model.asked) == (True, False, [])
