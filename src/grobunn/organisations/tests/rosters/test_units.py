"""Units from files."""

import pytest
from django_scopes import scopes_disabled
from hypothesis import given, settings
from hypothesis import strategies as st

from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.organisations.models import Municipality, RosterKind, Unit
from grobunn.organisations.services.rosters.uploads import (
    PlanChanged,
    PlanHasErrors,
    apply_roster,
    keep_roster,
    plan_roster,
)
from grobunn.organisations.tests.factories import (
    MunicipalityFactory,
    UnitFactory,
)
from grobunn.organisations.tests.rosters.steps import Kept, applied, tree

pytestmark = pytest.mark.django_db


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


def test_closed_unit_in_the_file_opens_again(here: Municipality, kept: Kept) -> None:
    unit = UnitFactory(municipality=here, external_id="1", name="Topp", closed_on=clock.today())

    applied(kept(RosterKind.UNITS, "id;navn\n1;Topp\n"))

    with scopes_disabled():
        assert Unit.objects.get(pk=unit.pk).closed_on is None


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


def test_units_that_changed_since_the_preview_are_shown_again(here: Municipality, kept: Kept) -> None:
    upload = kept(RosterKind.UNITS, "id;navn\n1;Topp\n")
    seen = plan_roster(upload).fingerprint
    UnitFactory(municipality=here, external_id="1", name="Annet")

    with pytest.raises(PlanChanged):
        apply_roster(upload, fingerprint=seen, actor=upload.uploaded_by)

    assert tree(here) == {"1": ("Annet", "", 1)}


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
