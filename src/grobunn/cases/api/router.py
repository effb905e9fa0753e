"""Where the operations of cases hang."""

from ninja import Router

router = Router(tags=["cases"])
