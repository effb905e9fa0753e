"""The grounds on which somebody stands aside, and how a possible conflict is found."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Ground(models.TextChoices):
    """Forvaltningsloven § 6: first paragraph a to e, second paragraph, and third (under a disqualified leader)."""

    PARTY = "a", _("I am a party to it myself (a)")
    KIN = "b", _("I am related to a party: parents, children, siblings, in-laws (b)")
    PARTNER = "c", _("I am or was married or engaged to a party, or we are foster family (c)")
    AGENT = "d", _("I am or was guardian or agent of a party (d)")
    OFFICE = "e", _("I lead, or sit on the board of, an organisation that is a party (e)")
    OTHER = "other", _("Another circumstance that may weaken trust in me (second paragraph)")
    SUBORDINATE = "subordinate", _("My leader is disqualified (third paragraph)")


# What a member can say of themselves; that the leader is disqualified is found.
DECLARABLE = (Ground.PARTY, Ground.KIN, Ground.PARTNER, Ground.AGENT, Ground.OFFICE, Ground.OTHER)
# The law leaves nothing to weigh: confirmed unless the fact is wrong.
ABSOLUTE = frozenset({Ground.PARTY, Ground.KIN, Ground.PARTNER, Ground.AGENT, Ground.OFFICE, Ground.SUBORDINATE})


class FoundBy(models.TextChoices):
    """Where a possible conflict comes from."""

    DECLARED = "declared", _("declared by the member")
    TEAM = "team", _("is behind the entry")
    UNIT = "unit", _("works in the same unit")
    LINE = "line", _("leads, or is led by, somebody behind the entry")
    EMPLOYER = "employer", _("works for an organisation behind the entry")
    PARTNER = "partner", _("works for a partner of the entry")
    DERIVED = "derived", _("is led by somebody who is disqualified")


class Standing(models.TextChoices):
    """What a member may do with an entry. Only the last opens it."""

    UNDECLARED = "undeclared", _("Not declared yet")
    ASSESSED = "assessed", _("Being assessed by the panel")
    DISQUALIFIED = "disqualified", _("Disqualified")
    IMPARTIAL = "impartial", _("Impartial")
