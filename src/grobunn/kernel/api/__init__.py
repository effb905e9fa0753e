"""The API's common parts: errors, who calls, what a token may do, limits, answers given once, pages of rows.

A feature's `api.py` makes a `ninja.Router`; each operation says who may call it: `auth=needs_scope("ideas:read")` or
`auth=open_to_all("ideas:read", why="…")`. `config/api.py` composes the routers.
"""
