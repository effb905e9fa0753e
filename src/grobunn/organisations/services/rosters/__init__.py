"""Rosters: units and people from a file, and back into one. First a plan of what would happen, then all of it."""
