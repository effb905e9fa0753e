"""What follows when something happened to a case or an adoption. Safe to run twice; each family has its own file."""

from grobunn.cases.handlers import adopting, writing

__all__ = ["adopting", "writing"]
