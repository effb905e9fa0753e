"""What initiatives hold about a person, and until when; and who finds them by search."""

import pytest
from django.test import Client

from grobunn.accounts.privacy import export_of
from grobunn.ideas.models import Visibility
from grobunn.initiatives.findable import SOURCE
from grobunn.initiatives.models import Helper, Initiative, Task
from grobunn.initiatives.services.ends import finish_learned
from grobunn.initiatives.services.owners import change_owner
from grobunn.initiatives.services.retention import forget_helpers
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative
from grobunn.kernel import clock
from grobunn.organisations.models import Role


@pytest.fixture
def initiative(town: Town) -> Initiative:
    made = make_initiative(town.ward, owner=town.leader, by=town.adviser)
    Helper.objects.create(municipality=town.municipality, initiative=made, user=town.nurse, kind="it")
    Task.objects.create(municipality=town.municipality, initiative=made, title="Ring", assignee=town.nurse)
    return made


def test_export_tells_what_somebody_owns_owned_helps_and_did(town: Town, initiative: Initiative) -> None:
    change_owner(
        initiative, to=town.director, role=Role.DIRECTOR, unit=town.office, actor=town.leader, reason="Ny jobb"
    )

    leader, nurse = (export_of(user)["initiatives"] for user in (town.leader, town.nurse))

    assert (leader["owns"], leader["owned_before"]) == ([], [initiative.reference])
    assert [(row["step"], row["reason"]) for row in leader["steps"]] == [("change_owner", "Ny jobb")]
    assert [(row["initiative"], row["with"]) for row in nurse["helps"]] == [(initiative.reference, "it")]
    assert nurse["tasks"] == [{"initiative": initiative.reference, "task": "Ring", "is_done": False}]
    assert export_of(town.director)["initiatives"]["owns"] == [initiative.reference]


def test_helpers_are_forgotten_a_year_after_the_end_and_not_before(town: Town, initiative: Initiative) -> None:
    assert forget_helpers() == 0
    finish_learned(initiative, tried="Vi prøvde", learned="Vi lærte", actor=town.leader)

    with clock.moved_by(days=364):
        assert forget_helpers() == 0
    with clock.moved_by(days=366):
        assert (forget_helpers(), forget_helpers()) == (1, 0)

    assert not Helper.objects.exists()


def test_page_of_own_data_shows_initiatives(town: Town, initiative: Initiative, client: Client) -> None:
    client.force_login(town.leader)

    assert initiative.reference in client.get("/konto/mine-data/").content.decode()


def test_search_has_what_it_is_and_what_was_learned(town: Town, initiative: Initiative) -> None:
    finish_learned(initiative, tried="Matter under lakenet", learned="Nettet nådde ikke fram", actor=town.leader)

    document = SOURCE.document_of(initiative.pk)

    assert document is not None
    assert (document.title, document.state, document.visibility) == (initiative.title, "learned", "municipality")
    assert "Nettet nådde ikke fram" in document.text


def test_search_shows_internal_ones_to_those_who_may_see_them_alone(town: Town, initiative: Initiative) -> None:
    Initiative.objects.filter(pk=initiative.pk).update(visibility=Visibility.INTERNAL)
    document = SOURCE.document_of(initiative.pk)
    people = (town.leader, town.director, town.adviser, town.nurse, town.outsider)

    seen = [SOURCE.visible(user, [initiative.pk]) == {initiative.pk} for user in people]

    assert document is not None
    assert document.visibility == "restricted"
    assert seen == [True, True, True, True, False]


def test_search_goes_through_all_in_order(town: Town, initiative: Initiative) -> None:
    assert SOURCE.ids_after(None, 10) == [initiative.pk]
    assert SOURCE.ids_after(initiative.pk, 10) == []
