"""Makes, uses and revokes the tokens of programs."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from grobunn.accounts import queries
from grobunn.accounts.events import ServiceMade
from grobunn.accounts.models import ApiToken, User
from grobunn.accounts.queries import TokenBearer
from grobunn.accounts.services.personas import persona_to_sign_in
from grobunn.kernel import audit, clock, ids
from grobunn.kernel.actors import Actor
from grobunn.kernel.api import scopes as known_scopes
from grobunn.kernel.events import publish

# Whoever finds a token in a file or a log knows what it is and what to do about it.
PREFIX = "grobunn_"
_BEGINNING_LENGTH = len(PREFIX) + 6
# Long enough for a year's integration, short enough that a forgotten one ends.
LONGEST_DAYS = 400
DEMO_DAYS = 30


class UnknownScope(Exception):  # noqa: N818 -- a refusal, named for what is wrong
    """A token was asked for with a scope that no feature declares, or with none."""


class MadeToken(NamedTuple):
    """A new token and what its holder must keep: the raw text is shown once and stored nowhere."""

    token: ApiToken
    raw: str


def make_token(user: User, *, name: str, scopes: Collection[str], days: int) -> MadeToken:
    """Make a person's own token.

    Raises:  UnknownScope.
    Effects: row, audit.
    """
    with transaction.atomic():
        made = _make(user, name=name, scopes=scopes, days=days, municipality_id=None, made_by=user)
        audit.record("accounts.make_token", actor=user, subject=made.token)
    return made


def make_service_token(
    *, municipality_id: UUID, name: str, scopes: Collection[str], days: int, made_by: User
) -> MadeToken:
    """Make a token for a municipality's program. The program is a user of its own, whom features give roles.

    Raises:  UnknownScope.
    Effects: user, row, audit, ServiceMade.
    """
    with transaction.atomic():
        service_id = ids.new_id()
        # RFC 2606: nothing is ever delivered to .invalid.
        service = User.objects.create_user(f"{service_id}@service.invalid", name=name, id=service_id, is_service=True)
        made = _make(service, name=name, scopes=scopes, days=days, municipality_id=municipality_id, made_by=made_by)
        audit.record("accounts.make_service_token", actor=made_by, subject=made.token, municipality_id=municipality_id)
        publish(ServiceMade(user_id=service.pk, municipality_id=municipality_id))
    return made


def _make(
    user: User, *, name: str, scopes: Collection[str], days: int, municipality_id: UUID | None, made_by: User
) -> MadeToken:
    wanted = sorted(set(scopes))
    if not wanted or not set(wanted) <= set(known_scopes.declared()):
        raise UnknownScope(", ".join(wanted))
    raw = PREFIX + ids.new_secret()
    token = ApiToken.objects.create(
        user=user,
        municipality_id=municipality_id,
        name=name.strip(),
        beginning=raw[:_BEGINNING_LENGTH],
        digest=queries.digest_of(raw),
        scopes=wanted,
        made_by=made_by,
        expires_on=clock.today() + timedelta(days=min(days, LONGEST_DAYS)),
    )
    return MadeToken(token=token, raw=raw)


def bearer_of(raw: str) -> TokenBearer | None:
    """Who holds a token that is being used, or None. Effects: the day of use, once a day."""
    bearer = queries.user_of_token(raw)
    today = clock.today()
    if bearer is not None and bearer.last_used_on != today:
        _remember_use(bearer.token_id, today)
    return bearer


def _remember_use(token_id: UUID, today: date) -> None:
    unmarked = Q(last_used_on__isnull=True) | Q(last_used_on__lt=today)
    ApiToken.objects.filter(unmarked, pk=token_id).update(last_used_on=today)


def revoke_token(token: ApiToken, *, actor: Actor) -> None:
    """End a token at once; a program's user ends with it. Safe to repeat.

    Effects: row, the program's user out of use, audit.
    """
    with transaction.atomic():
        if not ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=clock.now()):
            return
        if token.municipality_id is not None:
            User.objects.filter(pk=token.user_id, is_service=True).update(is_active=False)
        audit.record("accounts.revoke_token", actor=actor, subject=token, municipality_id=token.municipality_id)


def demo_token(persona: str) -> str:
    """A token with every scope for one of the personas; each call makes a new one and ends the one before.

    Raises:  DemoIsOff, UnknownPersona.
    Effects: as make_token.
    """
    user = persona_to_sign_in(persona)
    with transaction.atomic():
        ApiToken.objects.filter(user=user, name="demo", revoked_at__isnull=True).update(revoked_at=clock.now())
        return make_token(user, name="demo", scopes=known_scopes.declared(), days=DEMO_DAYS).raw
