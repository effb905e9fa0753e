"""Where the operations of programmes hang."""

from ninja import Router

router = Router(tags=["programmes"])
