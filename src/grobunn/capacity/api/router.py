"""Where the operations of capacity hang."""

from ninja import Router

router = Router(tags=["capacity"])
