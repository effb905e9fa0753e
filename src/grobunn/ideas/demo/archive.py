"""A real open archive: the proposals of Madrid's residents, in an archive of their own."""

import gzip

from django_scopes import scope

from grobunn.ideas.models import Idea
from grobunn.ideas.packaged import packaged
from grobunn.ideas.transfer.importing import keep_import, plan_import
from grobunn.ideas.transfer.mapping import ImportMapping
from grobunn.ideas.transfer.reading import Sheet, read_csv
from grobunn.organisations.models import Municipality

ARCHIVE = "decide-madrid"
_MAPPING = ImportMapping(
    fields={
        "external_id": "id",
        "title": "title",
        "text": "description",
        "submitted_at": "created_at",
        "state_since": "retired_at",
        "state": "state",
    },
    constants={"visibility": "public", "language": "es"},
    html=["text"],
)


def load_archive() -> None:
    """Import the proposals as they are, unless they are there."""
    archive = Municipality.objects.get(slug=ARCHIVE)
    with scope(municipality=archive.pk):
        if Idea.objects.exists():
            return
        sheet = _with_states(read_csv(gzip.decompress(packaged("decide-madrid", "proposals.csv.gz"))))
        keep_import(plan_import(sheet, municipality=archive, mapping=_MAPPING), advance=lambda _count: None)


def _with_states(sheet: Sheet) -> Sheet:
    """The rows with a state: a proposal that has a time of withdrawal is withdrawn."""
    rows = [(number, {**row, "state": "withdrawn" if row["retired_at"] else "received"}) for number, row in sheet.rows]
    return Sheet(columns=[*sheet.columns, "state"], rows=rows, form=sheet.form)
