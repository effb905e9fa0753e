import pytest
from pydantic import ValidationError

from grobunn.config.environment import Environment
from grobunn.config.mail import MailServer, parse_smtp_url
from grobunn.notifications.tests.certificates import Authority


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", MailServer()),
        ("smtp://relay.example", MailServer(host="relay.example", port=25)),
        ("smtp://127.0.0.1:2525", MailServer(host="127.0.0.1", port=2525)),
        ("smtp://relay.example?tls=starttls", MailServer(host="relay.example", port=587, is_starttls=True)),
        (
            "smtp://grobunn%40example.org:p%40ss@mail.example:2587",
            MailServer("mail.example", 2587, "grobunn@example.org", "p@ss", is_starttls=True),
        ),
        (
            "smtps://user:secret@mail.example",
            MailServer("mail.example", 465, "user", "secret", is_tls_from_start=True),
        ),
        ("smtp://user:secret@localhost?tls=none", MailServer("localhost", 25, "user", "secret")),
    ],
)
def test_parse_smtp_url_reads_every_part(url, expected):
    assert parse_smtp_url(url) == expected


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://mail.example", "must look like"),
        ("mail.example", "must look like"),
        ("smtp://", "must look like"),
        ("smtp://mail.example?tls=maybe", "starttls or none"),
        ("smtp://user:secret@mail.example?tls=none", "in the clear"),
    ],
)
def test_parse_smtp_url_refuses_in_words(url, reason):
    with pytest.raises(ValueError, match=reason):
        parse_smtp_url(url)


def test_authority_of_the_mail_server_must_be_readable(tmp_path):
    authority, nonsense = Authority(tmp_path).file, tmp_path / "nonsense.pem"
    nonsense.write_text("not a certificate")

    assert Environment(smtp_ca_file=authority).smtp_ca_file == authority
    assert Environment(smtp_ca_file="").smtp_ca_file is None
    for unusable in (nonsense, tmp_path / "absent.pem"):
        with pytest.raises(ValidationError, match=f"no certificate can be read from {unusable}"):
            Environment(smtp_ca_file=unusable)
