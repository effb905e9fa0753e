"""Files of pictures that were not kept after all: refused by the database, or cut short by a crash."""

from grobunn.kernel.orphans import remove_orphans
from grobunn.stories.models import Picture


def remove_orphaned_pictures() -> int:
    """Remove the files that no picture names. Returns: how many files. Effects: files."""
    return remove_orphans(Picture._meta.get_field("file"), Picture._meta.get_field("small_file"))
