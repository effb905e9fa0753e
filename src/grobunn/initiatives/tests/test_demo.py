"""The demonstration: work in every stage, units over their capacity, a queue; told to nobody, loaded once."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django_scopes import scopes_disabled
from procrastinate.contrib.django.models import ProcrastinateJob

from grobunn.accounts.demo import load_demo as load_people
from grobunn.capacity.models import Source, Want
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.loads import loads_of
from grobunn.ideas.demo import load_demo as load_ideas
from grobunn.initiatives.demo import load_demo
from grobunn.initiatives.models import Initiative, Report
from grobunn.initiatives.states import InitiativeState
from grobunn.methods.stages import OF_PHASES
from grobunn.notifications.models import Notice
from grobunn.organisations.demo import load_demo as load_municipalities
from grobunn.search.models import Waiting

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The demonstration, loaded twice for the whole file."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        for load in (load_municipalities, load_people, load_ideas, load_demo, load_demo):
            load()
        yield
        transaction.set_rollback(True)


def test_demo_shows_every_stage_and_end_marked_as_made_up(loaded: None) -> None:
    with scopes_disabled():
        made = list(Initiative.objects.all())
        stages = {each.stage for each in made if each.state == InitiativeState.UNDERWAY}
        states = {each.state for each in made}

    assert [each.title for each in made if not each.is_synthetic] == []
    assert states == set(InitiativeState)
    assert stages >= {stage for stage in OF_PHASES if stage != "operate"}
    assert len(made) == 14


def test_demo_is_told_to_nobody_and_loaded_once(loaded: None) -> None:
    with scopes_disabled():
        assert Notice.objects.count() == 0
        assert ProcrastinateJob.objects.filter(task_name__startswith="initiatives").count() == 0
        assert Initiative.objects.count() == Initiative.objects.values("key").distinct().count()


def test_search_is_told_of_every_initiative_of_the_demo(loaded: None) -> None:
    with scopes_disabled():
        made = set(Initiative.objects.values_list("pk", flat=True))

    assert set(Waiting.objects.filter(kind="initiative").values_list("object_id", flat=True)) == made


def test_three_units_are_over_their_capacity_next_quarter(loaded: None) -> None:
    quarter = Quarter.now() + 1
    with scopes_disabled():
        sources = list(Source.objects.select_related("unit"))
        loads = loads_of(sources, quarters=[quarter])
        over = {source.unit.slug for source in sources if loads.of(source, quarter).is_over}

    assert over == {"it", "digitalisering", "hjemmetjenesten-ost"}


def test_ideas_wait_for_room_in_their_order(loaded: None) -> None:
    with scopes_disabled():
        waiting = list(Want.objects.order_by("since").values_list("claim_sort", flat=True))

    assert waiting == ["idea", "idea"]


def test_reports_are_the_status_that_is_shown(loaded: None) -> None:
    with scopes_disabled():
        stuck = Initiative.objects.get(title="Pasientvarsling i alle velferdssentre")
        newest = Report.objects.filter(initiative=stuck).order_by("-made_at").first()

    assert newest is not None
    assert (stuck.signal, stuck.status) == (newest.signal, newest.status)
    assert stuck.is_report_overdue
