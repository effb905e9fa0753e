"""The channel of a pitch day: only says that there is news; each page then reads its own part."""

from uuid import UUID

from grobunn.kernel import live


def channel_of(day_id: UUID) -> str:
    """The name of a day's channel."""
    return f"pitching:{day_id}"


def tell_room(day_id: UUID) -> None:
    """Let whoever follows a day look anew, when the present transaction is committed."""
    live.publish(channel_of(day_id))
