"""What follows when something happened in a programme, or to an account. Safe to run twice; a file per family."""

from grobunn.programmes.handlers import accounts, completing, enrolled, gatherings

__all__ = ["accounts", "completing", "enrolled", "gatherings"]
