"""The pages of panels: who comes to them, and what they show whom."""

import pytest
from django.urls import reverse

from grobunn.accounts.tests.factories import UserFactory
from grobunn.juries.models import Panel
from grobunn.juries.services.steps import step
from grobunn.juries.states import PanelState
from grobunn.juries.tests.factories import declare_all, make_jury
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import RoleAssignmentFactory, UnitFactory

pytestmark = pytest.mark.django_db


def _url(name, panel=None, **more):
    where = {"municipality": "trondheim", **({"reference": panel.reference} if panel else {}), **more}
    return reverse(f"juries:{name}", kwargs=where)


def test_member_sees_their_panels_and_outsiders_none(client, municipality, adviser):
    panel, members, _entries = make_jury(municipality, by=adviser)
    make_jury(municipality, by=adviser, name="Et annet panel")

    client.force_login(members[1].user)
    page = client.get(_url("list"))
    assert panel.name in page.content.decode()
    assert "Et annet panel" not in page.content.decode()

    client.force_login(UserFactory())
    assert client.get(_url("list")).status_code == 404
    assert client.get(_url("panel", panel)).status_code == 404


def test_list_leads_only_to_panels_that_the_reader_may_open(client, municipality, adviser):
    panel, members, _entries = make_jury(municipality, by=adviser)
    chief = RoleAssignmentFactory(unit=UnitFactory(municipality=municipality), role=Role.CHIEF_EXEC).user
    led = {}
    for who, reader in (("chief", chief), ("adviser", adviser), ("member", members[1].user)):
        client.force_login(reader)
        page = client.get(_url("list")).content.decode()
        assert panel.name in page
        led[who] = f'href="{_url("panel", panel)}"' in page

    assert led == {"chief": False, "adviser": True, "member": True}


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_few_and_many(client, municipality, adviser, django_assert_num_queries, count):
    for number in range(count):
        make_jury(municipality, by=adviser, name=f"Panel {number}")
    client.force_login(adviser)

    with django_assert_num_queries(8):
        page = client.get(_url("list"))

    assert len(page.context["page"].rows) == count


def test_entry_opens_only_for_the_impartial(client, municipality, adviser):
    panel, members, entries = make_jury(municipality, by=adviser)
    step(panel, "open_declarations", actor=adviser)
    client.force_login(members[1].user)

    assert client.get(_url("entry", panel, entry_id=entries[0].pk)).status_code == 403
    declare_all(members[1])

    page = client.get(_url("entry", panel, entry_id=entries[0].pk))
    assert page.status_code == 200
    assert entries[0].title in page.content.decode()


def test_adviser_makes_a_panel_and_nobody_else(client, municipality, adviser):
    given = {"name": "Pitchdagen", "purpose": "Hvem får hjelp?", "peek": "release"}

    client.force_login(adviser)
    answer = client.post(_url("make"), given)

    panel = Panel.objects.get()
    assert answer.status_code == 302
    assert (panel.name, panel.state, panel.made_by) == ("Pitchdagen", PanelState.PREPARING, adviser)

    client.force_login(UserFactory())
    assert client.post(_url("make"), {**given, "name": "Et til"}).status_code in (403, 404)
    assert Panel.objects.count() == 1


def test_steps_are_taken_once_and_what_is_missing_is_said(client, municipality, adviser):
    panel, _members, _entries = make_jury(municipality, by=adviser, entries=0)
    client.force_login(adviser)

    refused = client.post(_url("step", panel, edge="open_declarations"), {"version": panel.version})
    assert refused.status_code == 422
    assert list(refused.context["missing"])
    panel.refresh_from_db()
    assert panel.state == PanelState.PREPARING

    answer = client.post(_url("step", panel, edge="cancel"), {"version": panel.version, "reason": "Utsatt."})
    assert answer.status_code == 302
    again = client.post(_url("step", panel, edge="cancel"), {"version": panel.version, "reason": "Utsatt."})
    assert again.status_code == 422
    panel.refresh_from_db()
    assert panel.state == PanelState.CANCELLED
