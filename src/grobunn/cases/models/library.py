"""How a process learns that its copy of the library is old."""

from django.db import models


class LibraryVersion(models.Model):
    """One row that counts up whenever a case changes, by a trigger of `Case`."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
