"""The settings of the processes that face people: where they listen, whom they ask, where they keep their state."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

import persona_configs

Port = Annotated[int, Field(ge=1, le=65535)]
ServiceUrl = Annotated[str, Field(pattern=r"^https?://[^\s/]+(/[^\s]*)?$"), AfterValidator(lambda url: url.rstrip("/"))]
#: Empty where there is none.
PublicUrl = Annotated[
    str, Field(pattern=r"^(https://[^\s/]+(/[^\s]*)?)?$"), AfterValidator(lambda url: url.rstrip("/"))
]

#: Empty where there is none.
RedisUrl = Annotated[str, Field(pattern=r"^(rediss?://[^\s/]+(/\d+)?)?$")]

#: Shorter ones can be tried through.
_TOKEN_MIN_CHARS = 16
_SHIPPED_PERSONAS = Path(persona_configs.__file__).parent


class Settings(BaseSettings):
    """Read once, in `main()`, from the environment as MATINEE_ and the name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="MATINEE_",
        extra="ignore",
        frozen=True,
        use_attribute_docstrings=True,
        hide_input_in_errors=True,  # an address may hold a password
    )

    state_dir: Path = Path(".matinee")
    """Folder of what must outlive a restart on this machine: the secret, the database, logs."""
    personas_dir: Path = _SHIPPED_PERSONAS
    """Folder with one YAML file a persona."""

    gateway_host: str = "127.0.0.1"
    """Address that the gateway listens on; the only one that may be public, behind a proxy that speaks TLS."""
    gateway_port: Port = 8700
    """Port that the gateway listens on."""
    engine_url: ServiceUrl = "http://127.0.0.1:8701"
    """Where the engine is reached."""
    dialogue_url: ServiceUrl = "http://127.0.0.1:8702"
    """Where the dialogue server is reached."""
    actions_url: ServiceUrl = "http://127.0.0.1:8703"
    """Where the action server is reached; it listens on this port."""
    database_url: str = ""
    """SQLAlchemy address of what people told us; empty for SQLite in the state folder."""

    secret: SecretStr | None = None
    """Signs sessions, at least 32 characters; several gateways must share it. Empty: kept in the state folder."""
    session_max_age_s: Annotated[int, Field(ge=60)] = 30 * 24 * 3600
    """A session's life; after it a visitor starts as a new person."""
    api_key: SecretStr | None = None
    """Key with which the terminal chat speaks to a gateway on another machine."""

    redis_url: RedisUrl = ""
    """Redis that gateways and dialogue servers share, as redis://HOST:6379/0; empty for one of each on one machine."""
    rate_limit_storage: str = ""
    """Where turns are counted, if not in MATINEE_REDIS_URL: as redis://HOST:PORT/N. Empty without either: in memory."""
    sessions_per_minute: Annotated[int, Field(ge=1)] = 60
    """New anonymous sessions a minute from one address, so that new sessions are no way round a limit a person."""
    trusted_proxies: str = "127.0.0.1"
    """Addresses whose X-Forwarded-For is believed, separated by commas."""

    dialogue_timeout_s: Annotated[float, Field(gt=0, le=60)] = 12.0
    """Longest wait for the dialogue server; past it the person gets an apology."""
    turns_waiting_max: Annotated[int, Field(ge=1, le=100)] = 5
    """Turns of one conversation that may wait for the one being answered; more are asked to be patient."""
    repeats_kept: Annotated[int, Field(ge=1)] = 10_000
    """Answered turns that are remembered for a repeated Idempotency-Key."""

    telegram_webhook_url: PublicUrl = ""
    """Public https address of this gateway, to which Telegram sends updates; empty: one gateway polls for them."""
    telegram_api_url: ServiceUrl = "https://api.telegram.org"
    """Where Telegram's Bot API is reached; another address for a Bot API server of one's own."""

    metrics_token: SecretStr | None = None
    """Bearer token for the gateway's /metrics, at least 16 characters. Empty: the gateway, being public, shows none."""

    log_format: Literal["auto", "console", "json"] = "auto"
    """`auto` is console on a terminal and JSON elsewhere."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """Lines below this level are left out."""

    @field_validator("metrics_token")
    @classmethod
    def _is_hard_to_guess(cls, token: SecretStr | None) -> SecretStr | None:
        if token is None or not token.get_secret_value():
            return None
        if len(token.get_secret_value()) < _TOKEN_MIN_CHARS:
            raise ValueError(f"is shorter than {_TOKEN_MIN_CHARS} characters; make one with `openssl rand -hex 32`")
        return token

    @property
    def database(self) -> str:
        """The SQLAlchemy address in force."""
        return self.database_url or f"sqlite:///{self.state_dir / 'matinee.db'}"

    @property
    def counts_uri(self) -> str:
        """The store of counts in force."""
        return self.rate_limit_storage or self.redis_url or "memory://"

    @property
    def secret_file(self) -> Path:
        """Where the session secret is kept when `secret` is not set."""
        return self.state_dir / "secret.key"
