"""A municipality begins with one invitation from the command line."""

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django_scopes import scope

from grobunn.accounts.models import Invitation
from grobunn.accounts.services.invitations import accept_as_new
from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel.testing import run_jobs
from grobunn.organisations.models import Municipality, RoleAssignment
from grobunn.organisations.queries import is_adviser
from grobunn.organisations.tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def municipality() -> Municipality:
    return MunicipalityFactory(slug="alver", name="Alver", is_in_use=False)


def test_invited_adviser_joins_and_sets_up(municipality, capsys):
    call_command("invite_adviser", "alver", "kari@alver.example", name="Kari")
    user = accept_as_new(Invitation.objects.get(), name="Kari", password="three plain words")
    run_jobs()

    municipality.refresh_from_db()
    assert municipality.is_in_use is True
    assert is_adviser(user, municipality.pk) is True
    assert mail.outbox[0].to == ["kari@alver.example"]
    assert capsys.readouterr().out == "kari@alver.example gets an invitation by e-mail. /alver/ takes ideas.\n"


def test_somebody_with_an_account_is_the_adviser_at_once(municipality):
    user = UserFactory(email="kari@alver.example")

    call_command("invite_adviser", "alver", user.email)

    assert is_adviser(user, municipality.pk) is True
    with pytest.raises(CommandError, match="already"):
        call_command("invite_adviser", "alver", user.email)
    with scope(municipality=municipality.pk):
        assert RoleAssignment.objects.count() == 1


def test_unknown_municipality_is_told(municipality):
    with pytest.raises(CommandError, match="No municipality"):
        call_command("invite_adviser", "nowhere", "kari@alver.example")

    assert Invitation.objects.count() == 0
