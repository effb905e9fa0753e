"""Municipalities that merged: the successor looks after, origin and adopter stay named, and nothing counts twice."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django_scopes import scope, scopes_disabled

from grobunn.accounts.models import User
from grobunn.cases.models import Adoption, Case, Draft, Edition, Question
from grobunn.cases.services import adoptions
from grobunn.cases.services.adoptions import begin_adoption, move_adoption
from grobunn.cases.services.questions import ask_question
from grobunn.cases.services.succession import hand_over_merged
from grobunn.cases.states import AdoptionState
from grobunn.cases.tests.factories import make_adoption, make_case
from grobunn.kernel import clock, ids
from grobunn.kernel.models import AuditEntry
from grobunn.organisations.models import Municipality, Succession
from grobunn.organisations.queries import forget_municipality
from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of


@dataclass(frozen=True)
class Merger:
    """Fjell and Sund, which go into Øygarden, and Ulstein, which is none of them. Each tells a case."""

    fjell: Municipality
    sund: Municipality
    oygarden: Municipality
    ulstein: Municipality
    adviser: User
    of_fjell: Case
    of_ulstein: Case

    def happen(self) -> None:
        """The old ones end today, and the job runs."""
        for old in (self.fjell, self.sund):
            old.existed_to = clock.today()
            old.save(update_fields=["existed_to"])
            forget_municipality(old)
            Succession.objects.create(predecessor=old, successor=self.oygarden, on=clock.today())
        hand_over_merged()


@pytest.fixture
def merger(db: None) -> Merger:
    fjell, sund, oygarden, ulstein = (
        MunicipalityFactory(is_in_use=True, slug=slug, name=name)
        for slug, name in (("fjell", "Fjell"), ("sund", "Sund"), ("oygarden", "Øygarden"), ("ulstein", "Ulstein"))
    )
    with scope(municipality=fjell.pk):
        of_fjell = make_case(fjell, title="Rett i jobb")
    with scope(municipality=ulstein.pk):
        of_ulstein = make_case(ulstein, title="Teknologiskolen")
    with scope(municipality=oygarden.pk):
        adviser = adviser_of(oygarden)
    return Merger(fjell, sund, oygarden, ulstein, adviser, of_fjell, of_ulstein)


def _client(user: User | None = None) -> Client:
    client = Client(headers={"Accept-Language": "nb"})
    if user is not None:
        client.force_login(user)
    return client


def test_case_is_kept_by_the_successor_with_the_name_of_its_origin(merger: Merger) -> None:
    merger.happen()

    with scopes_disabled():
        kept = Case.objects.get(pk=merger.of_fjell.pk)
        parts = {
            model: set(model.objects.filter(case=kept).values_list("municipality", flat=True))
            for model in (Draft, Edition)
        }
    assert (kept.municipality, kept.origin) == (merger.oygarden, merger.fjell)
    assert parts == {Draft: {merger.oygarden.pk}, Edition: {merger.oygarden.pk}}
    page = _client().get("/eksempler/rett-i-jobb/").content.decode()
    assert "opprinnelig Fjell" in page


def test_handing_over_again_changes_nothing(merger: Merger) -> None:
    merger.happen()
    entries = AuditEntry.objects.count()

    assert hand_over_merged() == 0
    assert AuditEntry.objects.count() == entries


def test_what_has_not_ended_yet_is_not_handed_over(merger: Merger) -> None:
    ahead = clock.today() + timedelta(days=30)
    Municipality.objects.filter(pk=merger.fjell.pk).update(existed_to=ahead)
    Succession.objects.create(predecessor=merger.fjell, successor=merger.oygarden, on=ahead)

    assert hand_over_merged() == 0
    with clock.moved_by(days=30):
        assert hand_over_merged() == 1


def test_adoptions_of_two_that_merged_count_as_one_municipality(merger: Merger) -> None:
    for old in (merger.fjell, merger.sund):
        make_adoption(merger.of_ulstein, old, state=AdoptionState.IN_USE)
    merger.of_ulstein.refresh_from_db()
    assert merger.of_ulstein.adoption_count == 2

    merger.happen()

    merger.of_ulstein.refresh_from_db()
    assert merger.of_ulstein.adoption_count == 1
    with scopes_disabled():
        kept = Adoption.objects.order_by("begun_at").values_list("adopter__slug", "municipality__slug")
        assert list(kept) == [("fjell", "oygarden"), ("sund", "oygarden")]
    page = _client(merger.adviser).get("/oygarden/eksempler/tatt-i-bruk/").content.decode()
    assert ("opprinnelig Fjell" in page, "opprinnelig Sund" in page) == (True, True)


def test_successor_moves_what_its_predecessor_began(merger: Merger) -> None:
    adoption = make_adoption(merger.of_ulstein, merger.fjell)
    merger.happen()
    with scopes_disabled():
        adoption = Adoption.objects.get(pk=adoption.pk)

    move_adoption(adoption, "try_out", actor=merger.adviser)
    led_on = _client(merger.adviser).get(f"/fjell/eksempler/tatt-i-bruk/{adoption.pk}/", follow=True)

    assert adoption.state == AdoptionState.PILOT
    assert led_on.redirect_chain[-1][0] == f"/oygarden/eksempler/tatt-i-bruk/{adoption.pk}/"
    with pytest.raises(adoptions.AlreadyBegun):
        begin_adoption(merger.of_ulstein, municipality=merger.oygarden, actor=merger.adviser)


def test_successor_cannot_adopt_what_its_predecessor_did(merger: Merger) -> None:
    Succession.objects.create(predecessor=merger.fjell, successor=merger.oygarden, on=clock.today())

    with pytest.raises(adoptions.OwnCase):
        begin_adoption(merger.of_fjell, municipality=merger.oygarden, actor=merger.adviser)


def test_neighbours_that_merge_no_longer_count_each_other(merger: Merger) -> None:
    make_adoption(merger.of_fjell, merger.sund, state=AdoptionState.IN_USE)
    merger.of_fjell.refresh_from_db()
    assert merger.of_fjell.adoption_count == 1

    merger.happen()

    merger.of_fjell.refresh_from_db()
    assert merger.of_fjell.adoption_count == 0
    page = _client().get("/eksempler/rett-i-jobb/").content.decode()
    assert "I samme kommune etter sammenslåing" in page


def test_questions_go_along(merger: Merger) -> None:
    with scope(municipality=merger.fjell.pk):
        actor = adviser_of(merger.fjell)
    ask_question(merger.of_ulstein, municipality=merger.fjell, actor=actor, text="Hvor mye?", key=ids.new_id())

    merger.happen()

    with scopes_disabled():
        assert Question.objects.get().municipality == merger.oygarden
