"""What follows when something happened to an initiative or to its people. Safe to run twice; a file per family."""

from grobunn.initiatives.handlers import deciding, finding, leaving, owning, waiting, working, writers

__all__ = ["deciding", "finding", "leaving", "owning", "waiting", "working", "writers"]
