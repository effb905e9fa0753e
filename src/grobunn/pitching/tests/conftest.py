"""A small municipality with somebody in every role that pitch days know."""

from grobunn.initiatives.tests.conftest import Town, town

__all__ = ["Town", "town"]
