"""The only writers of organisations: a file per family of verbs."""
