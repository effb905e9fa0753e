import pytest
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.accounts.personas import PERSONAS
from grobunn.accounts.services.personas import ensure_personas
from grobunn.organisations import queries
from grobunn.organisations.demo import IN_USE, load_demo
from grobunn.organisations.models import Role, RoleAssignment, Unit

pytestmark = pytest.mark.django_db


def counted() -> tuple[int, int, int]:
    with scopes_disabled():
        return Unit.objects.count(), RoleAssignment.objects.count(), User.objects.count()


def test_load_demo_twice_makes_everything_once() -> None:
    load_demo()
    first = counted()
    load_demo()

    assert counted() == first
    assert sorted(each["slug"] for each in queries.municipalities_in_use()) == sorted(IN_USE)
    assert [each["slug"] for each in queries.open_archives()] == ["decide-madrid"]
    assert len(queries.all_municipalities()) == 357


def test_load_demo_marks_everything_made_up() -> None:
    load_demo()

    with scopes_disabled():
        assert not Unit.objects.filter(is_synthetic=False).exists()
        assert not RoleAssignment.objects.filter(is_synthetic=False).exists()
    assert not User.objects.filter(is_synthetic=False).exists()
    people = User.objects.values_list("email", "name")
    assert all(email.endswith("@demo.example") and " Prøve" in name for email, name in people)


def test_load_demo_gives_trondheim_its_four_leader_levels_and_personas() -> None:
    load_demo()
    users = ensure_personas()
    trondheim = queries.municipality_by_slug("trondheim")

    units = queries.open_units(trondheim.pk)
    assert sorted(set(units.values_list("leader_level", flat=True))) == [1, 2, 3, 4]
    assert {(code, held.role) for code, user in users.items() for held in queries.roles_of(user).held} == {
        ("nurse", Role.EMPLOYEE),
        ("unit-manager", Role.UNIT_LEADER),
        ("adviser", Role.INNOVATION_ADVISER),
        ("chief-executive", Role.CHIEF_EXEC),
        ("juror", Role.SECTOR_HEAD),
        ("elected", Role.ELECTED),
        ("rnd-contact", Role.RND_CONTACT),
        ("neighbour", Role.UNIT_LEADER),
        ("union", Role.UNION),
        ("archivist", Role.ARCHIVIST),
    }
    assert all(user.name == PERSONAS[code].name for code, user in users.items())


def test_load_demo_escalates_from_ward_to_chief_executive() -> None:
    load_demo()
    trondheim = queries.municipality_by_slug("trondheim")
    ward = queries.unit_by_slug(trondheim.pk, "sone-provelia")
    away = queries.unit_by_slug(trondheim.pk, "hjemmetjenesten-vest")

    climbed = [queries.holder_of(Role.DEPT_LEADER, ward, municipality=trondheim)]
    while climbed[-1].role != Role.CHIEF_EXEC:
        climbed.append(queries.next_leader(climbed[-1].unit, climbed[-1].role, municipality=trondheim))

    assert [holder.role for holder in climbed] == [
        Role.DEPT_LEADER,
        Role.UNIT_LEADER,
        Role.SECTOR_HEAD,
        Role.DIRECTOR,
        Role.CHIEF_EXEC,
    ]
    assert queries.holder_of(Role.UNIT_LEADER, away, municipality=trondheim).via == "stand_in"
    assert queries.municipality_by_slug("namsos").idea_kinds == [
        "organisational_change",
        "new_organisation",
        "new_product",
        "new_service",
    ]
