"""What follows when something happened on a panel. Safe to run twice; a file per family."""

from grobunn.juries.handlers import drawing, impartiality, joining

__all__ = ["drawing", "impartiality", "joining"]
