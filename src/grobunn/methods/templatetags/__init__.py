"""Template tags of methods."""
