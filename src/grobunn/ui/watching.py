"""Pages whose changing part follows what happens (`kernel/live.py`, `frontend/js/watch.js`)."""

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from grobunn.kernel import live
from grobunn.kernel.live import Ticket


def watch_attributes(channel: str, part: str, *, is_shared: bool) -> SafeString:
    """The attributes of the element that holds the changing part of a page.

    Takes: channel, as `live.publish` names it; part, the address at which the part is read; is_shared, whether it is
           the same for everybody and needs no login: then it is read once for all who watch.
    """
    if not settings.LIVE_ADDRESS:
        return format_html('data-watch="" data-part="{}"', part)
    ticket = Ticket(channel, part if is_shared else "", (get_language() or "") if is_shared else "")
    address = f"{settings.LIVE_ADDRESS}/live/{live.signed(ticket)}"
    return format_html('data-watch="{}" data-part="{}"', address, part)
