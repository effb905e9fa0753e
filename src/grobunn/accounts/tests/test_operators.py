"""Who looks after the installation."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db
MENDING = "/varsler/e-post/"


def test_operator_is_made_and_unmade_by_command_and_both_are_kept_in_the_audit(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    person = UserFactory(name="Per Drift", email="per@drift.example")
    client.force_login(person)
    before = client.get(MENDING).status_code

    for _ in range(2):
        call_command("make_operator", "Per@drift.example")
    while_operator = client.get(MENDING).status_code
    call_command("make_operator", "per@drift.example", "--undo")

    assert (before, while_operator, client.get(MENDING).status_code) == (403, 200, 403)
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "Per Drift is an operator.",
        "Per Drift is no operator any more.",
    ]
    kept = AuditEntry.objects.filter(action="accounts.set_operator").order_by("pk")
    assert list(kept.values_list("data", flat=True)) == [{"is_operator": True}, {"is_operator": False}]


def test_somebody_without_an_account_cannot_be_made_an_operator() -> None:
    with pytest.raises(CommandError, match="Invite them first"):
        call_command("make_operator", "nobody@drift.example")

    assert AuditEntry.objects.count() == 0
