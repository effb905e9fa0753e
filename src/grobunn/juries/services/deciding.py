"""What is decided of each entry, and what its entrant is told: by whoever runs the panel and is impartial for it."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.juries.events import EntryDecided, FeedbackGiven
from grobunn.juries.models import Entry, Panel
from grobunn.juries.occasions import occasion_of
from grobunn.juries.services.composing import locked
from grobunn.juries.states import PanelState
from grobunn.kernel import audit, clock, events, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import TransitionRefused


class WrittenMeanwhile(TransitionRefused):
    """Somebody else has written the same entry's reasons or feedback since it was read. Takes: entry, as it is now."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(_("Somebody else has written here meanwhile. Both texts are below: keep what is to stand."))
        self.entry = entry


class UnknownOutcome(TransitionRefused):
    """The panel's occasion has no such outcome."""


class NothingWritten(TransitionRefused):
    """An empty feedback is none."""


def decide(
    entry: Entry, *, outcome: str, actor: Actor, reasons: str | None = None, version: int | None = None
) -> Entry:
    """Write the outcome of an entry and its reasons; sent twice, nothing happens the second time.

    Takes:   outcome, a code of the panel's occasion, empty for none yet; reasons, None to leave them as they are;
             version, of the entry as it was read, None where nobody has looked at it.
    Returns: the entry as it is now.
    Raises:  CompositionClosed where the panel is not discussing, UnknownOutcome, WrittenMeanwhile; PermissionDenied.
    Effects: row; audit and EntryDecided where the outcome is another.
    """
    panel = entry.panel
    permissions.check("juries.decide", actor, entry)
    if outcome and occasion_of(panel).outcome(outcome) is None:
        raise UnknownOutcome(_("That is not an outcome of this panel. Choose one of those on the page."))
    with transaction.atomic(), scope(municipality=panel.municipality_id):
        locked(panel, PanelState.DISCUSSING)
        now = _locked_entry(entry)
        written = now.reasons if reasons is None else reasons.strip()
        if (now.outcome, now.reasons) == (outcome, written):
            return now
        _compare(now, version)
        changed: dict[str, object] = {"outcome": outcome, "reasons": written}
        if now.outcome != outcome:
            changed |= {"decided_at": clock.now() if outcome else None, "decided_by_id": actor.pk}
            _tell_decided(now, outcome, actor)
        return _written(now, changed)


def write_feedback(entry: Entry, *, feedback: str, actor: Actor, version: int | None = None) -> Entry:
    """Keep what an entrant is to be told, without telling it yet.

    Raises:  CompositionClosed, WrittenMeanwhile; PermissionDenied.
    Effects: row.
    """
    panel = entry.panel
    permissions.check("juries.decide", actor, entry)
    with transaction.atomic(), scope(municipality=panel.municipality_id):
        locked(panel, PanelState.DISCUSSING, PanelState.DECIDED)
        now = _locked_entry(entry)
        if now.feedback == feedback.strip():
            return now
        _compare(now, version)
        # What was sent and is written anew has not been sent.
        return _written(now, {"feedback": feedback.strip(), "feedback_at": None, "feedback_by_id": None})


def send_feedback(entry: Entry, *, feedback: str, actor: Actor, version: int | None = None) -> Entry:
    """Tell an entrant what the panel says; the same text is sent once, another one is a correction.

    Raises:  NothingWritten, CompositionClosed where nothing is signed, WrittenMeanwhile; PermissionDenied.
    Effects: row, audit, FeedbackGiven, which the feature that handed the entry in listens to.
    """
    panel = entry.panel
    permissions.check("juries.decide", actor, entry)
    text = feedback.strip()
    if not text:
        raise NothingWritten(_("Write a few sentences first: everybody is owed an answer."))
    with transaction.atomic(), scope(municipality=panel.municipality_id):
        locked(panel, PanelState.DECIDED)
        now = _locked_entry(entry)
        if now.feedback == text and now.feedback_at is not None:
            return now
        _compare(now, version)
        sent = _written(now, {"feedback": text, "feedback_at": clock.now(), "feedback_by_id": actor.pk})
        audit.record("juries.send_feedback", actor=actor, subject=panel, municipality_id=panel.municipality_id)
        events.publish(FeedbackGiven(panel_id=panel.pk, municipality_id=panel.municipality_id, entry_id=entry.pk))
    return sent


def _locked_entry(entry: Entry) -> Entry:
    found: Entry = Entry.objects.select_for_update().get(pk=entry.pk)
    found.panel = entry.panel
    return found


def _compare(now: Entry, version: int | None) -> None:
    if version is not None and version != now.version:
        raise WrittenMeanwhile(now)


def _tell_decided(entry: Entry, outcome: str, actor: Actor) -> None:
    panel: Panel = entry.panel
    audit.record(
        "juries.decide",
        actor=actor,
        subject=panel,
        municipality_id=panel.municipality_id,
        data={"entry": str(entry.pk), "outcome": outcome},
    )
    events.publish(EntryDecided(panel_id=panel.pk, municipality_id=panel.municipality_id, entry_id=entry.pk))


def _written(entry: Entry, changed: dict[str, object]) -> Entry:
    Entry.objects.filter(pk=entry.pk).update(**changed, version=F("version") + 1)
    panel = entry.panel
    entry.refresh_from_db()
    entry.panel = panel
    return entry
