"""The log of decisions, and who is asked for one."""

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from grobunn.accounts.models import User
from grobunn.capacity.models import Source
from grobunn.ideas.models import Visibility
from grobunn.initiatives.events import DecisionAsked
from grobunn.initiatives.handlers.deciding import ask_whoever_decides
from grobunn.initiatives.models import Attachment, Initiative
from grobunn.initiatives.queries.decisions import decided, decisions_of, told
from grobunn.initiatives.services.gates import ask_decision, pass_gate, send_back
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative, make_source
from grobunn.kernel import clock
from grobunn.notifications.models import Notice


@pytest.fixture
def source(town: Town) -> Source:
    return make_source(town.ward, by=town.leader)


def _make(town: Town, source: Source, **changes: str) -> Initiative:
    given = {"method": "prosjektveiviseren", "phase": "konsept", **changes}
    initiative = make_initiative(town.ward, owner=town.leader, by=town.adviser, source=source, **given)
    Attachment.objects.create(
        municipality=town.municipality, initiative=initiative, hand_in="prosjektforslag", title="x", text="Slik."
    )
    return initiative


def _client(user: User) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    return client


def _log(town: Town, query: str = "") -> str:
    return f"/{town.municipality.slug}/initiativ/beslutninger/{query}"


def test_decisions_say_what_who_and_why_latest_first(town: Town, source: Source) -> None:
    initiative = _make(town, source)
    send_back(initiative, actor=town.director, reason="Tallene mangler.")
    pass_gate(initiative, actor=town.director, reason="Nå er de her.")

    log = decisions_of(initiative)

    assert [(each.edge, each.reason) for each in log] == [
        ("pass_gate", "Nå er de her."),
        ("send_back", "Tallene mangler."),
        ("create", "Vi begynner med ti senger."),
    ]
    assert log[0].what.startswith("BP2: ")
    assert log[0].who != ""


def test_log_is_narrowed_by_unit_and_year_and_hides_what_the_reader_may_not_see(town: Town, source: Source) -> None:
    seen = _make(town, source)
    internal = _make(town, source, visibility=Visibility.INTERNAL)

    def found(user: User, **narrowed: object) -> list[Initiative]:
        changes = decided(user, municipality_id=town.municipality.pk, **narrowed)  # type: ignore[arg-type]
        return [each.initiative for each in told(changes.order_by("id"))]

    assert found(town.nurse) == [seen]
    assert found(town.director) == [seen, internal]
    assert found(town.nurse, unit_id=town.office.pk) == [seen]
    assert found(town.nurse, year=clock.today().year - 1) == []


@pytest.mark.parametrize("count", [1, 3])
def test_log_page_costs_the_same_however_many(
    town: Town, source: Source, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _each in range(count):
        pass_gate(_make(town, source), actor=town.director, reason="Vi går videre.")
    client = _client(town.director)
    client.get(_log(town))

    with django_assert_num_queries(9):
        page = client.get(_log(town)).content.decode()

    assert page.count("timeline__item ") == 2 * count


def test_log_as_a_file_is_for_leaders_and_advisers(town: Town, source: Source) -> None:
    pass_gate(_make(town, source), actor=town.director, reason="Vi går videre.")

    csv = b"".join(_client(town.adviser).get(_log(town, "?format=csv")).streaming_content).decode()  # type: ignore[arg-type]
    xlsx = b"".join(_client(town.adviser).get(_log(town, "?format=xlsx")).streaming_content)  # type: ignore[arg-type]
    refused = _client(town.nurse).get(_log(town, "?format=csv"))

    assert csv.count("Vi går videre.") == 1
    assert load_workbook(BytesIO(xlsx)).active.max_row == 3
    assert refused.status_code == 403


def test_decider_is_told_once_with_the_gate_in_their_language(town: Town, source: Source) -> None:
    User.objects.filter(pk=town.director.pk).update(language="nn")
    initiative = _make(town, source)
    change = ask_decision(initiative, actor=town.leader, reason="Nå er alt her.")
    event = DecisionAsked(
        initiative_id=initiative.pk, municipality_id=town.municipality.pk, change_id=change.pk, edge=change.edge
    )

    ask_whoever_decides(event)
    ask_whoever_decides(event)

    notice = Notice.objects.get(kind="initiatives.decision_asked")
    assert notice.recipient == town.director
    assert notice.data["gate"] == "BP2: Skal dette bli eit prosjekt?"
    assert notice.url.endswith(f"/initiativ/{initiative.reference}/fase/")
