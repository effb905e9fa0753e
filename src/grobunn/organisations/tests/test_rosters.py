"""Units and people from files, and back."""

import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from pytest_django.fixtures import DjangoAssertNumQueries

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.kernel.models import AuditEntry
from grobunn.organisations import jobs
from grobunn.organisations.errors import NobodyLeftToSetUp
from grobunn.organisations.models import Municipality, Role, RoleAssignment, RosterKind, RosterUpload, Unit
from grobunn.organisations.services.rosters.columns import PEOPLE_COLUMNS, UNIT_COLUMNS
from grobunn.organisations.services.rosters.plan import Plan
from grobunn.organisations.services.rosters.reading import RosterUnreadable, day_meant, read_roster
from grobunn.organisations.services.rosters.uploads import (
    PlanChanged,
    PlanHasErrors,
    apply_roster,
    keep_roster,
    plan_roster,
)
from grobunn.organisations.services.rosters.writing import as_csv, as_xlsx, people_rows, unit_rows
from grobunn.organisations.tests.factories import (
    MunicipalityFactory,
    RoleAssignmentFactory,
    UnitFactory,
    adviser_of,
)

Kept = Callable[..., RosterUpload]


@pytest.fixture
def here() -> Municipality:
    municipality: Municipality = MunicipalityFactory(slug="provevik")
    return municipality


@pytest.fixture
def adviser(here: Municipality) -> User:
    return adviser_of(here)


@pytest.fixture
def kept(here: Municipality, adviser: User) -> Kept:
    def keep(kind: str, text: str | bytes, name: str = "fil.csv") -> RosterUpload:
        content = text.encode() if isinstance(text, str) else text
        return keep_roster(here, kind=kind, content=content, file_name=name, uploaded_by=adviser)

    return keep


def applied(upload: RosterUpload) -> Plan:
    return apply_roster(upload, fingerprint=plan_roster(upload).fingerprint, actor=upload.uploaded_by)


def tree(municipality: Municipality) -> dict[str, tuple[str, str, int]]:
    with scope(municipality=municipality.pk):
        units = Unit.objects.exclude(external_id="").select_related("parent")
        return {
            unit.external_id: (unit.name, unit.parent.external_id if unit.parent else "", unit.leader_level)
            for unit in units
        }


# --- reading --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        "id;navn\n1;Øya sykehjem\n".encode("cp1252"),
        "﻿id;navn\r\n1;Øya sykehjem\r\n".encode(),
        "id,navn\n1,Øya sykehjem".encode(),
        "ID\tNAVN\n1\tØya sykehjem\n\n".encode(),
        'sep=;\nid;navn\n1;"Øya sykehjem"\n'.encode(),
        'unit id;Name;Noe annet\n"1";Øya sykehjem;x'.encode(),
    ],
    ids=["windows-1252", "utf-8 with mark", "commas", "tabs", "sep line", "english"],
)
def test_csv_of_any_make_is_read(content: bytes) -> None:
    roster = read_roster(content, file_name="a.csv", columns=UNIT_COLUMNS)

    assert [(row.number, row["external_id"], row["name"]) for row in roster.rows] == [(2, "1", "Øya sykehjem")]
    assert roster.errors == []


def xlsx(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def test_xlsx_numbers_and_days_are_read_as_typed() -> None:
    morning = clock.now().replace(tzinfo=None)
    content = xlsx(["e-post", "navn", "enhet", "rolle", "fra"], ["a@b.example", "A", 100.0, "employee", morning])

    (row,) = read_roster(content, file_name="a.xlsx", columns=PEOPLE_COLUMNS).rows

    assert (row["unit"], row["from_on"]) == ("100", morning.date().isoformat())


@pytest.mark.parametrize("content", [xlsx(["id", "navn"], ["1", "=1+1"]), b"id;navn\n1;=HYPERLINK(1)"])
def test_formula_is_refused_not_executed(content: bytes) -> None:
    (error,) = read_roster(content, file_name="a", columns=UNIT_COLUMNS).errors

    assert (error.row, error.column) == (2, "navn")


def bomb() -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (101 * 1024 * 1024))
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"x" * (5 * 1024 * 1024 + 1), "a.csv"),
        (b"", "a.csv"),
        (b"navn\nSkole", "a.csv"),
        (b"PK\x03\x04 broken", "a.xlsx"),
        (bomb(), "a.xlsx"),
        (b"\xd0\xcf\x11\xe0\x00\x00", "a.xls"),
        (b"id;navn\n" + b"1;A\n" * 20_001, "a.csv"),
    ],
    ids=["heavy", "empty", "without id", "broken", "bomb", "old excel", "long"],
)
def test_unfit_file_is_refused(content: bytes, name: str) -> None:
    with pytest.raises(RosterUnreadable):
        read_roster(content, file_name=name, columns=UNIT_COLUMNS)


@settings(deadline=None)
@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        roster = read_roster(b"id;navn\n" + content, file_name="a.csv", columns=UNIT_COLUMNS)
    except RosterUnreadable:
        return
    assert all(row.number >= 2 for row in roster.rows)


@pytest.mark.parametrize("text", ["2026-11-22", "22.11.2026", "22.11.26"])
def test_day_is_understood(text: str) -> None:
    assert str(day_meant(text)) == "2026-11-22"
    assert day_meant("22/11") is None


# --- units ----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_units_in_any_order_become_a_tree_and_again_nothing_changes(here: Municipality, kept: Kept) -> None:
    text = "id;navn;over;ledernivå\n3;Sone;2;\n2;Tjeneste;1;\n1;Topp;;\n4;Stab;1;1\n"

    first = applied(kept(RosterKind.UNITS, text))
    assert (first.new, first.changed, first.unchanged) == (4, 0, 0)
    assert tree(here) == {
        "1": ("Topp", "", 1),
        "2": ("Tjeneste", "1", 2),
        "3": ("Sone", "2", 3),
        "4": ("Stab", "1", 1),
    }
    again = plan_roster(kept(RosterKind.UNITS, text))
    assert (again.new, again.changed, again.unchanged, again.is_applicable) == (0, 0, 4, False)


@pytest.mark.django_db
def test_units_changed_in_the_file_are_changed_here_and_others_left_alone(here: Municipality, kept: Kept) -> None:
    applied(kept(RosterKind.UNITS, "id;navn;over\n1;Topp;\n2;Skole;1\n3;Annet;1\n"))

    upload = kept(RosterKind.UNITS, "id;navn;over\n2;Ny skole;\n")
    (row,) = plan_roster(upload).rows
    assert [(change.column, change.before, change.after) for change in row.changes] == [
        ("navn", "Skole", "Ny skole"),
        ("over", "1", ""),
    ]
    applied(upload)

    assert tree(here) == {"1": ("Topp", "", 1), "2": ("Ny skole", "", 2), "3": ("Annet", "1", 2)}


@pytest.mark.django_db
def test_closed_unit_in_the_file_opens_again(here: Municipality, kept: Kept) -> None:
    unit = UnitFactory(municipality=here, external_id="1", name="Topp", closed_on=clock.today())

    applied(kept(RosterKind.UNITS, "id;navn\n1;Topp\n"))

    with scopes_disabled():
        assert Unit.objects.get(pk=unit.pk).closed_on is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("id;navn;over\n;Skole;\n2;;9\n", [(2, "id"), (3, "navn"), (3, "over")]),
        ("id;navn\n1;A\n1;B\n", [(2, "id"), (3, "id")]),
        ("id;navn;over\n1;A;9\n", [(2, "over")]),
        ("id;navn;over\n1;A;2\n2;B;1\n3;C;1\n", [(2, "over"), (3, "over"), (4, "over")]),
        ("id;navn;over\n1;A;1\n", [(2, "over")]),
        ("id;navn;ledernivå;postkasse\n1;A;10;x\n2;B;to;\n", [(2, "ledernivå"), (2, "postkasse"), (3, "ledernivå")]),
        (f"id;navn\n1;{'x' * 151}\n", [(2, "navn")]),
        ("id;navn\n1;Kari 01020312345\n", []),
    ],
)
def test_units_with_errors_are_told_by_row_and_nothing_is_written(
    here: Municipality, kept: Kept, text: str, errors: list[tuple[int, str]]
) -> None:
    upload = kept(RosterKind.UNITS, text)

    plan = plan_roster(upload)

    assert [(error.row, error.column) for error in plan.errors] == errors
    if errors:
        with pytest.raises(PlanHasErrors):
            apply_roster(upload, fingerprint=plan.fingerprint, actor=upload.uploaded_by)
        assert tree(here) == {}


@pytest.mark.django_db
def test_units_that_changed_since_the_preview_are_shown_again(here: Municipality, kept: Kept) -> None:
    upload = kept(RosterKind.UNITS, "id;navn\n1;Topp\n")
    seen = plan_roster(upload).fingerprint
    UnitFactory(municipality=here, external_id="1", name="Annet")

    with pytest.raises(PlanChanged):
        apply_roster(upload, fingerprint=seen, actor=upload.uploaded_by)

    assert tree(here) == {"1": ("Annet", "", 1)}


@pytest.mark.django_db
@settings(deadline=None)
@given(parents=st.lists(st.integers(0, 8), min_size=8, max_size=8))
def test_units_of_any_parents_are_refused_or_free_of_rings(parents: list[int]) -> None:
    municipality: Municipality = MunicipalityFactory()
    rows = "".join(f"{at};Enhet {at};{above or ''}\n" for at, above in enumerate(parents, start=1))
    upload = keep_roster(
        municipality,
        kind=RosterKind.UNITS,
        content=f"id;navn;over\n{rows}".encode(),
        file_name="a.csv",
        uploaded_by=UserFactory(),
    )

    plan = plan_roster(upload)

    def has_ring(at: int) -> bool:
        met: set[int] = set()
        while at and at not in met:
            met.add(at)
            at = parents[at - 1]
        return at != 0

    ringed = [at for at in range(1, 9) if has_ring(at)]
    assert [error.row - 1 for error in plan.errors] == ringed
    if not ringed:
        applied(upload)
        assert {code: above for code, (_, above, _) in tree(municipality).items()} == {
            str(at): str(above or "") for at, above in enumerate(parents, start=1)
        }


# --- people ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_people_get_roles_and_again_nothing_changes(here: Municipality, kept: Kept) -> None:
    UnitFactory(municipality=here, external_id="10", name="Skole")
    known = UserFactory(email="kari@prove.example", name="Kari")
    text = (
        "e-post;navn;enhet;rolle;fra;til\n"
        "Kari@prove.example;Kari Annet;10;Einingsleiar;01.02.2026;\n"
        "ola@prove.example;Ola;10;employee;;31.12.2030\n"
    )

    plan = applied(kept(RosterKind.PEOPLE, text))
    assert (plan.new, plan.changed, plan.unchanged) == (2, 0, 0)
    with scope(municipality=here.pk):
        roles = RoleAssignment.objects.filter(unit__external_id="10").order_by("role")
        assert list(roles.values_list("user__name", "role", "from_on", "to_on")) == [
            ("Ola", Role.EMPLOYEE, clock.today(), day_meant("2030-12-31")),
            ("Kari", Role.UNIT_LEADER, day_meant("2026-02-01"), None),
        ]
    assert User.objects.get(pk=known.pk).name == "Kari"
    assert plan_roster(kept(RosterKind.PEOPLE, text)).unchanged == 2
    entry = AuditEntry.objects.get(action="organisations.import_people")
    assert entry.data == {"new": 2, "changed": 0, "unchanged": 0}


@pytest.mark.django_db
def test_person_who_leaves_is_changed_and_told_of(here: Municipality, kept: Kept) -> None:
    unit = UnitFactory(municipality=here, external_id="10")
    leaving = RoleAssignmentFactory(unit=unit, role=Role.UNIT_LEADER, user=UserFactory(email="a@b.example"))
    today = clock.today()

    applied(kept(RosterKind.PEOPLE, f"e-post;navn;enhet;rolle;til\na@b.example;A;10;enhetsleder;{today}\n"))

    leaving.refresh_from_db()
    assert leaving.to_on == today
    with clock.moved_by(days=1):
        jobs.tell_ended_roles()
    leaving.refresh_from_db()
    assert leaving.is_end_told is True


@pytest.mark.django_db
def test_role_that_ended_long_ago_can_be_taken_up_anew(here: Municipality, kept: Kept) -> None:
    unit = UnitFactory(municipality=here, external_id="10")
    user = UserFactory(email="a@b.example")
    past = clock.today() - timedelta(days=400)
    RoleAssignmentFactory(unit=unit, user=user, from_on=past, to_on=past + timedelta(days=10))

    plan = applied(kept(RosterKind.PEOPLE, "e-post;navn;enhet;rolle\na@b.example;A;10;ansatt\n"))

    assert plan.new == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ("nobody;A;10;ansatt;;", ["e-post"]),
        ("a@b.example;;10;ansatt;;", ["navn"]),
        ("a@b.example;A;11;ansatt;;", ["enhet"]),
        ("a@b.example;A;12;ansatt;;", ["enhet"]),
        ("a@b.example;A;10;sjef;;", ["rolle"]),
        ("a@b.example;A;10;ansatt;i dag;", ["fra"]),
        ("a@b.example;A;10;ansatt;2026-02-02;2026-02-01", ["til"]),
        ("a@b.example;A 010190 12345;10;ansatt;;", []),
    ],
)
def test_people_with_errors_are_told_by_row(here: Municipality, kept: Kept, row: str, columns: list[str]) -> None:
    UnitFactory(municipality=here, external_id="10")
    UnitFactory(municipality=here, external_id="11", closed_on=clock.today())
    UnitFactory(external_id="12")

    plan = plan_roster(kept(RosterKind.PEOPLE, f"e-post;navn;enhet;rolle;fra;til\n{row}\n"))

    assert [(error.row, error.column) for error in plan.errors] == [(2, column) for column in columns]
    assert not User.objects.filter(email="a@b.example").exists()


def test_national_identity_number_is_refused() -> None:
    content = b"e-post;navn;enhet;rolle\na@b.example;A 13097248022;10;ansatt\n"

    (error,) = read_roster(content, file_name="a.csv", columns=PEOPLE_COLUMNS).errors

    assert (error.row, error.column) == (2, "navn")


@pytest.mark.django_db
def test_people_file_cannot_take_the_last_adviser_away(here: Municipality, adviser: User, kept: Kept) -> None:
    with scope(municipality=here.pk):
        only = RoleAssignment.objects.get(user=adviser)
        Unit.objects.filter(pk=only.unit_id).update(external_id="1")
    yesterday = clock.today() - timedelta(days=1)
    upload = kept(
        RosterKind.PEOPLE,
        f"e-post;navn;enhet;rolle;fra;til\n{adviser.email};A;1;innovasjonsrådgiver;{only.from_on};{yesterday}\n",
    )

    with pytest.raises(NobodyLeftToSetUp):
        applied(upload)

    only.refresh_from_db()
    assert only.to_on is None


# --- out and in again -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("make", [as_csv, lambda columns, rows: as_xlsx(columns, rows, title="x")], ids=["csv", "xlsx"])
def test_what_is_exported_imports_as_unchanged(here: Municipality, kept: Kept, make: Any) -> None:
    top = UnitFactory(municipality=here, name="=Topp", external_id="")
    below = UnitFactory(municipality=here, name="Øya; «sykehjem»", parent=top, external_id="007", mailbox="a@b.example")
    RoleAssignmentFactory(unit=below, role=Role.UNIT_LEADER, user=UserFactory(name="-Åse"))

    units = plan_roster(kept(RosterKind.UNITS, make(UNIT_COLUMNS, unit_rows(here))))
    people = plan_roster(kept(RosterKind.PEOPLE, make(PEOPLE_COLUMNS, people_rows(here))))

    assert (units.errors, units.new, units.changed, units.unchanged) == ([], 0, 0, 3)
    assert (people.errors, people.new, people.changed, people.unchanged) == ([], 0, 0, 2)


@pytest.mark.django_db
def test_exported_cells_are_never_formulas(here: Municipality) -> None:
    UnitFactory(municipality=here, name="=cmd|' /C calc'!A0")

    as_text = as_csv(UNIT_COLUMNS, unit_rows(here)).decode("utf-8-sig")
    sheet = load_workbook(BytesIO(as_xlsx(UNIT_COLUMNS, unit_rows(here), title="x"))).active

    assert ";'=cmd|' /C calc'!A0;" in as_text
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}  # type: ignore[union-attr]


# --- pages ----------------------------------------------------------------------------------------------------------


def url(name: str, municipality: Municipality, **kwargs: Any) -> str:
    return reverse(f"organisations:{name}", kwargs={"municipality": municipality.slug, **kwargs})


@pytest.mark.django_db
def test_pages_from_upload_to_import(here: Municipality, adviser: User) -> None:
    client = Client()
    client.force_login(adviser)
    file = SimpleUploadedFile("enheter.csv", b"id;navn;merknad\n1;Topp;x\n")

    preview = client.post(url("rosters", here), {"kind": "units", "file": file}, follow=True)
    text = preview.content.decode()
    assert "Topp (1)" in text
    assert "merknad" in text
    plan = preview.context["plan"]
    with scope(municipality=here.pk):
        upload = RosterUpload.objects.get()
    assert tree(here) == {}

    client.post(url("apply_roster", here, upload=upload.pk), {"plan": plan.fingerprint})
    assert tree(here) == {"1": ("Topp", "", 1)}
    with scope(municipality=here.pk):
        assert not RosterUpload.objects.exists()


@pytest.mark.django_db
def test_page_shows_errors_by_row_and_offers_no_import(here: Municipality, adviser: User) -> None:
    client = Client()
    client.force_login(adviser)
    unfit = client.post(url("rosters", here), {"kind": "units", "file": SimpleUploadedFile("a.csv", b"x;y\n1;2")})
    file = SimpleUploadedFile("enheter.csv", b"id;navn\n1;\n")
    preview = client.post(url("rosters", here), {"kind": "units", "file": file}, follow=True)

    assert (unfit.status_code, 'id="id_file_error"' in unfit.content.decode()) == (422, True)
    assert 'name="plan"' not in preview.content.decode()
    assert [error.row for error in preview.context["errors"]] == [2]


@pytest.mark.django_db
def test_other_municipalitys_upload_is_not_found(here: Municipality, kept: Kept) -> None:
    upload = kept(RosterKind.UNITS, "id;navn\n1;Topp\n")
    elsewhere: Municipality = MunicipalityFactory()
    client = Client()
    client.force_login(adviser_of(elsewhere))

    assert client.get(url("roster", elsewhere, upload=upload.pk)).status_code == 404
    assert client.post(url("apply_roster", elsewhere, upload=upload.pk), {"plan": "x"}).status_code == 404
    assert client.get(url("roster_export", here, kind="people", form="csv")).status_code == 404
    assert tree(here) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ["units", "people"])
def test_templates_and_exports_are_downloaded(here: Municipality, adviser: User, kind: str, form: str) -> None:
    client = Client()
    client.force_login(adviser)

    empty = client.get(url("roster_template", here, kind=kind, form=form))
    full = client.get(url("roster_export", here, kind=kind, form=form))

    columns = UNIT_COLUMNS if kind == "units" else PEOPLE_COLUMNS
    assert list(read_roster(empty.content, file_name=f"a.{form}", columns=columns).rows) == []
    assert len(read_roster(full.content, file_name=f"a.{form}", columns=columns).rows) == 1
    assert client.get(url("roster_template", here, kind="ideas", form=form)).status_code == 404


@pytest.mark.django_db
def test_uploads_are_forgotten_after_a_day(kept: Kept) -> None:
    kept(RosterKind.UNITS, "id;navn\n1;Topp\n")

    for hours, left in ((23, 1), (25, 0)):
        with clock.moved_by(hours=hours):
            jobs.forget_old_rosters()
        with scopes_disabled():
            assert RosterUpload.objects.count() == left


@pytest.mark.django_db
def test_person_is_found_by_another_proved_address(here: Municipality, kept: Kept) -> None:
    unit = UnitFactory(municipality=here, external_id="10")
    user = UserFactory(email="kari@prove.example")
    EmailAddress.objects.create(user=user, email="kari.prove@prove.example", verified=True, primary=False)
    RoleAssignmentFactory(unit=unit, user=user, role=Role.EMPLOYEE)
    text = "e-post;navn;enhet;rolle\nkari.prove@prove.example;Kari;10;{}\n"

    same = plan_roster(kept(RosterKind.PEOPLE, text.format("ansatt")))
    applied(kept(RosterKind.PEOPLE, text.format("tillitsvalgt")))

    assert (same.new, same.unchanged) == (0, 1)
    with scope(municipality=here.pk):
        assert RoleAssignment.objects.filter(user=user).count() == 2


@pytest.mark.django_db
def test_import_of_many_people_costs_as_few_queries_as_of_few(
    here: Municipality, kept: Kept, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    UnitFactory(municipality=here, external_id="10")
    rows = "".join(f"p{at}@prove.example;Person {at};10;ansatt\n" for at in range(200))
    upload = kept(RosterKind.PEOPLE, f"e-post;navn;enhet;rolle\n{rows}")
    seen = plan_roster(upload).fingerprint

    with django_assert_max_num_queries(30):
        plan = apply_roster(upload, fingerprint=seen, actor=upload.uploaded_by)

    assert plan.new == 200
