"""What accounts forget by themselves."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q

from grobunn.accounts.models import ApiToken, Invitation
from grobunn.kernel import clock, jobs

# An adviser who wonders what became of an invitation asks within a month.
INVITATIONS_KEPT = timedelta(days=30)
# Half a year after its end, nobody looks for what a token was used for; the audit trail keeps who made it.
TOKENS_KEPT = timedelta(days=180)


@jobs.job("accounts.forget_old", every="23 3 * * *")
def forget_old(timestamp: int = 0) -> None:
    """Remove what has been kept for its time: sessions that are over, invitations and tokens that have ended."""
    now = clock.now()
    Session.objects.filter(expire_date__lt=now).delete()
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(alive)).delete()
    Invitation.objects.filter(
        Q(accepted_at__lt=now - INVITATIONS_KEPT)
        | Q(withdrawn_at__lt=now - INVITATIONS_KEPT)
        | Q(expires_at__lt=now - INVITATIONS_KEPT)
    ).delete()
    ended = Q(revoked_at__lt=now - TOKENS_KEPT) | Q(expires_on__lt=clock.today() - TOKENS_KEPT)
    ApiToken.objects.filter(ended).delete()
