"""Panels for tests: made by the services themselves."""

from typing import Any

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.juries.grounds import FoundBy, Ground
from grobunn.juries.legal import CURRENT
from grobunn.juries.models import Conflict, Declaration, Entry, Member, Panel
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.packaged import packaged_criteria
from grobunn.juries.services.composing import EntryGiven, PartyGiven, add_member, hand_in, make_panel, use_criteria
from grobunn.juries.states import PanelPart
from grobunn.kernel import clock
from grobunn.organisations.models import Municipality


def make_jury(
    municipality: Municipality, *, by: User, members: int = 3, entries: int = 3, **fields: Any
) -> tuple[Panel, list[Member], list[Entry]]:
    """A panel that is being prepared: a chair and members, entries «Bidrag 1» and on, the criteria of a pitch."""
    panel = make_panel(municipality, name=fields.pop("name", "Panelet"), actor=by, **fields)
    criteria = packaged_criteria("pitch", "nb")
    assert criteria is not None
    use_criteria(panel, criteria, actor=by)
    made = [
        add_member(panel, UserFactory(), part=PanelPart.CHAIR if number == 0 else PanelPart.MEMBER, actor=by)
        for number in range(members)
    ]
    handed = hand_in(panel, [EntryGiven(title=f"Bidrag {number + 1}") for number in range(entries)], actor=by)
    return panel, made, handed


def add_entry(panel: Panel, title: str, *parties: PartyGiven, by: User) -> Entry:
    """One more entry, with who is behind it."""
    return hand_in(panel, [EntryGiven(title=title, parties=parties)], actor=by)[0]


def declare_all(*members: Member) -> None:
    """Let members have declared that they have no relation to any entry of their panel."""
    for member in members:
        for entry in Entry.objects.judged().filter(panel=member.panel_id):
            Declaration.objects.get_or_create(
                municipality_id=member.municipality_id,
                member=member,
                entry=entry,
                defaults={"legal_basis": CURRENT.key},
            )


def bar(member: Member, entry: Entry, state: str = ConflictState.CONFIRMED, **fields: Any) -> Conflict:
    """Let a member have a conflict with an entry: by default one that the panel has decided on."""
    decided = {"decided_at": clock.now(), "reason": "Ektefelle.", "legal_basis": CURRENT.key}
    given = {"found_by": FoundBy.DECLARED, "ground": Ground.PARTNER, **fields}
    return Conflict.objects.create(
        municipality_id=member.municipality_id,
        member=member,
        entry=entry,
        state=state,
        **({} if state == ConflictState.OPEN else decided) | given,
    )
