"""The states of a mail: every edge of the table, and nothing else."""

import pytest
from django_scopes import scopes_disabled

from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock, permissions
from grobunn.kernel.actors import SYSTEM
from grobunn.kernel.models import AuditEntry
from grobunn.notifications.models import Mail
from grobunn.notifications.services import mails
from grobunn.notifications.states import MAIL_MACHINE, MailState
from grobunn.notifications.tests.factories import make_notice
from grobunn.notifications.words import Words
from grobunn.organisations.tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db

WORDS = Words("Subject", "Text")
MOVES = {
    "claim": lambda mail: mails.claim(mail, WORDS),
    "postpone": lambda mail: mails.postpone(mail, problem="Later."),
    "fail": lambda mail: mails.fail(mail, problem="No."),
    "doubt": lambda mail: mails.doubt(mail, problem="Who knows."),
    "confirm": lambda mail: mails.confirm(mail, is_text_kept=True),
    "withdraw": lambda mail: mails.withdraw(mail, problem="Not needed."),
    "send_again": lambda mail: mails.mend(mail, "send_again", actor=UserFactory(is_operator=True)),
    "set_aside": lambda mail: mails.mend(mail, "set_aside", actor=UserFactory(is_operator=True)),
}


@pytest.fixture
def leased():
    make_notice(UserFactory(), municipality=MunicipalityFactory())
    return mails.lease_next()


def stored() -> Mail:
    with scopes_disabled():
        return Mail.objects.get()


def test_table_has_a_move_for_each_edge():
    assert sorted(MOVES) == sorted(MAIL_MACHINE.by_name)


@pytest.mark.parametrize("state", MailState.values)
@pytest.mark.parametrize("name", MOVES)
def test_move_goes_along_its_edge_and_nowhere_else(leased, name, state):
    edge = MAIL_MACHINE.by_name[name]
    with scopes_disabled():
        Mail.objects.update(state=state)
    leased.state = state

    MOVES[name](leased)

    assert stored().state == (edge.target if state in edge.sources else state)


@pytest.mark.parametrize("name", ["claim", "postpone", "fail", "doubt", "confirm", "withdraw"])
def test_move_of_an_attempt_that_lost_its_lease_does_nothing(leased, name):
    source = min(MAIL_MACHINE.by_name[name].sources)
    with scopes_disabled():
        Mail.objects.update(state=source, leased_until=clock.now())
    if source == MailState.WAITING:
        assert mails.lease_next().pk == leased.pk
    else:
        with scopes_disabled():
            Mail.objects.update(lease=None)

    MOVES[name](leased)

    assert stored().state == source
    assert stored().subject == ""


def test_leased_mail_is_taken_by_nobody_else(leased):
    assert mails.lease_next() is None
    with clock.moved_by(seconds=mails.LEASE.total_seconds() + 1):
        assert mails.lease_next().pk == leased.pk


def test_mending_is_audited_without_words(leased):
    operator = UserFactory(is_operator=True)
    mails.fail(leased, problem="No.")

    assert mails.mend(stored(), "send_again", actor=operator)

    entry = AuditEntry.objects.get(action="notifications.send_again")
    assert (entry.actor_id, entry.subject_id, entry.data) == (operator.pk, str(leased.pk), {})
    assert (stored().attempts, stored().lease) == (0, None)


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("notifications.read_own", ["user", "operator"]),
        ("notifications.choose_own", ["user", "operator"]),
        ("notifications.mend_mail", ["operator"]),
        ("notifications.deliver_mail", ["system"]),
        ("notifications.read_outbox", []),
    ],
)
def test_permissions_by_actor(name, allowed, settings):
    from django.contrib.auth.models import AnonymousUser

    actors = {
        "anonymous": AnonymousUser(),
        "user": UserFactory(),
        "operator": UserFactory(is_operator=True),
        "closed operator": UserFactory(is_operator=True, is_active=False),
        "system": SYSTEM,
    }
    if name in {"notifications.read_own", "notifications.choose_own"}:
        del actors["closed operator"]  # Django signs nobody in whose account is closed.

    assert [actor for actor, who in actors.items() if permissions.is_allowed(name, who)] == allowed
    settings.DEMO = True
    if name == "notifications.read_outbox":
        assert all(permissions.is_allowed(name, who) for who in actors.values())
