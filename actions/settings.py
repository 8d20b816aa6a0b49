"""Settings of the action server, from the environment."""

from typing import Literal
from urllib.parse import urlsplit

from pydantic import field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Built once in `main()`. Every field is the variable MATINEE_ and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="MATINEE_", frozen=True, use_attribute_docstrings=True)

    engine_url: str = "http://127.0.0.1:8701"
    """Where the engine listens."""
    actions_url: str = "http://127.0.0.1:8703"
    """Where this server is reached; it listens on the port."""
    actions_host: str = "127.0.0.1"
    """The interface it listens on. Never a public one: whoever reaches it speaks for every person."""
    log_format: Literal["auto", "console", "json"] = "auto"
    """`auto` is console on a terminal and JSON elsewhere."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """Lines below this level are left out."""

    @field_validator("engine_url", "actions_url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{url!r} is no http address, as http://127.0.0.1:8701 is")
        return url.rstrip("/")

    @property
    def port(self) -> int:
        parts = urlsplit(self.actions_url)
        return parts.port or (443 if parts.scheme == "https" else 80)
