"""Makes the file of all diplomas of a cohort in the background: hundreds take seconds of a processor."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django_scopes import scope, scopes_disabled

from grobunn.kernel import audit, clock, jobs, live, permissions
from grobunn.kernel.actors import Actor
from grobunn.programmes.keeping import KEEP_DIPLOMA_FILE_HOURS
from grobunn.programmes.models import Cohort, DiplomaFile
from grobunn.programmes.paper import diplomas_pdf
from grobunn.programmes.queries.diploma_files import file_of, fingerprint, is_current, is_under_way
from grobunn.programmes.queries.diplomas import diplomas_of


def channel_of(cohort: Cohort) -> str:
    """The channel on which pages hear that the file is made."""
    return f"programmes.diplomas:{cohort.pk}"


def ask_for_file(cohort: Cohort, *, actor: Actor) -> DiplomaFile:
    """Have the file made, unless it is being made or is there as it would become.

    Raises:  PermissionDenied.
    Effects: row, in place of the one before; audit; job.
    """
    permissions.check("programmes.facilitate", actor, cohort)
    with transaction.atomic(), scope(municipality=cohort.municipality_id):
        Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
        known = file_of(cohort)
        if known is not None and (is_under_way(known) or is_current(known, diplomas_of(cohort))):
            return known
        DiplomaFile.objects.filter(cohort=cohort).delete()
        file = DiplomaFile.objects.create(municipality_id=cohort.municipality_id, cohort=cohort)
        audit.record(
            "programmes.make_diploma_file", actor=actor, subject=cohort, municipality_id=cohort.municipality_id
        )
        jobs.defer("programmes.make_diploma_file", file_id=str(file.pk))
    return file


def make_file(file_id: UUID) -> None:
    """Make a file that was asked for. Repeated, or when it is not wanted any more, nothing happens.

    Effects: row; news to whoever waits for it.
    """
    with scopes_disabled():
        wanted = DiplomaFile.objects.filter(pk=file_id, made_at=None)
        file = wanted.select_related("cohort__programme__municipality").first()
        if file is None:
            return
        diplomas = diplomas_of(file.cohort)
        content = diplomas_pdf(diplomas, cohort=file.cohort)
        with transaction.atomic():
            wanted.update(content=content, count=len(diplomas), fingerprint=fingerprint(diplomas), made_at=clock.now())
            live.publish(channel_of(file.cohort))


def forget_files() -> None:
    """Remove files a day after they were asked for: they hold names. Effects: rows."""
    with scopes_disabled():
        before = clock.now() - timedelta(hours=KEEP_DIPLOMA_FILE_HOURS)
        DiplomaFile.objects.filter(asked_at__lt=before).delete()
