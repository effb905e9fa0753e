"""What the operator chose in the settings."""

import stat
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from grobunn.config.diagnosis.findings import Finding, error, ok, warning
from grobunn.config.environment import Environment, listed

SHORTEST_KEY = 50  # Django's own measure (security.W009).


def is_public(environment: Environment) -> bool:
    """Whether people elsewhere are meant to reach the installation, by its address or by where it listens."""
    return not (_is_local(urlsplit(environment.address).hostname or "") and _is_local(environment.host))


def address(environment: Environment) -> Iterator[Finding]:
    """The address that people use, and what stands in front of it."""
    subject = "Address"
    if not is_public(environment):
        yield ok(subject, f"{environment.address}, for this machine only")
        return
    if _is_local(urlsplit(environment.address).hostname or ""):
        yield error(
            subject,
            f"Listens on {environment.host}, but mails and QR codes would name {environment.address}.",
            "Set GROBUNN_SITE_URL to the address that people use, such as https://ideer.example.no.",
        )
    elif not environment.address.startswith("https://"):
        yield error(
            subject,
            f"{environment.address} is not encrypted: passwords and ideas travel in the clear.",
            "Put a reverse proxy with TLS in front and begin GROBUNN_SITE_URL with https://.",
        )
    else:
        yield ok(subject, environment.address)
        yield from _proxies(environment)
    if "*" in listed(environment.allowed_hosts):
        yield error(
            subject,
            "Every host name is answered, so that links in mails can be forged.",
            "Name the hosts in GROBUNN_ALLOWED_HOSTS; the one of GROBUNN_SITE_URL is known by itself.",
        )


def _proxies(environment: Environment) -> Iterator[Finding]:
    if environment.trusted_proxies == 0:
        yield warning(
            "Reverse proxy",
            "The address is encrypted by something in front that is not trusted, so all callers look like that one: "
            "limits on how often somebody may ask count everybody together.",
            "Set GROBUNN_TRUSTED_PROXIES to the number of proxies, and let them set X-Forwarded-For and -Proto.",
        )
    elif not _is_local(environment.host):
        yield warning(
            "Reverse proxy",
            f"Listens on {environment.host}: whoever reaches that port around the proxy can claim any address.",
            "Let only the proxy reach the port, with HOST or a firewall.",
        )


def secrets(environment: Environment) -> Iterator[Finding]:
    """The key that signs sessions and links."""
    subject = "Secret key"
    given = environment.secret_key.get_secret_value()
    path = environment.data_dir.resolve() / "secret_key"
    if given and (len(given) < SHORTEST_KEY or len(set(given)) < SHORTEST_KEY // 10):
        yield error(
            subject,
            "GROBUNN_SECRET_KEY can be guessed.",
            "Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'.",
        )
    elif given:
        yield ok(subject, "given")
    elif path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield error(subject, f"Others can read {path}.", f"chmod 600 {path}; if others were there, remove it as well.")
    else:
        yield ok(subject, f"kept in {path}")


def modes(environment: Environment) -> Iterator[Finding]:
    """Modes that are for trying things out."""
    where = is_public(environment)
    if environment.debug:
        finding = error if where else warning
        yield finding("Developer mode", "Error pages show the inside of the service.", "Unset GROBUNN_DEBUG.")
    if environment.demo:
        finding = error if where else warning
        yield finding(
            "Demo mode",
            "Anybody can sign in as anyone.",
            "Unset GROBUNN_DEMO, and begin with an empty DATA_DIR for real use.",
        )


def _is_local(host: str) -> bool:
    if host in {"localhost", ""}:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
