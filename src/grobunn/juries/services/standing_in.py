"""A substitute judges an entry in place of a member who is disqualified for it."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.juries.events import SubstituteCalled
from grobunn.juries.grounds import Ground, Standing
from grobunn.juries.models import Conflict, Entry, Member, StandIn
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.queries.standing import standing_of
from grobunn.juries.services.composing import locked
from grobunn.juries.states import OPEN, PanelPart
from grobunn.kernel import events, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.queries.nearest_leaders import lines_of


class CannotStandIn(TransitionRefused):
    """The substitute may not, or need not; the message says why."""


def call_in(entry: Entry, *, substitute: Member, instead_of: Member, actor: Actor) -> StandIn:
    """Let a substitute judge an entry. Repeated, it is done once.

    Raises:  CannotStandIn: the member is not disqualified, the substitute is not impartial or is led by one who is not;
             CompositionClosed; PermissionDenied.
    Effects: row, SubstituteCalled.
    """
    panel = entry.panel
    permissions.check("juries.handle", actor, entry)
    with transaction.atomic(), scope(municipality=panel.municipality_id):
        locked(panel, *OPEN)
        known = StandIn.objects.filter(entry=entry, substitute=substitute, instead_of=instead_of).first()
        if known is not None:
            return known
        _check(entry, substitute, instead_of)
        made = _kept(entry, substitute, instead_of, actor)
        events.publish(SubstituteCalled(panel_id=panel.pk, municipality_id=panel.municipality_id, stand_in_id=made.pk))
    return made


def send_home(stand_in: StandIn, *, actor: Actor) -> None:
    """The substitute does not judge the entry after all. Repeated, it does nothing. Effects: row."""
    entry = stand_in.entry
    permissions.check("juries.handle", actor, entry)
    with transaction.atomic(), scope(municipality=entry.municipality_id):
        locked(entry.panel, *OPEN)
        StandIn.objects.filter(pk=stand_in.pk).delete()


def _check(entry: Entry, substitute: Member, instead_of: Member) -> None:
    if substitute.part != PanelPart.SUBSTITUTE or substitute.left_at is not None:
        raise CannotStandIn(_("Only a substitute of this panel can stand in."))
    if standing_of(instead_of, entry) != Standing.DISQUALIFIED:
        raise CannotStandIn(_("Nobody need stand in: the member is not disqualified for this entry."))
    if is_under_disqualified(entry, substitute):
        raise CannotStandIn(
            _("The substitute's leader is disqualified for this entry. Then the substitute is, too. Choose another.")
        )
    standing = standing_of(substitute, entry)
    if standing == Standing.UNDECLARED:
        raise CannotStandIn(_("The substitute must declare their impartiality first."))
    if standing != Standing.IMPARTIAL:
        raise CannotStandIn(
            _("The substitute is not impartial for this entry, or is being assessed. Choose another one.")
        )


def is_under_disqualified(entry: Entry, substitute: Member) -> bool:
    """Whether somebody on the panel who is disqualified for the entry leads the substitute."""
    if substitute.user_id is None:
        return False
    lines = lines_of([substitute.user_id], municipality_id=entry.municipality_id)
    leaders = lines.leaders.get(substitute.user_id, frozenset())
    with scope(municipality=entry.municipality_id):
        barred = Conflict.objects.filter(entry=entry, state=ConflictState.CONFIRMED, member__user__in=leaders)
        return barred.exclude(ground=Ground.SUBORDINATE).exists()


def _kept(entry: Entry, substitute: Member, instead_of: Member, actor: Actor) -> StandIn:
    try:
        with transaction.atomic():
            return StandIn.objects.create(
                municipality_id=entry.municipality_id,
                entry=entry,
                substitute=substitute,
                instead_of=instead_of,
                made_by_id=actor.pk,
            )
    except IntegrityError as error:
        raise CannotStandIn(_("Somebody stands in already, or the substitute does for another member.")) from error
