"""API v1: the features' routers, mounted under one roof."""

from grobunn.capacity.api import router as capacity_router
from grobunn.cases.api import router as cases_router
from grobunn.ideas.api import router as ideas_router
from grobunn.initiatives.api import router as initiatives_router
from grobunn.juries.api import router as juries_router
from grobunn.kernel.api.factory import make_api
from grobunn.kernel.api.reference import ReferencePage
from grobunn.methods.api import router as methods_router
from grobunn.organisations.api import router as organisations_router
from grobunn.pitching.api import router as pitching_router
from grobunn.portfolio.api import router as portfolio_router
from grobunn.programmes.api import router as programmes_router
from grobunn.search.api import router as search_router
from grobunn.stories.api import router as stories_router

SUMMARY = (
    "Ideas of a municipality's employees, leaders and citizens, from the first thought to the answer. "
    "Lists come in pages; a write may be sent again under its idempotency key and is done once; "
    "errors are problem+json (RFC 9457)."
)

api = make_api(
    title="Grobunn",
    version="1.0.0",
    summary=SUMMARY,
    docs=ReferencePage("web/api_reference.html"),
    routers=[
        organisations_router,
        portfolio_router,
        programmes_router,
        pitching_router,
        initiatives_router,
        methods_router,
        capacity_router,
        juries_router,
        ideas_router,
        cases_router,
        search_router,
        stories_router,
    ],
)
