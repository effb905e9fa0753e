"""Every setting an operator can give, read once from the environment; the manual's table is generated from here."""

import ssl
from functools import lru_cache
from ipaddress import ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(BaseSettings):
    """Settings as an operator writes them; `GROBUNN_` stands before each name unless the name is a convention."""

    model_config = SettingsConfigDict(env_prefix="GROBUNN_", extra="ignore", populate_by_name=True)

    data_dir: Path = Field(
        default=Path(".data"),
        validation_alias="DATA_DIR",
        description=(
            "Folder that holds the embedded database, the uploaded files, the index of search and the secret key."
        ),
    )
    database_url: str = Field(
        default="",
        validation_alias="DATABASE_URL",
        description="PostgreSQL 15 or newer, as postgresql://user:password@host:5432/name. Empty: the embedded server.",
    )
    host: str = Field(default="127.0.0.1", validation_alias="HOST", description="Address the web server listens on.")
    port: int = Field(
        default=8000, ge=1, le=65535, validation_alias="PORT", description="Port the web server listens on."
    )
    live_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        description=(
            "Port of the live service, which tells open pages of a pitch day what has changed. Empty: PORT + 1. "
            "0: none; pages then look for themselves every few seconds."
        ),
    )
    live_url: str = Field(
        default="",
        description=(
            "Address at which browsers reach the live service, where it is not the same host with its port: behind a "
            "reverse proxy that passes /live/ on to it, the same as GROBUNN_SITE_URL."
        ),
    )
    site_url: str = Field(
        default="",
        description="Address people use, written in mails and QR codes. Empty: http://HOST:PORT.",
    )
    secret_key: SecretStr = Field(
        default=SecretStr(""),
        description="Signs sessions and links. Empty: made once and kept in DATA_DIR/secret_key.",
    )
    demo: bool = Field(default=False, description="Demo mode: one-click sign-in as each persona. Never in production.")
    debug: bool = Field(default=False, description="Developer mode with detailed error pages. Never in production.")
    allowed_hosts: str = Field(
        default="localhost,127.0.0.1,[::1]",
        description="Host names that the service answers to, separated by commas.",
    )
    trusted_proxies: int = Field(
        default=0, ge=0, le=5, description="How many reverse proxies stand in front and set X-Forwarded-* headers."
    )
    web_workers: int = Field(default=2, ge=1, le=64, description="Web server processes.")
    web_threads: int = Field(
        default=2,
        ge=1,
        le=32,
        description="Requests that each web server process works on at a time; each holds a database connection.",
    )
    search_engine: Literal["words", "postgresql"] = Field(
        default="words",
        description=(
            "words: searches are answered by an index in DATA_DIR/search, which this machine keeps and can make anew. "
            "postgresql: by the database alone, slower beyond some ten thousand documents."
        ),
    )
    search_dir: Path | None = Field(
        default=None,
        description=(
            "Folder for the index of words, on this machine's own disk; each machine keeps one of its own. "
            "Empty: DATA_DIR/search."
        ),
    )
    worker_concurrency: int = Field(default=2, ge=1, le=64, description="Background jobs that run side by side.")
    smtp_url: SecretStr = Field(
        default=SecretStr(""),
        description=(
            "Mail server, as smtp://user:password@host:587?tls=starttls or smtps://host. "
            "Empty: mails stay in the outbox page."
        ),
    )
    smtp_ca_file: Path | None = Field(
        default=None,
        description=(
            "File (PEM) with the certificate of the authority that signed the mail server's; needed where the machine "
            "does not trust it already."
        ),
    )
    mail_from: str = Field(default="Grobunn <grobunn@localhost>", description="Sender of the mails.")
    oidc_issuer: str = Field(
        default="", description="Issuer address of an OpenID Connect provider. Empty: no such login."
    )
    oidc_name: str = Field(default="OpenID Connect", description="What the button for that login says.")
    oidc_client_id: str = Field(default="", description="Client id at the provider.")
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), description="Client secret at the provider.")
    meaning: Literal["embedded", "endpoint", "local", "off"] = Field(
        default="embedded",
        description=(
            "What finds ideas said in other words. `embedded`: the model that comes along, on this machine (Linux on "
            "x86-64; elsewhere as `off`). `endpoint`: a service of your choice; the texts of ideas and what people "
            "write while searching are sent to it. `local`: a model in a folder, with sentence-transformers, which you "
            "install. `off`: search compares words alone."
        ),
    )
    meaning_url: str = Field(
        default="",
        description=(
            "With `endpoint`: address of a service with OpenAI's interface for embeddings, up to but without "
            "/embeddings, such as https://models.example.no/v1."
        ),
    )
    meaning_model: str = Field(default="", description="With `endpoint`: the name of the model there.")
    meaning_key: SecretStr = Field(
        default=SecretStr(""), description="With `endpoint`: the key to it, if it wants one."
    )
    meaning_timeout_seconds: float = Field(
        default=0.4,
        gt=0,
        le=10,
        description="With `endpoint`: the longest that somebody who writes waits for it before words alone answer.",
    )
    meaning_folder: Path | None = Field(
        default=None, description="With `local`: the folder of a model for sentence-transformers."
    )
    catalogue_publisher: str = Field(
        default="",
        description=(
            "Name in addresses of the municipality that publishes the library of examples in data catalogues, such as "
            "trondheim. Empty: the one that uses the installation; where several do, the largest stands for them all."
        ),
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="Least severe log line written."
    )
    log_format: Literal["json", "plain"] = Field(default="json", description="JSON lines, or plain text for a person.")
    metrics_networks: str = Field(
        default="127.0.0.0/8,::1",
        description="Addresses or networks that may read /metrics, separated by commas.",
    )

    @field_validator("metrics_networks")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        for network in listed(value):
            ip_network(network)
        return value

    @field_validator("smtp_ca_file", "meaning_folder", "live_port", mode="before")
    @classmethod
    def _is_given(cls, value: object) -> object:
        return None if value == "" else value  # An empty variable names nothing.

    @field_validator("smtp_ca_file")
    @classmethod
    def _holds_certificates(cls, value: Path | None) -> Path | None:
        if value is not None:
            try:
                ssl.create_default_context(cafile=str(value))
            except OSError as error:  # An SSLError too.
                raise ValueError(f"no certificate can be read from {value}") from error
        return value

    @field_validator("meaning_url")
    @classmethod
    def _is_endpoint(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.password):
            raise ValueError("must be an address such as https://models.example.no/v1, without a key in it")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _names_what_meaning_needs(self) -> "Environment":
        if self.meaning == "endpoint" and not (self.meaning_url and self.meaning_model):
            raise ValueError("GROBUNN_MEANING=endpoint needs GROBUNN_MEANING_URL and GROBUNN_MEANING_MODEL")
        if self.meaning == "local" and self.meaning_folder is None:
            raise ValueError("GROBUNN_MEANING=local needs GROBUNN_MEANING_FOLDER")
        return self

    @field_validator("site_url", "live_url")
    @classmethod
    def _is_site_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/")):
            raise ValueError("must be an address without a path, such as https://ideer.example.no")
        return value.rstrip("/")

    @property
    def address(self) -> str:
        """Address people use, without a slash at the end."""
        if self.site_url:
            return self.site_url
        host = {"0.0.0.0": "localhost", "::": "localhost"}.get(self.host, self.host)  # noqa: S104 -- compared only
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def live_port_in_use(self) -> int:
        """The port of the live service; 0 where there is none."""
        return self.port + 1 if self.live_port is None and self.port < 65535 else self.live_port or 0

    @property
    def live_address(self) -> str:
        """Address at which browsers reach the live service, without a slash at the end; "" where there is none."""
        if not self.live_port_in_use or self.live_url:
            return self.live_url if self.live_port_in_use else ""
        parts = urlsplit(self.address)
        # Behind a proxy whoever set it up says where.
        return "" if self.site_url else f"{parts.scheme}://{self.host_name}:{self.live_port_in_use}"

    @property
    def host_name(self) -> str:
        """The host of that address, as it stands in a request."""
        name = urlsplit(self.address).hostname or ""
        return f"[{name}]" if ":" in name else name


def listed(value: str) -> list[str]:
    """The items of a setting that holds several, separated by commas."""
    return [item.strip() for item in value.split(",") if item.strip()]


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The environment, read and checked once for this process."""
    return Environment()
