"""Where the operations of pitch days hang."""

from ninja import Router

router = Router(tags=["pitching"])
