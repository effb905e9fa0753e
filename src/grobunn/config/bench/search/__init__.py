"""`grobunn bench search`: search and likeness over many documents, asked through the real web server.

`sentences` makes texts, `documents` fills the database with them, `questions` says what is asked for, `figures` holds
what was measured, `run` does it all in order.
"""
