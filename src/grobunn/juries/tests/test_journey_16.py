"""Scenario 16: a juror's employer is a partner; found, assessed by the leader, closed meanwhile; no subordinate in."""

import re

import pytest
from django.urls import reverse

from grobunn.juries.grounds import FoundBy, Standing
from grobunn.juries.models import Conflict, Criterion, Declaration, Entry, Member, Panel, StandIn
from grobunn.juries.queries.standing import standing_of
from grobunn.juries.states import PanelState
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import RoleAssignmentFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(client):
    def send(user, name, given=None, *, panel=None, **more):
        client.force_login(user)
        where = {"municipality": "trondheim", **({"reference": panel.reference} if panel else {}), **more}
        return client.post(reverse(f"juries:{name}", kwargs=where), given or {})

    return send


@pytest.fixture
def get(client):
    def read(user, name, panel, **more):
        client.force_login(user)
        where = {"municipality": "trondheim", "reference": panel.reference, **more}
        return client.get(reverse(f"juries:{name}", kwargs=where))

    return read


def _set_up(post, adviser, municipality):
    """A panel made on its pages: chair, juror of SINTEF, a third, two substitutes; two entries."""
    post(adviser, "make", {"name": "Pitchdagen", "peek": "release"})
    panel = Panel.objects.get()
    unit = UnitFactory(municipality=municipality)
    people = {
        "chair": RoleAssignmentFactory(unit=UnitFactory(municipality=municipality)).user,
        "juror": RoleAssignmentFactory(unit=unit, role=Role.UNIT_LEADER).user,
        "third": RoleAssignmentFactory(unit=UnitFactory(municipality=municipality)).user,
        "below": RoleAssignmentFactory(unit=unit).user,
        "free": RoleAssignmentFactory(unit=UnitFactory(municipality=municipality)).user,
    }
    parts = {"chair": "chair", "juror": "member", "third": "member", "below": "substitute", "free": "substitute"}
    for name, part in parts.items():
        given = {"who": people[name].email, "part": part, "employer": "SINTEF AS" if name == "juror" else ""}
        assert post(adviser, "members", given, panel=panel).status_code == 302
    post(adviser, "use_set", {"key": "pitch"}, panel=panel)
    for title, partners in (("Sensorer i senger", "Sintef"), ("Felles vaktbok", "")):
        given = {"title": title, "text": f"Hemmelig om {title}", "partners": partners}
        assert post(adviser, "write_entry", given, panel=panel).status_code == 302
    assert Criterion.objects.filter(panel=panel).count() == 3
    assert post(adviser, "step", {"version": panel.version}, panel=panel, edge="open_declarations").status_code == 302
    return panel, people


def _nothing(panel):
    return {f"e-{entry.pk}": "none" for entry in Entry.objects.filter(panel=panel)} | {"act": "save"}


def test_juror_whose_employer_is_a_partner(post, get, municipality, adviser):
    panel, people = _set_up(post, adviser, municipality)
    sensors, log = Entry.objects.order_by("position")
    juror = Member.objects.get(user=people["juror"])

    # Before anything is declared: titles and who is behind them, nothing chosen beforehand, no text.
    asked = get(people["juror"], "declare", panel).content.decode()
    assert sensors.title in asked
    assert "Hemmelig" not in asked
    assert not re.search(r"<input[^>]*type=\"radio\"[^>]*checked", asked)
    assert get(people["juror"], "entry", panel, entry_id=log.pk).status_code == 403

    # One at a time, then the rest in one press.
    post(people["juror"], "declare", {f"e-{sensors.pk}": "none", "act": "save"}, panel=panel)
    assert Declaration.objects.filter(member=juror).count() == 1
    post(people["juror"], "declare", {f"e-{sensors.pk}": "none", "act": "rest"}, panel=panel)
    assert Declaration.objects.filter(member=juror).count() == 2

    # The data show it, whatever was declared.
    conflict = Conflict.objects.get()
    assert (conflict.member, conflict.entry, conflict.found_by) == (juror, sensors, FoundBy.PARTNER)
    assert standing_of(juror, sensors) == Standing.ASSESSED
    assert get(people["juror"], "entry", panel, entry_id=sensors.pk).status_code == 403
    assert get(people["juror"], "entry", panel, entry_id=log.pk).status_code == 200

    # The leader decides; the juror neither sees it nor decides it.
    assert "Works for" not in get(people["juror"], "assess", panel).content.decode()
    given = {"conflict": conflict.pk, f"{conflict.pk}-verdict": "dismiss", f"{conflict.pk}-reason": "Nei."}
    assert post(people["juror"], "assess", given, panel=panel).status_code == 404
    assert post(people["third"], "assess", given, panel=panel).status_code == 403
    conflict.refresh_from_db()
    assert conflict.state == "open"
    given |= {f"{conflict.pk}-verdict": "confirm", f"{conflict.pk}-reason": "Arbeidsgiveren er partner."}
    assert post(people["chair"], "assess", given, panel=panel).status_code == 302
    assert standing_of(juror, sensors) == Standing.DISQUALIFIED

    # A subordinate cannot stand in, somebody else can.
    for name in ("chair", "third", "below", "free"):
        post(people[name], "declare", _nothing(panel), panel=panel)
    members = {member.user: member for member in Member.objects.filter(panel=panel)}
    given = {"instead_of": juror.pk, "substitute": members[people["below"]].pk}
    post(adviser, "stand_in", given, panel=panel, entry_id=sensors.pk)
    assert not StandIn.objects.exists()
    given["substitute"] = members[people["free"]].pk
    post(adviser, "stand_in", given, panel=panel, entry_id=sensors.pk)
    assert StandIn.objects.get().substitute.user == people["free"]

    panel.refresh_from_db()
    post(adviser, "step", {"version": panel.version}, panel=panel, edge="open_scoring")
    panel.refresh_from_db()
    assert panel.state == PanelState.SCORING


def test_a_relation_without_words_is_asked_for_and_the_rest_is_kept(post, get, municipality, adviser):
    panel, people = _set_up(post, adviser, municipality)
    sensors, log = Entry.objects.order_by("position")

    answer = post(
        people["third"],
        "declare",
        {f"e-{sensors.pk}": "relation", f"e-{sensors.pk}-ground": "b", f"e-{log.pk}": "none"},
        panel=panel,
    )

    assert answer.status_code == 422
    assert [row.entry for row in Declaration.objects.all()] == [log]


@pytest.mark.parametrize("who", ["adviser", "chair", "third"])
def test_every_page_of_a_panel_can_be_read(post, get, municipality, adviser, who):
    panel, people = _set_up(post, adviser, municipality)
    reader = {**people, "adviser": adviser}[who]
    may_run = who != "third"

    for name in ("panel", "criteria", "assess"):
        assert get(reader, name, panel).status_code == 200
    for name in ("facts", "members", "write_entry"):
        assert get(reader, name, panel).status_code == (200 if may_run else 403)
    assert get(reader, "declare", panel).status_code == (403 if who == "adviser" else 200)
    entry = Entry.objects.first()
    changed = get(reader, "change_entry", panel, entry_id=entry.pk)
    assert changed.status_code == (200 if may_run else 403)
    assert ("Hemmelig" in changed.content.decode()) == (who == "adviser")


def test_criteria_are_changed_and_kept_as_a_set_of_our_own(client, post, get, municipality, adviser):
    post(adviser, "make", {"name": "Pris", "peek": "release"})
    panel = Panel.objects.get()
    post(adviser, "use_set", {"key": "kmd-innovasjonspris"}, panel=panel)
    given = {
        "k-TOTAL_FORMS": "1",
        "k-INITIAL_FORMS": "0",
        "k-0-name": "Nyskaping",
        "k-0-weight": "2",
        "k-0-levels": "Lite\nNoe\nMye",
        "act": "keep",
        "name": "Vår pris",
    }

    assert post(adviser, "criteria", given, panel=panel).status_code == 302
    post(adviser, "criteria", {**given, "k-0-weight": "3"}, panel=panel)

    panel.refresh_from_db()
    criterion = Criterion.objects.get(panel=panel)
    assert (criterion.weight, criterion.highest) == (3, 3)
    assert (panel.criteria_set, panel.criteria_edition) == ("var-pris", 2)
    page = client.get(reverse("juries:sets", kwargs={"municipality": "trondheim"}))
    assert "Vår pris" in page.content.decode()
