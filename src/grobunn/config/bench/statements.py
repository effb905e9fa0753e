"""How many SQL statements a page needs, counted where they are sent.

The page is asked for inside this process, through Django's test client: the same middleware, views and settings as in
the web server, so nothing needs to count in the web server itself. What opens and closes transactions is left out.
"""

from collections.abc import Mapping

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from grobunn.config.bench.client import WrongAnswer
from grobunn.config.bench.pages import Page

_VISITS = 5
_BRACKETS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def statements(page: Page, *, cookies: Mapping[str, str]) -> int:
    """The most statements of some visits, after one that fills what is kept in the process.

    Raises: WrongAnswer.
    """
    visitor = Client(SERVER_NAME="localhost")
    for name, value in cookies.items():
        visitor.cookies[name] = value
    return max([_visit(visitor, page, number) for number in range(_VISITS + 1)][1:])


def _visit(visitor: Client, page: Page, number: int) -> int:
    visit = page.visit(number)
    with CaptureQueriesContext(connection) as sent:
        if visit.fields is None:
            response = visitor.get(visit.path, headers=dict(visit.headers))
        else:
            response = visitor.post(visit.path, dict(visit.fields), headers=dict(visit.headers))
    if response.status_code != page.status:
        raise WrongAnswer(f"{page.name} ({page.who}) answered {response.status_code}, not {page.status:d}.")
    return sum(not query["sql"].startswith(_BRACKETS) for query in sent.captured_queries)
