"""Files of pictures and documents that were not kept after all: refused by the database, or cut short by a crash."""

from grobunn.cases.models import Document, Picture
from grobunn.kernel.orphans import remove_orphans


def remove_orphaned_files() -> int:
    """Remove the files that neither a picture nor a document names. Returns: how many files. Effects: files."""
    return remove_orphans(Picture._meta.get_field("file"), Document._meta.get_field("file"))
