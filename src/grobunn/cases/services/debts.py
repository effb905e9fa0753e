"""A friendly question, at most once a month, to whoever held something that ended without a case."""

from datetime import timedelta

from django.urls import reverse
from django_scopes import scope, scopes_disabled

from grobunn.accounts.models import User
from grobunn.cases.queries.debts import debts_of, finished_untold, is_ended
from grobunn.ideas.models import Idea
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.states import FINISHED
from grobunn.kernel import clock
from grobunn.notifications.kinds import Delivery
from grobunn.notifications.services.notify import notify
from grobunn.organisations.models import Municipality

# The first days after an end belong to the work itself.
ASKED_AFTER, ASKED_UNTIL = timedelta(days=14), timedelta(days=365)


def ask_what_was_learned() -> int:
    """Ask each holder and owner about one idea or initiative, the one that ended last.

    Returns: how many were asked, new or not.
    Effects: a notice for each person and month.
    """
    return _ask_owners() + _ask_holders()


def _ask_owners() -> int:
    """Those who owned an initiative to its end; they are asked of that, before any idea."""
    now = clock.now()
    between = (now - ASKED_UNTIL, now - ASKED_AFTER)
    with scopes_disabled():
        ended = Initiative.objects.filter(state__in=FINISHED, ended_at__range=between, owner__is_active=True)
        owners = User.objects.filter(pk__in=ended.values("owner_id"), is_service=False).order_by("pk")
        asked = [
            (owner, initiative)
            for owner in owners
            if (initiative := finished_untold(owner).filter(ended_at__range=between).first()) is not None
        ]
    for owner, initiative in asked:
        _notify(owner, initiative.municipality, heading=initiative.title, query=f"initiativ={initiative.reference}")
    return len(asked)


def _ask_holders() -> int:
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
    _notify(idea.holder, idea.municipality, heading=idea.heading, query=f"ide={idea.reference}")


def _notify(person: User, municipality: Municipality, *, heading: str, query: str) -> None:
    with scope(municipality=municipality.pk):
        notify(
            "cases.debt",
            to=person,
            municipality_id=municipality.pk,
            thread_key=f"case-debt:{person.pk}",
            data={"heading": heading},
            url=f"{reverse('cases:begin', kwargs={'municipality': municipality.slug})}?{query}",
            # One a month, whatever has ended meanwhile.
            key=f"cases:debt:{person.pk}:{clock.today():%Y-%m}",
            delivery=Delivery.DAILY,
        )
