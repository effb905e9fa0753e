"""Where the operations of ideas hang."""

from ninja import Router

router = Router(tags=["ideas"])
