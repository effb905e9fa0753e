"""Lists come in pages that lead to one another."""

import pytest

from grobunn.kernel import actors, audit

pytestmark = [pytest.mark.django_db, pytest.mark.urls("grobunn.kernel.api.tests.example")]


def test_pages_lead_through_every_row_once(send, client):
    for number in range(5):
        audit.record(f"example.{number}", actor=actors.SYSTEM)

    pages = [send("get", "lines?limit=2", token="reader")]
    while (following := pages[-1].json()["next"]) is not None:
        pages.append(client.get(following, headers={"Authorization": "Bearer reader"}))

    assert [[item["action"][-1] for item in page.json()["items"]] for page in pages] == [
        ["0", "1"],
        ["2", "3"],
        ["4"],
    ]
    assert pages[0]["Link"] == f'<{pages[0].json()["next"]}>; rel="next"'
    assert [part.partition(";")[2] for part in pages[1]["Link"].split(",")] == [' rel="next"', ' rel="prev"']


def test_empty_list_is_one_page_without_links(send):
    response = send("get", "lines", token="reader")

    assert response.json() == {"items": [], "next": None}
    assert "Link" not in response


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_however_many_rows(send, django_assert_num_queries, count):
    for number in range(count):
        audit.record(f"example.{number}", actor=actors.SYSTEM)

    with django_assert_num_queries(2):  # the rate, the page
        send("get", "lines", token="reader")
