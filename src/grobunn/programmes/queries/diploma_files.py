"""The file of all diplomas of a cohort: whether it is made, and whether it still says what they say."""

import hashlib
import json
from collections.abc import Sequence
from datetime import timedelta

from grobunn.kernel import clock
from grobunn.programmes.models import Cohort, Diploma, DiplomaFile

# Hundreds are made in seconds. What has not come by then is asked for anew.
PATIENCE = timedelta(minutes=10)


def file_of(cohort: Cohort) -> DiplomaFile | None:
    """The file that was asked for, without what is in it."""
    return DiplomaFile.objects.filter(cohort=cohort).defer("content").first()


def is_under_way(file: DiplomaFile | None) -> bool:
    """Whether a file is being made."""
    return file is not None and file.made_at is None and file.asked_at > clock.now() - PATIENCE


def is_current(file: DiplomaFile | None, diplomas: Sequence[Diploma]) -> bool:
    """Whether a file holds these diplomas as they are now: none issued, changed or withdrawn since."""
    return file is not None and file.made_at is not None and file.fingerprint == fingerprint(diplomas)


def fingerprint(diplomas: Sequence[Diploma]) -> str:
    """A digest of what the diplomas of a cohort say."""
    said = [
        [each.number, each.issued_on.isoformat(), each.gatherings, each.enrolment.name, each.enrolment.is_synthetic]
        for each in diplomas
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
