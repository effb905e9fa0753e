"""The small municipality of the tests of ideas."""

from grobunn.ideas.tests.conftest import Town, town

__all__ = ["Town", "town"]
