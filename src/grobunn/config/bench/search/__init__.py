"""`grobunn bench search`: search and likeness over many documents, asked through the real web server.

`sentences` makes texts, `documents` fills the database with them and `meanings` with vectors, `questions` says what is
asked for, `freshness` waits for what is new, `figures` holds what was measured, `run` does it all in order.
"""
