"""What a case says: the same fields in what readers see and in the draft that is being written."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from grobunn.organisations.models import Role, Unit

TITLE_LENGTH = 120
LEAD_LENGTH = 600
SECTION_LENGTH = 20_000
MOST_NOK = 10_000_000_000
MOST_HOURS = 1_000_000


class CaseKind(models.TextChoices):
    """Whether it worked: both are worth telling."""

    SOLUTION = "solution", _("Solution")
    LEARNING = "learning", _("Learning: it did not work")


class InnovationKind(models.TextChoices):
    """The five types of innovation (Meld. St. 30 (2019–2020), chapter 2); a case may be several."""

    SERVICE = "service", _("Service")
    PRODUCT = "product", _("Product")
    PROCESS = "process", _("Process")
    ORGANISATION = "organisation", _("Organisation")
    COMMUNICATION = "communication", _("Communication")


class Stage(models.TextChoices):
    """How far it has come, in the canonical stages that every process template maps to."""

    PILOT = "pilot", _("Being tried out")
    IMPLEMENT = "implement", _("Being introduced")
    OPERATE = "operate", _("In ordinary use")
    REALISE = "realise", _("In use, with measured benefit")
    CLOSED_LEARNED = "closed_learned", _("Ended, with learning")


class Content(models.Model):
    """Title, sections and facts of a case. Texts are Markdown without headings; money is whole kroner."""

    kind = models.CharField(_("kind"), max_length=10, choices=CaseKind, default=CaseKind.SOLUTION)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    lead = models.TextField(_("lead"), max_length=LEAD_LENGTH, blank=True)
    language = models.CharField(_("language"), max_length=2, default="nb")

    need = models.TextField(_("need"), max_length=SECTION_LENGTH, blank=True)
    process = models.TextField(_("process"), max_length=SECTION_LENGTH, blank=True)
    solution = models.TextField(_("solution"), max_length=SECTION_LENGTH, blank=True)
    effect = models.TextField(_("effect"), max_length=SECTION_LENGTH, blank=True)
    scaling = models.TextField(_("scaling"), max_length=SECTION_LENGTH, blank=True)
    lessons = models.TextField(_("lessons learned"), max_length=SECTION_LENGTH, blank=True)
    contact = models.TextField(_("about the contact"), max_length=2000, blank=True)

    contact_role = models.CharField(_("contact's role"), max_length=30, choices=Role, blank=True)
    contact_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    contact_mailbox = models.EmailField(_("contact's shared mailbox"), blank=True)
    contact_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    contact_consented_at = models.DateTimeField(null=True, blank=True)
    contact_until = models.DateField(_("named until"), null=True, blank=True, help_text="Last day with the name.")

    innovation_kinds = ArrayField(models.CharField(max_length=20, choices=InnovationKind), default=list, blank=True)
    kostra = ArrayField(models.CharField(max_length=3), default=list, blank=True, help_text="KOSTRA functions.")
    los = ArrayField(models.CharField(max_length=80), default=list, blank=True, help_text="Words of LOS, by code.")
    sdgs = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True, help_text="1 to 17.")
    # Empty where a loaded case does not tell it of today.
    stage = models.CharField(_("how far it has come"), max_length=20, choices=Stage, default=Stage.OPERATE, blank=True)
    one_off_nok = models.PositiveBigIntegerField(_("cost once, kroner"), null=True, blank=True)
    yearly_nok = models.PositiveBigIntegerField(_("cost a year, kroner"), null=True, blank=True)
    hours = models.PositiveIntegerField(_("hours of work to introduce it"), null=True, blank=True)
    partners = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    video_url = models.URLField(_("video"), max_length=500, blank=True)
    timeline = models.JSONField(
        default=list, blank=True, help_text='[{"on": "2016" | "2016-08", "text": …}], in order.'
    )
    # Files stay with the case for its older editions; these are the ones shown, in order.
    picture_ids = ArrayField(models.UUIDField(), default=list, blank=True)
    document_ids = ArrayField(models.UUIDField(), default=list, blank=True)

    class Meta:
        abstract = True


# Everything that publishing takes over from the draft and an edition keeps, in the order of the page.
CONTENT_FIELDS: tuple[str, ...] = tuple(field.attname for field in Content._meta.local_fields)
