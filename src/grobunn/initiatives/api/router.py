"""Where the operations of initiatives hang."""

from ninja import Router

router = Router(tags=["initiatives"])
