"""The demonstration: a queue that looks alive, told to nobody, and loaded once however often."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django_scopes import scopes_disabled
from procrastinate.contrib.django.models import ProcrastinateJob

from grobunn.accounts.demo import load_demo as load_people
from grobunn.ideas.demo import load_demo
from grobunn.ideas.models import Idea, RoutingRule, Source
from grobunn.ideas.packaged import packaged_yaml
from grobunn.ideas.queries.life import life_of
from grobunn.kernel import clock
from grobunn.kernel.actors import ReceiptHolder
from grobunn.notifications.models import Notice
from grobunn.organisations.demo import load_demo as load_municipalities
from grobunn.organisations.models import Municipality
from grobunn.search.queries import similar

pytestmark = pytest.mark.django_db
# A Sunday, when everything that is counted in working days is hardest.
MOMENT = datetime(2026, 11, 22, 18, tzinfo=UTC)


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration, loaded once for all tests here and rolled back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.moved_to(MOMENT):
            load_people()
            load_municipalities()
            load_demo()
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("_loaded")
def test_demo_shows_every_state_marks_what_is_made_up_and_tells_nobody() -> None:
    with scopes_disabled(), clock.moved_to(MOMENT):
        made_up = Idea.objects.exclude(source=Source.IMPORT)
        states = Counter(made_up.values_list("state", flat=True))
        overdue = [idea for idea in made_up if idea.is_overdue]

    assert states == {
        "received": 13, "assessing": 8, "asked": 2, "started": 8, "parked": 4, "solved": 3,
        "declined": 2, "merged": 1, "withdrawn": 1,
    }  # fmt: skip
    assert len(overdue) >= 5
    with scopes_disabled():
        assert made_up.filter(is_synthetic=False).count() == 0
        assert made_up.filter(holder=None).count() == 0
        assert Notice.objects.count() == 0
    waiting = ProcrastinateJob.objects.filter(status="todo").values_list("task_name", "args")
    # One leader is away, as the organisations' demonstration says: the stand-in gets their ideas.
    assert {arguments["event"] for name, arguments in waiting if name != "search.index_waiting"} <= {
        "organisations.absence_set"
    }


@pytest.mark.usefixtures("_loaded")
def test_demo_lives_lie_in_the_past_and_in_order() -> None:
    with scopes_disabled():
        ideas = list(Idea.objects.exclude(source=Source.IMPORT).select_related("municipality"))
        lives = [[step.at for step in life_of(idea, is_member=True, is_handler=True)] for idea in ideas]

    assert all(moments == sorted(moments) and moments[-1] <= MOMENT for moments in lives)


@pytest.mark.usefixtures("_loaded")
def test_demo_archive_is_real_and_its_own() -> None:
    archive = Municipality.objects.get(slug="decide-madrid")
    trondheim = Municipality.objects.get(slug="trondheim")
    nobody = ReceiptHolder("")
    with scopes_disabled():
        proposals = Idea.objects.filter(municipality=archive)
        states = Counter(proposals.values_list("state", flat=True))
        assert states == {"received": 2708, "withdrawn": 30}
        assert not proposals.filter(text__contains="<p>").exists()
        assert not proposals.exclude(language="es").exists()

    inside = similar("metro accesible", user=nobody, municipality_id=archive.pk)
    outside = similar("metro accesible", user=nobody, municipality_id=trondheim.pk)

    assert "Metro accesible Campamento" in [match.title for match in inside]
    assert outside == []


@pytest.mark.usefixtures("_loaded")
def test_demo_offers_the_neighbours_solved_idea_first() -> None:
    namsos = Municipality.objects.get(slug="namsos")

    found = similar("elektroniske dørlåser som åpnes med telefon", user=ReceiptHolder(""), municipality_id=namsos.pk)

    assert (found[0].municipality, found[0].state) == ("Bærum", "solved")


@pytest.mark.usefixtures("_loaded")
def test_demo_again_changes_nothing() -> None:
    with scopes_disabled():
        before = list(Idea.objects.order_by("pk").values_list("pk", "version", "reminded_at"))
        rules = RoutingRule.objects.count()

    with clock.moved_to(MOMENT):
        load_demo()

    with scopes_disabled():
        assert list(Idea.objects.order_by("pk").values_list("pk", "version", "reminded_at")) == before
        assert RoutingRule.objects.count() == rules


def test_demo_stories_are_each_told_once() -> None:
    stories = packaged_yaml("demo", "ideas.yaml")

    assert len({story["id"] for story in stories}) == len(stories) == 42
    assert len({story["title"] for story in stories}) == len(stories)
