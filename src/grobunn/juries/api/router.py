"""Where the operations of panels hang."""

from ninja import Router

router = Router(tags=["panels"])
