"""What is said to whom: notices, the mails that carry them, what each person chose and stopped."""

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from grobunn.kernel import clock, ids
from grobunn.notifications.kinds import Delivery
from grobunn.notifications.states import NEEDS_ATTENTION, MailState
from grobunn.organisations.models import Municipality


class Mail(models.Model):
    """One e-mail to one address. Its id is its Message-ID, whenever and however often it is tried.

    The words are written when it is sent, from the notices that it carries; a mail from a library brings its own.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    to_address = models.EmailField(blank=True)
    language = models.CharField(max_length=2)
    kind = models.CharField(max_length=80, blank=True)
    thread_key = models.CharField(max_length=200, blank=True)
    digest_on = models.DateField(null=True, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    text = models.TextField(blank=True)

    state = models.CharField(max_length=10, choices=MailState, default=MailState.WAITING)
    state_since = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(default=clock.now, help_text="Not tried before this moment.")
    lease = models.UUIDField(null=True, blank=True, help_text="The attempt that is busy with it, or was last.")
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True, help_text="What the mail server said at the last attempt.")
    queued_at = models.DateTimeField(default=clock.now, help_text="When it was first due, or sent again by a person.")

    objects: ClassVar[models.Manager["Mail"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="mail_state"),
            models.UniqueConstraint(
                fields=["recipient", "digest_on"], condition=Q(digest_on__isnull=False), name="mail_digest_once_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state=MailState.WAITING), name="mail_waiting"),
            models.Index(fields=["state_since"], condition=Q(state=MailState.SENDING), name="mail_sending"),
            models.Index(fields=["-id"], condition=Q(state__in=NEEDS_ATTENTION), name="mail_needs_attention"),
            models.Index(fields=["state_since"], condition=~Q(to_address=""), name="mail_with_address"),
        ]

    @property
    def carries_notices(self) -> bool:
        """Whether it tells notices, and is not a library's mail such as a new password."""
        return bool(self.kind) or self.digest_on is not None


class Notice(models.Model):
    """One thing told to one person, once: a row of the inbox, perhaps a mail, or both.

    A notice to an address without an account has no recipient here; the address stands in its mail alone. A notice
    with an empty kind is a key that was retracted before anything was said under it.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=80, blank=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sender_url = models.CharField(max_length=500, blank=True)
    thread_key = models.CharField(max_length=200, blank=True)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    url = models.CharField(max_length=500, blank=True)

    delivery = models.CharField(max_length=10, choices=Delivery, default=Delivery.OFF)
    mail = models.ForeignKey(Mail, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    mail_due_at = models.DateTimeField(default=clock.now)
    visible_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)
    retracted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["Notice"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="notice_key_once"),
            models.CheckConstraint(condition=Q(delivery__in=Delivery.values), name="notice_delivery"),
            models.CheckConstraint(condition=~Q(kind="") | Q(retracted_at__isnull=False), name="notice_says_something"),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(retracted_at__isnull=True), name="notice_read_stands"
            ),
        ]
        indexes = [
            models.Index(
                F("recipient"),
                F("visible_at").desc(),
                F("id").desc(),
                condition=Q(retracted_at__isnull=True),
                name="notice_inbox",
            ),
            models.Index(
                F("recipient"),
                F("visible_at").desc(),
                F("id").desc(),
                condition=Q(read_at__isnull=True, retracted_at__isnull=True),
                name="notice_unread",
            ),
            models.Index(
                fields=["recipient", "mail_due_at"],
                condition=Q(
                    delivery=Delivery.DAILY, mail__isnull=True, read_at__isnull=True, retracted_at__isnull=True
                ),
                name="notice_for_digest",
            ),
            models.Index(fields=["created_at"], name="notice_by_age"),
        ]


class Preference(models.Model):
    """What a person chose for one kind of message; no row means the kind's default."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=80)
    delivery = models.CharField(_("mail"), max_length=10, choices=Delivery)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="preference_once"),
            models.CheckConstraint(condition=Q(delivery__in=Delivery.values), name="preference_delivery"),
        ]


class Stop(models.Model):
    """That somebody wants no more mail about one thread, or (empty thread) none at all.

    Of an address without an account only a keyed digest is kept: it answers "is this the one?" and nothing else.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    address_digest = models.CharField(max_length=64, blank=True)
    thread_key = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, address_digest="") | (Q(user__isnull=True) & ~Q(address_digest="")),
                name="stop_is_somebodys",
            ),
            models.UniqueConstraint(
                fields=["user", "address_digest", "thread_key"], name="stop_once", nulls_distinct=False
            ),
        ]
