"""What follows when something happened on a panel. Safe to run twice; a file per family."""

from grobunn.juries.handlers import discussing, drawing, impartiality, joining, moving

__all__ = ["discussing", "drawing", "impartiality", "joining", "moving"]
