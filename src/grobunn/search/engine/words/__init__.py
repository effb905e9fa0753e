"""The engine of words: an index on this machine's disk that follows the database and can be made anew from it."""
