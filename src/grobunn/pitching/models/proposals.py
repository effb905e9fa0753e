"""What a team asks for, so that a yes is one press."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from grobunn.capacity.models import Source
from grobunn.initiatives.models import Initiative
from grobunn.kernel import ids
from grobunn.organisations.models import Municipality, Role, Unit
from grobunn.pitching.models.days import Slot


class Proposal(models.Model):
    """What becomes an initiative if the panel says yes; filled in by the team, looked over by whoever runs the day."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    slot = models.OneToOneField(Slot, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=120, blank=True)
    summary = models.TextField(_("what it is, in a few sentences"), max_length=4000, blank=True)
    hypothesis = models.CharField(_("hoped-for benefit, in one sentence"), max_length=400, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    owner_role = models.CharField(max_length=30, choices=Role, blank=True)
    owner_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    milestone = models.CharField(_("first milestone"), max_length=120, blank=True)
    milestone_due_on = models.DateField(_("when it is reached"), null=True, blank=True)
    method = models.SlugField(_("method"), max_length=60, blank=True)
    initiative = models.OneToOneField(Initiative, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Proposal"]] = ScopedManager(municipality="municipality_id")


class ProposalLine(models.Model):
    """So much of a source in a quarter."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    quarter_on = models.DateField(help_text="First day of the quarter.")
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    objects: ClassVar[models.Manager["ProposalLine"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "source", "quarter_on"], name="proposalline_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="proposalline_is_something"),
        ]
