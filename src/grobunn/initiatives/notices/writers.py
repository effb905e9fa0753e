"""What the writers of the ideas behind an initiative hear of it: each step in one sentence, on their own thread."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.ideas.models import Idea
from grobunn.ideas.notices import address_for, circle_of, thread_key
from grobunn.initiatives.models import Initiative
from grobunn.kernel.models import StateChange
from grobunn.notifications.kinds import Kind
from grobunn.notifications.services.notify import notify

# Several steps at one meeting come in one mail: what waits for the same thread is sent together.
_GATHERED_MINUTES = 30

KINDS = (
    Kind(
        name="initiatives.to_writer",
        label=_("News of the work on your idea"),
        description=_("When something happens to the work that came of an idea that you wrote, joined or follow."),
        template="initiatives/notices/to_writer",
    ),
)


def tell_writers(initiative: Initiative, change: StateChange) -> None:
    """Tell writers, co-writers and followers of every idea behind it, each once; not whoever took the step."""
    for idea in ideas_behind(initiative):
        for receiver in circle_of(idea, but=change.actor_id):
            who = f"user:{receiver.pk}" if isinstance(receiver, User) else f"contact:{idea.pk}"
            notify(
                "initiatives.to_writer",
                to=receiver,
                municipality_id=initiative.municipality_id,
                thread_key=thread_key(idea),
                data={
                    "heading": idea.heading,
                    "edge": change.edge,
                    "facts": change.data,
                    "municipality_id": str(initiative.municipality_id),
                },
                url=address_for(idea, receiver),
                key=f"initiatives:{change.pk}:writer:{who}",
                not_before=change.at + timedelta(minutes=_GATHERED_MINUTES),
            )


def ideas_behind(initiative: Initiative) -> list[Idea]:
    """Every idea that feeds an initiative, whoever asks, the first one first. One SQL."""
    with scopes_disabled():
        fed = Idea.objects.filter(pk__in=initiative.ideas.values("pk")).select_related("municipality", "writer")
        return list(fed.order_by("submitted_at", "id"))
