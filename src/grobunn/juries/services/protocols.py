"""Writes the protocol when the decision is signed, in the same transaction."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django_scopes import scope

from grobunn.juries.models import Panel, Protocol
from grobunn.juries.protocols.content import content_of
from grobunn.kernel import clock
from grobunn.kernel.actors import Actor


def write_protocol(panel: Panel, *, actor: Actor) -> Protocol:
    """The next edition of a panel's protocol. Called inside the transaction that signs, with the panel's row locked.

    Effects: row, which is never edited.
    """
    signed_at = clock.now().replace(microsecond=0)
    with scope(municipality=panel.municipality_id):
        edition = Protocol.objects.filter(panel=panel).count() + 1
        content = content_of(panel, edition=edition, signed_by=actor, signed_at=signed_at)
        return Protocol.objects.create(
            municipality_id=panel.municipality_id,
            panel=panel,
            edition=edition,
            content=content,
            digest=digest_of(content),
            signed_by_id=actor.pk,
            signed_at=signed_at,
        )


def canonical(content: Mapping[str, Any]) -> bytes:
    """Content as the bytes that are signed: keys in order, no spaces, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()
