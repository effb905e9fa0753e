"""The seven sections of a case, in the order in which they are always told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Section(models.TextChoices):
    """A part of every case; the codes are those of the API."""

    NEED = "need", _("Need")
    PROCESS = "process", _("Process")
    SOLUTION = "solution", _("Solution")
    EFFECT = "effect", _("Effect")
    SCALING = "scaling", _("Scaling")
    LESSONS = "lessons", _("Lessons learned")
    CONTACT = "contact", _("Contact")
