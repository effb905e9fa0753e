"""Who writes a case: its owner, and those whom the owner lets write with them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from grobunn.accounts.models import User
from grobunn.cases.models import Case, CoAuthor
from grobunn.kernel import audit, permissions
from grobunn.kernel.actors import Actor
from grobunn.organisations.queries import is_member


def add_co_author(case: Case, *, user: User, actor: Actor) -> CoAuthor:
    """Let a colleague write a case; one who may already is left as they are.

    Raises:  ValidationError for the owner, or for somebody without a role in the municipality; PermissionDenied.
    Effects: row, audit.
    """
    permissions.check("cases.share_work", actor, case)
    _require_colleague(case, user)
    if user.pk == case.owner_id:
        raise ValidationError(_("%(name)s owns the case already."), params={"name": user.name}, code="is_owner")
    with transaction.atomic():
        co_author, is_new = CoAuthor.objects.get_or_create(
            case=case, user=user, defaults={"municipality_id": case.municipality_id}
        )
        if is_new:
            _record("cases.add_co_author", case, user, actor)
    return co_author


def remove_co_author(case: Case, *, user: User, actor: Actor) -> None:
    """Let somebody write a case no longer; co-authors may leave by themselves. Effects: row, audit."""
    if actor.pk != user.pk:
        permissions.check("cases.share_work", actor, case)
    with transaction.atomic():
        removed, _rows = CoAuthor.objects.filter(case=case, user=user).delete()
        if removed:
            _record("cases.remove_co_author", case, user, actor)


def hand_over(case: Case, *, to: User, actor: Actor) -> None:
    """Give a case to another owner; whoever had it goes on as a co-author while they work there.

    Raises:  ValidationError for somebody without a role in the municipality; PermissionDenied.
    Effects: rows, audit.
    """
    permissions.check("cases.share_work", actor, case)
    _require_colleague(case, to)
    before = case.owner
    if before is not None and before.pk == to.pk:
        return
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(owner=to)
        CoAuthor.objects.filter(case=case, user=to).delete()
        if before is not None and is_member(before, case.municipality_id):
            CoAuthor.objects.get_or_create(case=case, user=before, defaults={"municipality_id": case.municipality_id})
        _record("cases.hand_over", case, to, actor)
    case.owner = to


def _require_colleague(case: Case, user: User) -> None:
    if not is_member(user, case.municipality_id):
        raise ValidationError(
            _("%(name)s has no role in the municipality. Ask whoever sets it up to give one first."),
            params={"name": user.name},
            code="no_colleague",
        )


def _record(action: str, case: Case, user: User, actor: Actor) -> None:
    audit.record(action, actor=actor, subject=case, municipality_id=case.municipality_id, data={"user": str(user.pk)})
