"""The pages of taking a case into use, of asking its origin, and of where it has spread."""
