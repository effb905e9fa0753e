"""Rates are kept, and nobody's address can be read out of what is kept."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache, caches
from django.http import HttpResponse
from hypothesis import given
from hypothesis import strategies as st

from grobunn.kernel import clock, limits
from grobunn.kernel.limits import Rate, TooManyRequests, address_of, forget_rate_buckets, spend
from grobunn.kernel.models import RateBucket

TWO_A_MINUTE = Rate(count=2, seconds=60)


def use(times, who="kari"):
    for _ in range(times):
        spend("example.do", who=who, rate=TWO_A_MINUTE)


@pytest.mark.django_db
def test_spend_over_the_rate_is_refused_with_the_seconds_to_wait():
    with clock.moved_to(clock.now()):
        use(2)

        with pytest.raises(TooManyRequests) as refused:
            use(1)

    assert refused.value.retry_after_seconds == 60


@pytest.mark.django_db
def test_spend_counts_each_one_and_each_thing_by_itself():
    use(2)
    use(2, who="ola")
    spend("example.other", who="kari", rate=TWO_A_MINUTE)

    assert sorted(RateBucket.objects.values_list("count", flat=True)) == [1, 2, 2]


@pytest.mark.django_db
def test_spend_after_the_window_begins_anew():
    use(2)

    with clock.moved_by(seconds=61):
        use(2)

    assert RateBucket.objects.get().count == 2


@pytest.mark.django_db
def test_counts_are_forgotten_when_their_window_is_over():
    use(1)

    forget_rate_buckets()
    kept = RateBucket.objects.count()
    with clock.moved_by(seconds=61):
        forget_rate_buckets()

    assert (kept, RateBucket.objects.count()) == (1, 0)


def test_address_is_kept_as_a_pseudonym_that_changes_each_day(rf):
    request = rf.get("/", REMOTE_ADDR="203.0.113.7")

    today, again = address_of(request), address_of(request)
    with clock.moved_to(clock.now() + timedelta(days=1)):
        tomorrow = address_of(request)
        yesterdays_salt = cache.get(f"limits.salt.{(clock.today() - timedelta(days=1)).isoformat()}")

    assert today == again
    assert tomorrow != today
    assert "203.0.113" not in today
    assert yesterdays_salt is None


def test_address_is_the_same_in_every_process(rf):
    request = rf.get("/", REMOTE_ADDR="203.0.113.7")
    first = address_of(request)

    caches["process"].clear()  # as in another process

    assert address_of(request) == first


def test_ipv6_addresses_of_one_customer_count_as_one(rf):
    first = address_of(rf.get("/", REMOTE_ADDR="2001:db8:1:2::1"))

    assert address_of(rf.get("/", REMOTE_ADDR="2001:db8:1:2:ffff::9")) == first
    assert address_of(rf.get("/", REMOTE_ADDR="2001:db8:1:3::1")) != first
    assert address_of(rf.get("/", REMOTE_ADDR="::ffff:203.0.113.7")) == address_of(
        rf.get("/", REMOTE_ADDR="203.0.113.7")
    )


@given(st.ip_addresses())
def test_network_of_any_address_is_a_network_that_holds_it(address):
    network = limits._network_of(str(address))

    assert limits._network_of(network.partition("/")[0]) == network


def seen(_request):
    return HttpResponse("seen")


@pytest.mark.django_db
def test_limited_page_says_how_long_to_wait_and_counts_each_by_themselves(rf):
    one_a_minute = Rate(count=1, seconds=60)
    view = limits.limited("example.see", known=one_a_minute, unknown=one_a_minute)(seen)
    kari, ola = (SimpleNamespace(pk=name, is_authenticated=True) for name in ("kari", "ola"))

    def see(user, address="203.0.113.7"):
        request = rf.get("/", REMOTE_ADDR=address)
        request.user = user
        return view(request)

    with clock.moved_to(clock.now()):
        served = [see(kari), see(ola), see(AnonymousUser()), see(AnonymousUser(), "203.0.113.8")]
        refused = see(AnonymousUser())

    assert [answer.status_code for answer in served] == [200, 200, 200, 200]
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert "60" in refused.content.decode()
