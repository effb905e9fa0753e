"""Background work of search."""

from django.conf import settings

from grobunn.kernel.jobs import defer, job
from grobunn.search.engine import ENGINE
from grobunn.search.engine.words import feed
from grobunn.search.meaning.embedding import embed_waiting as embed_all_that_waits
from grobunn.search.services import index_waiting as index_all_that_waits
from grobunn.search.services.news import look_for_news as look_through_saved_searches
from grobunn.search.services.unmet import forget_unmet as forget_old_unmet


@job("search.index_waiting", every="* * * * *", queue="search")
def index_waiting(*, timestamp: int = 0) -> None:
    """Index what changed. Asked for at each change; every minute as well, for a change whose ask met one under way."""
    if index_all_that_waits() and settings.MEANING != "off":
        defer("search.embed_waiting", only_one="search.embed_waiting")


@job("search.embed_waiting", every="* * * * *", queue="search")
def embed_waiting(*, timestamp: int = 0) -> None:
    """Compute what new texts mean, for a minute at most; what still waits then is taken up by the next job."""
    if embed_all_that_waits():
        defer("search.embed_waiting", only_one="search.embed_waiting")


@job("search.recount", every="17 2 * * *", queue="search")
def recount(*, timestamp: int = 0) -> None:
    """Count every night how often each term occurs."""
    ENGINE.recount()


@job("search.forget_changes", every="41 2 * * *", queue="search")
def forget_changes(*, timestamp: int = 0) -> None:
    """Delete every night the changes that every index has long taken up."""
    feed.forget_old()


@job("search.look_for_news", every="*/5 * * * *", queue="search")
def look_for_news(*, timestamp: int = 0) -> None:
    """Look every five minutes for what is new in saved searches."""
    look_through_saved_searches()


@job("search.forget_unmet", every="23 2 * * *", queue="search")
def forget_unmet(*, timestamp: int = 0) -> None:
    """Delete every night what people looked for in vain longer ago than it is kept."""
    forget_old_unmet()
