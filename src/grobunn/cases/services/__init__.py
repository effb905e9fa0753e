"""The only writers of cases and of what belongs to them."""
