"""The demonstration: the morning of a pitch day."""

import pytest
from django_scopes import scopes_disabled

from grobunn.accounts.demo import load_demo as load_people
from grobunn.ideas.demo import load_demo as load_ideas
from grobunn.juries.grounds import Standing
from grobunn.juries.models import Entry, Member
from grobunn.juries.queries.standing import standings
from grobunn.juries.states import PanelPart, PanelState
from grobunn.organisations.demo import load_demo as load_organisations
from grobunn.pitching.demo import load_demo
from grobunn.pitching.models import PitchDay, Slot
from grobunn.programmes.demo import load_demo as load_programmes

pytestmark = pytest.mark.django_db


def test_twelve_teams_are_ready_and_one_panellist_stands_aside_from_the_own_team():
    for load in (load_organisations, load_people, load_ideas, load_programmes, load_demo, load_demo):
        load()

    with scopes_disabled():
        day = PitchDay.objects.select_related("panel").get()
        assert day.is_synthetic
        assert Slot.objects.filter(day=day).count() == 12
        assert day.panel.state == PanelState.SCORING
        judges = list(Member.objects.filter(panel=day.panel).exclude(part=PanelPart.SECRETARY).select_related("user"))
        entries = list(Entry.objects.filter(panel=day.panel))
        barred = [
            (member, entry)
            for (member, entry), standing in standings(day.panel, judges, entries).items()
            if standing != Standing.IMPARTIAL
        ]
        own = Slot.objects.get(day=day, team__slug="rett-hjelp").entry_id
        head = next(member.pk for member in judges if member.user.email == "kommunalsjef.sentre@demo.example")
    assert len(judges) == 7
    assert barred == [(head, own)]
