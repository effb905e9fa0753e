"""Who is named as the publisher of the library in data catalogues."""

from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError

from grobunn.cases.queries.catalog import publisher, publishers_in_question
from grobunn.config.diagnosis.findings import Finding, ok, warning
from grobunn.config.environment import Environment


def catalogue(_environment: Environment) -> Iterator[Finding]:
    """Nothing while no municipality uses the installation, or where the database cannot be read: that is told above."""
    subject = "Data catalogue"
    try:
        named, several = publisher(), publishers_in_question()
    except DatabaseError:
        return
    if named is None and (several or settings.CATALOGUE_PUBLISHER):
        yield warning(
            subject,
            "The library is not described for data catalogues: nobody can be named as its publisher.",
            "Give the municipality of GROBUNN_CATALOGUE_PUBLISHER an organisation number and a mailbox in its set-up.",
        )
    elif named is not None and several > 1:
        yield warning(
            subject,
            f"{several} municipalities share the library, and nobody has said who publishes it: {named.name} is named.",
            "Set GROBUNN_CATALOGUE_PUBLISHER to the one that answers for it.",
        )
    elif named is not None:
        yield ok(subject, f"published by {named.name}")
