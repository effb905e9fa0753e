"""An ongoing project list becomes initiatives: read, looked through, imported, and imported again without harm."""
