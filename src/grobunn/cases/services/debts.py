"""A friendly question, at most once a month, to whoever held something that ended without a case."""

from datetime import timedelta

from django.urls import reverse
from django_scopes import scope, scopes_disabled

from grobunn.accounts.models import User
from grobunn.cases.queries.debts import debts_of, is_ended
from grobunn.ideas.models import Idea
from grobunn.kernel import clock
from grobunn.notifications.kinds import Delivery
from grobunn.notifications.services.notify import notify

# The first days after an end belong to the work itself.
ASKED_AFTER, ASKED_UNTIL = timedelta(days=14), timedelta(days=365)


def ask_what_was_learned() -> int:
    """Ask each holder about one idea, the one that ended last. Returns: how many were asked, new or not.

    Effects: a notice for each holder and month.
    """
    now = clock.now()
    with scopes_disabled():
        ended = Idea.objects.filter(
            is_ended(), state_since__range=(now - ASKED_UNTIL, now - ASKED_AFTER), holder__is_active=True
        )
        holders = User.objects.filter(pk__in=ended.values("holder_id")).order_by("pk")
        asked = [idea for holder in holders if (idea := _latest(holder)) is not None]
    for idea in asked:
        _ask(idea)
    return len(asked)


def _latest(holder: User) -> Idea | None:
    now = clock.now()
    return debts_of(holder).filter(state_since__range=(now - ASKED_UNTIL, now - ASKED_AFTER)).first()


def _ask(idea: Idea) -> None:
    if idea.holder is None:
        return
    with scope(municipality=idea.municipality_id):
        notify(
            "cases.debt",
            to=idea.holder,
            municipality_id=idea.municipality_id,
            thread_key=f"case-debt:{idea.holder_id}",
            data={"heading": idea.heading},
            url=f"{reverse('cases:begin', kwargs={'municipality': idea.municipality.slug})}?ide={idea.reference}",
            # One a month, whatever has ended meanwhile.
            key=f"cases:debt:{idea.holder_id}:{clock.today():%Y-%m}",
            delivery=Delivery.DAILY,
        )
