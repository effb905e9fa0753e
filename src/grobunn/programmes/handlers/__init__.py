"""What follows when something happened in a programme. Safe to run twice; a file per family."""

from grobunn.programmes.handlers import completing

__all__ = ["completing"]
