"""What a browser is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grobunn.accounts.devices import described


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36",
            "Chrome, Linux",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 Version/18.1 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0", "Edge, Windows"),
        ("Mozilla/5.0 (Android 15; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0", "Firefox, Android"),
        ("curl/8.5", ""),
        ("", ""),
    ],
)
def test_device_is_named_by_browser_and_system(user_agent, name):
    assert described(user_agent) == name


@given(st.text())
def test_device_tells_nothing_that_is_not_in_the_list(user_agent):
    assert len(described(user_agent)) <= len("Samsung Internet, ChromeOS")
