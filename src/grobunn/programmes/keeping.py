"""How long what is held about people is kept, and how somebody who is forgotten is written."""

from datetime import timedelta

from grobunn.kernel import clock
from grobunn.programmes.models import Cohort

# Who declined, gave up their place, or came from elsewhere: so long after the cohort ended.
KEEP_DAYS = 365
# Who was where, and what made up for it: so long after the cohort ended. That somebody completed stays.
KEEP_ATTENDANCE_DAYS = 730
# A file of a whole cohort's diplomas, ready to print: it can be made again.
KEEP_DIPLOMA_FILE_HOURS = 24
# No name is an address: what stands for one when a person is forgotten.
FORGOTTEN_DOMAIN = "@deleted.invalid"


def is_attendance_forgotten(cohort: Cohort) -> bool:
    """Whether it is not known any more who was where."""
    before = clock.now() - timedelta(days=KEEP_ATTENDANCE_DAYS)
    return cohort.finished_at is not None and cohort.finished_at < before
