"""What those who judge and those who pitch are told of the day: when and where, and nothing of what is pitched."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.accounts.models import User
from grobunn.notifications.addresses import ContactPoint, digest_of
from grobunn.notifications.kinds import Kind
from grobunn.notifications.services.moved import tell_moved
from grobunn.pitching.addresses import day_page, watch_page
from grobunn.pitching.events import DayMoved
from grobunn.pitching.models import PitchDay

MOVED = Kind(
    name="pitching.moved",
    label=_("A pitch day is moved"),
    description=_("When a day on which you pitch or judge gets another time or place."),
    template="pitching/notices/moved",
    is_mandatory=True,
    stop_label=pgettext_lazy("stop mails", "about this pitch day"),
)


def tell_of_move(receiver: User | ContactPoint, day: PitchDay, event: DayMoved) -> None:
    """Tell somebody when and where the day is now; of several moves in a short while, the last."""
    has_account = isinstance(receiver, User)
    who = f"user:{receiver.pk}" if isinstance(receiver, User) else f"contact:{digest_of(receiver.email)}"
    tell_moved(
        MOVED.name,
        to=receiver,
        municipality_id=day.municipality_id,
        thread_key=f"pitch-day:{day.pk}",
        was=_facts(event.was_on, event.had_started_at, event.was_at, event.had_video_url),
        now=_facts(day.on, f"{day.starts:%H:%M}", day.place, day.video_url),
        data={"title": day.name},
        url=day_page(day) if has_account else watch_page(day),
        key=f"pitching:moved:{event.id}:{who}",
    )


def _facts(on: date, starts: str, place: str, video_url: str) -> dict[str, str]:
    return {"on": on.isoformat(), "starts": starts, "place": place, "video_url": video_url}
