"""Settings of the engine's process, from the environment (prefix MATINEE_)."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

import persona_configs
from engine.logs import LogFormat, LogLevel


class EngineSettings(BaseSettings):
    """Where the engine listens, what it reads and where it keeps what people told it."""

    model_config = SettingsConfigDict(env_prefix="MATINEE_", extra="ignore", use_attribute_docstrings=True)

    state_dir: Path = Path(".matinee")
    """Folder of everything built or kept: indexes, models, the database."""
    personas_dir: Path = Path(persona_configs.__file__).parent
    """Folder of the persona files."""
    engine_host: str = "127.0.0.1"
    """Address to listen on. The engine trusts whoever reaches it: never a public one."""
    engine_port: int = Field(default=8701, ge=1, le=65535)
    """Port to listen on; `matinee up` takes it from MATINEE_ENGINE_URL."""
    database_url: str | None = None
    """SQLAlchemy URL; SQLite in the state folder when not given."""
    threads: int = Field(default=8, ge=1, le=64)
    """Requests answered at the same time; more wait."""
    log_format: LogFormat = "auto"
    """`auto` is console on a terminal and JSON elsewhere."""
    log_level: LogLevel = "info"
    """Lines below this level are left out."""

    @property
    def index_root(self) -> Path:
        return self.state_dir / "index"

    @property
    def parser_folder(self) -> Path:
        return self.state_dir / "models" / "nlu"

    @property
    def resolved_database_url(self) -> str:
        return self.database_url or f"sqlite:///{(self.state_dir / 'matinee.db').resolve()}"
