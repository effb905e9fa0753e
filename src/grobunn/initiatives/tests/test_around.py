"""What initiatives offer to the parts below: found by search, told hours of, taken home as files."""

import pytest
from django.test import Client

from grobunn.capacity.claims import helped_by
from grobunn.ideas.models import Visibility
from grobunn.initiatives.findable import SOURCE
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.services.helping import add_helper, end_help
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative


@pytest.fixture
def initiative(town: Town) -> Initiative:
    return make_initiative(town.ward, owner=town.leader, by=town.adviser, visibility=Visibility.INTERNAL)


def test_helper_tells_hours_for_what_they_help_and_no_longer_than_that(town: Town, initiative: Initiative) -> None:
    helper = add_helper(initiative, user=town.nurse, kind="it", actor=town.leader)
    add_helper(initiative, user=town.nurse, kind="legal", actor=town.leader)

    assert [(each.claim.id, each.kinds) for each in helped_by(town.nurse.pk)] == [(initiative.pk, ("it", "legal"))]

    end_help(helper, actor=town.leader)
    assert [each.kinds for each in helped_by(town.nurse.pk)] == [("legal",)]


def test_search_knows_it_and_shows_what_is_internal_to_few(town: Town, initiative: Initiative) -> None:
    document = SOURCE.document_of(initiative.pk)

    assert document is not None
    assert (document.title, document.visibility) == (initiative.title, "restricted")
    assert SOURCE.visible(town.leader, [initiative.pk]) == {initiative.pk}
    assert SOURCE.visible(town.nurse, [initiative.pk]) == set()
    assert list(SOURCE.ids_after(None, 10)) == [initiative.pk]


def test_list_is_taken_home_by_leaders_and_not_by_others(client: Client, town: Town, initiative: Initiative) -> None:
    address = f"/{town.municipality.slug}/initiativ/"
    client.force_login(town.leader)

    lines = b"".join(client.get(f"{address}?format=csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    workbook = client.get(f"{address}?format=xlsx")
    client.force_login(town.nurse)
    refused = client.get(f"{address}?format=csv")

    assert initiative.title in lines
    assert town.leader.name not in lines
    assert b"".join(workbook.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    assert refused.status_code == 403
