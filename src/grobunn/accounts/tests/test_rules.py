"""Who may do what: kinds of people against the permissions of accounts."""

import pytest
from django.contrib.auth.models import AnonymousUser

from grobunn.accounts import delegation
from grobunn.accounts.models import ApiToken, User
from grobunn.kernel import clock, ids, permissions
from grobunn.kernel.actors import SYSTEM, ReceiptHolder

TRONDHEIM, FROYA = ids.new_id(), ids.new_id()
OWNER, ADVISER, STRANGER = (User(email=f"{name}@test.example") for name in ("owner", "adviser", "stranger"))
SERVICE = User(email="service@service.invalid", is_service=True)
WHO = {
    "owner": OWNER,
    "adviser": ADVISER,
    "stranger": STRANGER,
    "service": SERVICE,
    "anonymous": AnonymousUser(),
    "system": SYSTEM,
    "receipt": ReceiptHolder(receipt="7KQF-M3XD-9TPA"),
}
OWN = ApiToken(user=OWNER, expires_on=clock.today())
OF_TRONDHEIM = ApiToken(user=SERVICE, municipality_id=TRONDHEIM, expires_on=clock.today())
OF_FROYA = ApiToken(user=SERVICE, municipality_id=FROYA, expires_on=clock.today())


@pytest.fixture(autouse=True)
def _told(monkeypatch):
    monkeypatch.setattr(delegation, "_told_by", [lambda actor: {TRONDHEIM: "T"} if actor == ADVISER else {}])


@pytest.mark.parametrize(
    ("permission", "subject", "may"),
    [
        ("accounts.manage_own", None, {"owner", "adviser", "stranger"}),
        ("accounts.make_service_token", None, {"adviser"}),
        ("accounts.make_service_token", OF_TRONDHEIM, {"adviser"}),
        ("accounts.make_service_token", OF_FROYA, set()),
        ("accounts.revoke_token", None, {"owner", "adviser", "stranger"}),
        ("accounts.revoke_token", OWN, {"owner"}),
        ("accounts.revoke_token", OF_TRONDHEIM, {"adviser"}),
        ("accounts.revoke_token", OF_FROYA, set()),
    ],
)
def test_permission_is_for_those_alone(permission, subject, may):
    allowed = {name for name, actor in WHO.items() if permissions.is_allowed(permission, actor, subject)}

    assert allowed == may
