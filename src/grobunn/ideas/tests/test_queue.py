"""The queue: order, filters, numbers that open their rows, files, saved views."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils.translation import override
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from grobunn.ideas.models import Idea, SavedView, Visibility
from grobunn.ideas.services import answer
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.kernel import clock
from grobunn.kernel.models import AuditEntry
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import (
    MunicipalityFactory,
    RoleAssignmentFactory,
    UnitFactory,
    adviser_of,
)


def _references(client: Client, town: Town, **query: str) -> list[str]:
    page = client.get(f"/{town.municipality.slug}/ko/", query).context["page"]
    return [row.reference for row in page.rows]


def _due(idea: Idea, *, in_days: int) -> Idea:
    Idea.objects.filter(pk=idea.pk).update(answer_due_on=clock.today() + timedelta(days=in_days))
    idea.refresh_from_db()
    return idea


@pytest.mark.parametrize(
    ("who", "status"),
    [("nurse", 403), ("outsider", 404), ("leader", 200), ("director", 200), ("adviser", 200)],
)
def test_queue_is_for_those_who_handle_ideas_there(client: Client, town: Town, who: str, status: int) -> None:
    if who == "outsider":
        adviser_elsewhere = adviser_of(MunicipalityFactory())
        client.force_login(adviser_elsewhere)
    else:
        client.force_login(getattr(town, who))

    assert client.get(f"/{town.municipality.slug}/ko/").status_code == status


def test_queue_signed_out_leads_to_the_login(client: Client, town: Town) -> None:
    response = client.get(f"/{town.municipality.slug}/ko/")

    assert response.status_code == 302


def test_queue_shows_the_most_urgent_first_and_says_how_late(client: Client, town: Town) -> None:
    later = _due(make_idea(town.municipality), in_days=8)
    late = _due(make_idea(town.municipality), in_days=-2)
    soon = _due(make_idea(town.municipality), in_days=1)
    client.force_login(town.adviser)

    response = client.get(f"/{town.municipality.slug}/ko/")

    rows = response.context["rows"]
    assert [row.reference for row in rows] == [late.reference, soon.reference, later.reference]
    assert [(row.due, row.due_color) for row in rows[:2]] == [
        ("2 dager over fristen", "danger"),
        ("1 dag igjen", "warning"),
    ]
    assert rows[2].due.startswith("Svar innen ")
    assert response.context["counts"].overdue == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["late", "mine", "other"]),
        ({"frist": "overdue"}, ["late"]),
        ({"frist": "soon"}, ["mine"]),
        ({"tilstand": "asked"}, ["asked"]),
        ({"tilstand": "declined"}, ["declined"]),
        ({"hos": "me"}, ["late", "other"]),
        ({"type": "new_service"}, ["other"]),
        ({"enhet": "ward"}, ["mine"]),
        ({"ord": "sykkel parkering"}, ["other"]),
        ({"ord": "finnes ikke"}, []),
        ({"tilstand": "tull", "frist": "tull"}, ["late", "mine", "other"]),
    ],
)
def test_queue_is_narrowed_by_its_address(client: Client, town: Town, query: dict[str, str], found: list[str]) -> None:
    ideas = {
        "late": _due(make_idea(town.municipality), in_days=-1),
        "mine": _due(make_idea(town.municipality, unit=town.ward), in_days=2),
        "other": make_idea(town.municipality, kind="new_service", text="Parkering for sykkel."),
        "asked": make_idea(town.municipality),
        "declined": make_idea(town.municipality),
    }
    answer.ask(ideas["asked"], actor=town.adviser, reason="Hvor?")
    answer.decline(ideas["declined"], actor=town.adviser, reason="Nei.")
    client.force_login(town.adviser)
    query = {name: town.ward.slug if value == "ward" else value for name, value in query.items()}

    assert _references(client, town, **query) == [ideas[name].reference for name in found]


def test_queue_numbers_are_the_rows_behind_them(client: Client, town: Town) -> None:
    for days in (-3, -1, 1, 9):
        _due(make_idea(town.municipality), in_days=days)
    answer.park(
        make_idea(town.municipality), actor=town.adviser, reason="Venter.", until=clock.today() + timedelta(days=9)
    )
    client.force_login(town.adviser)

    tabs = client.get(f"/{town.municipality.slug}/ko/").context["tabs"]

    for tab in (*tabs.waiting, *tabs.answered):
        rows = client.get(f"/{town.municipality.slug}/ko/{tab.url}").context["page"].rows
        assert len(rows) == tab.count, tab.label
    assert [tab.count for tab in tabs.waiting] == [4, 2, 1, 4, 0, 0, 1]


def test_queue_pages_onwards_and_back_without_losing_a_row(client: Client, town: Town) -> None:
    made = [make_idea(town.municipality, text=f"Idé {number}.").reference for number in range(27)]
    client.force_login(town.adviser)
    address = f"/{town.municipality.slug}/ko/"

    first = client.get(address).context["page"]
    second = client.get(address, {"side": first.next_cursor}).context["page"]
    back = client.get(address, {"side": second.previous_cursor}).context["page"]

    assert [row.reference for row in (*first.rows, *second.rows)] == made
    assert [row.reference for row in back.rows] == made[:25]


def test_queue_with_a_cursor_from_elsewhere_is_not_found(client: Client, town: Town) -> None:
    client.force_login(town.adviser)

    assert client.get(f"/{town.municipality.slug}/ko/", {"side": "tull"}).status_code == 404


def test_queue_of_another_municipality_is_never_shown(client: Client, town: Town) -> None:
    neighbour = MunicipalityFactory()
    unit = UnitFactory(municipality=neighbour)
    RoleAssignmentFactory(municipality=neighbour, unit=unit, user=town.adviser, role=Role.UNIT_LEADER)
    mine = make_idea(town.municipality)
    client.force_login(town.adviser)

    there = client.get(f"/{neighbour.slug}/ko/").context["page"].rows

    assert there == []
    assert _references(client, town) == [mine.reference]


@pytest.mark.parametrize("count", [1, 3])
def test_queue_asks_as_much_of_one_idea_as_of_three(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, town: Town, count: int
) -> None:
    for _ in range(count):
        make_idea(town.municipality, unit=town.ward)
    client.force_login(town.adviser)
    client.get(f"/{town.municipality.slug}/ko/")

    with django_assert_num_queries(5):
        client.get(f"/{town.municipality.slug}/ko/")


def test_step_from_the_queue_leads_back_to_where_it_was(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality)
    client.force_login(town.adviser)
    address = f"/{town.municipality.slug}/ideer/{idea.reference}/"

    thread = client.get(address, {"fra": "hos=me&tull=1"}).content.decode()
    response = client.post(f"{address}steg/take_up/?fra=hos%3Dme%26tull%3D1", {"version": idea.version})

    assert f'href="/{town.municipality.slug}/ko/?hos=me"' in thread
    assert "steg/take_up/?fra=hos%3Dme" in thread
    assert response["Location"] == f"/{town.municipality.slug}/ko/?hos=me"


def _exported(town: Town) -> Idea:
    with clock.moved_to(datetime(2026, 11, 23, 9, 30, tzinfo=UTC)):
        return make_idea(
            town.municipality,
            text='=HYPERLINK("http://ond.example")\nog "mer", æøå',
            title="-2+3",
            kind="new_service",
            unit=town.ward,
            visibility=Visibility.INTERNAL,
            contact="email",
            email="hemmelig@example.org",
        )


def test_export_csv_holds_every_cell_and_runs_no_formula(client: Client, town: Town) -> None:
    idea = _exported(town)
    client.force_login(town.adviser)

    response = client.get(f"/{town.municipality.slug}/ko/", {"format": "csv"})
    content = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]

    heads, *rows = csv.reader(io.StringIO(content), delimiter=";")
    assert heads[:4] == ["Referanse", "Tittel", "Tekst", "Tilstand"]
    assert rows == [
        [
            idea.reference,
            "'-2+3",
            '\'=HYPERLINK("http://ond.example")\nog "mer", æøå',
            "Mottatt",
            "Ny tjeneste",
            town.ward.name,
            "2026-11-23T10:30+01:00",
            "Enhetsleder",
            town.ward.name,
            "2026-12-07",
            "",
            "",
            "",
            "Bare de som behandler den",
            "nei",
        ]
    ]
    assert idea.receipt not in content
    assert AuditEntry.objects.filter(action="ideas.export", actor_id=town.adviser.pk).count() == 1


def test_export_xlsx_keeps_text_as_text(client: Client, town: Town) -> None:
    _exported(town)
    client.force_login(town.adviser)

    response = client.get(f"/{town.municipality.slug}/ko/", {"format": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active  # type: ignore[arg-type]

    title, text, received = sheet["B2"], sheet["C2"], sheet["G2"]
    assert (title.value, title.data_type) == ("-2+3", "s")
    assert (text.value.splitlines()[0], text.data_type) == ('=HYPERLINK("http://ond.example")', "s")
    assert received.value == datetime(2026, 11, 23, 10, 30)  # noqa: DTZ001 -- a workbook knows no time zones


def test_export_holds_the_filter_and_more_than_a_page(client: Client, town: Town) -> None:
    for number in range(30):
        make_idea(town.municipality, text=f"Benk {number}")
    make_idea(town.municipality, text="Noe annet")
    client.force_login(town.adviser)

    response = client.get(f"/{town.municipality.slug}/ko/", {"format": "csv", "ord": "benk"})

    assert b"".join(response.streaming_content).count(b"\r\n") == 31  # type: ignore[arg-type]


def test_export_by_a_leader_is_forbidden(client: Client, town: Town) -> None:
    client.force_login(town.leader)

    assert client.get(f"/{town.municipality.slug}/ko/", {"format": "csv"}).status_code == 403
    assert client.get(f"/{town.municipality.slug}/ko/", {"format": "exe"}).status_code == 403


def test_saved_view_is_kept_shown_and_removed(client: Client, town: Town) -> None:
    client.force_login(town.adviser)
    address = f"/{town.municipality.slug}/ko/"

    saved = client.post(f"{address}visninger/", {"name": "Mine sene", "query": "frist=overdue&hos=me&side=x&tull=1"})
    view = SavedView.objects.get()
    shown = client.get(address).content.decode()
    client.post(f"{address}visninger/{view.pk}/fjern/", {"query": "hos=me"})

    assert saved["Location"] == f"{address}?frist=overdue&hos=me"
    assert (view.user, view.query) == (town.adviser, "frist=overdue&hos=me")
    assert 'href="?frist=overdue&amp;hos=me"' in shown
    assert SavedView.objects.count() == 0


def test_saved_view_under_a_used_name_takes_its_place(client: Client, town: Town) -> None:
    client.force_login(town.adviser)
    address = f"/{town.municipality.slug}/ko/visninger/"

    client.post(address, {"name": "Mine", "query": "hos=me"})
    client.post(address, {"name": "Mine", "query": "frist=soon"})

    assert [view.query for view in SavedView.objects.all()] == ["frist=soon"]


def test_saved_view_of_somebody_else_is_not_found(client: Client, town: Town) -> None:
    view = SavedView.objects.create(municipality=town.municipality, user=town.adviser, name="Mine", query="hos=me")
    client.force_login(town.leader)

    response = client.post(f"/{town.municipality.slug}/ko/visninger/{view.pk}/fjern/")

    assert response.status_code == 404
    assert SavedView.objects.count() == 1


def test_saved_view_without_a_name_is_not_kept(client: Client, town: Town) -> None:
    client.force_login(town.adviser)

    client.post(f"/{town.municipality.slug}/ko/visninger/", {"name": " ", "query": "hos=me"})

    assert SavedView.objects.count() == 0


def test_queue_speaks_nynorsk(client: Client, town: Town) -> None:
    _due(make_idea(town.municipality), in_days=-2)
    client.force_login(town.adviser)

    with override("nn"):
        page = client.get(f"/{town.municipality.slug}/ko/", headers={"Accept-Language": "nn"}).content.decode()

    assert "2 dagar over fristen" in page
