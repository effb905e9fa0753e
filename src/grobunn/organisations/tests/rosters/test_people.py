"""People and their roles from files."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django_scopes import scope
from pytest_django.fixtures import DjangoAssertNumQueries

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.kernel.models import AuditEntry
from grobunn.organisations import jobs
from grobunn.organisations.errors import NobodyLeftToSetUp
from grobunn.organisations.models import Municipality, Role, RoleAssignment, RosterKind, Unit
from grobunn.organisations.services.rosters.reading import day_meant
from grobunn.organisations.services.rosters.uploads import (
    apply_roster,
    plan_roster,
)
from grobunn.organisations.tests.factories import (
    RoleAssignmentFactory,
    UnitFactory,
)
from grobunn.organisations.tests.rosters.steps import Kept, applied

pytestmark = pytest.mark.django_db


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


def test_role_that_ended_long_ago_can_be_taken_up_anew(here: Municipality, kept: Kept) -> None:
    unit = UnitFactory(municipality=here, external_id="10")
    user = UserFactory(email="a@b.example")
    past = clock.today() - timedelta(days=400)
    RoleAssignmentFactory(unit=unit, user=user, from_on=past, to_on=past + timedelta(days=10))

    plan = applied(kept(RosterKind.PEOPLE, "e-post;navn;enhet;rolle\na@b.example;A;10;ansatt\n"))

    assert plan.new == 1


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
