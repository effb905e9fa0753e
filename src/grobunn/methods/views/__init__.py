"""The set-up of methods."""
