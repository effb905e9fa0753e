"""Who may do what in a discussion; the object's own feature decides the rest through its Attachable."""

import rules

from grobunn.kernel.permissions import Permission


@rules.predicate
def is_signed_in(actor: object, subject: object) -> bool:
    return bool(getattr(actor, "is_authenticated", False))


PERMISSIONS = {
    "discussion.take_part": Permission(
        is_signed_in,
        "Everybody signed in who sees the object; whether they may comment or remove others' comments is the "
        "decision of the object's feature.",
    ),
}
