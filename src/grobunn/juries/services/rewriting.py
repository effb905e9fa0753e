"""Changes an entry that was written on the panel's own page."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.juries.models import Entry
from grobunn.juries.services.composing import CompositionClosed, PartyGiven, locked, set_parties
from grobunn.juries.services.conflicts import find_conflicts
from grobunn.juries.states import PanelState
from grobunn.kernel import permissions
from grobunn.kernel.actors import Actor


def rewrite(entry: Entry, *, title: str, text: str | None, parties: Sequence[PartyGiven], actor: Actor) -> None:
    """Change title, text and who is behind it.

    Takes:   text, None to leave it: whoever may not read it does not write it.
    Raises:  CompositionClosed: later than declaring, or handed in by a feature; PermissionDenied.
    Effects: rows; conflicts are looked for again.
    """
    permissions.check("juries.handle", actor, entry)
    panel = entry.panel
    with transaction.atomic(), scope(municipality=entry.municipality_id):
        locked(panel, PanelState.PREPARING, PanelState.DECLARING)
        if entry.source_kind:
            raise CompositionClosed(_("This was handed in from elsewhere, and is changed there."))
        entry.title = title.strip()
        entry.text = entry.text if text is None else text
        entry.save(update_fields=["title", "text"])
        set_parties(entry, parties)
        find_conflicts(panel)
