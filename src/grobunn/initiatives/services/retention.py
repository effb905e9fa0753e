"""The end of personal data in initiatives, as the README promises."""

from datetime import timedelta

from django_scopes import scopes_disabled

from grobunn.initiatives.models import Helper
from grobunn.initiatives.states import FINISHED
from grobunn.kernel import clock

KEEP_HELPERS_DAYS = 365


def forget_helpers() -> int:
    """Remove who helped initiatives that ended a year ago; the hours stay as sums. Returns: how many. Effects: rows."""
    before = clock.now() - timedelta(days=KEEP_HELPERS_DAYS)
    with scopes_disabled():
        deleted, _models = Helper.objects.filter(
            initiative__state__in=FINISHED, initiative__ended_at__lt=before
        ).delete()
    return deleted
