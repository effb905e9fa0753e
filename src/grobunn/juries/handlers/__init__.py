"""What follows when something happened on a panel. Safe to run twice; a file per family."""

from grobunn.juries.handlers import impartiality, joining

__all__ = ["impartiality", "joining"]
