"""Settings of the engine's process, from the environment (prefix MATINEE_)."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

import persona_configs
from engine.logs import LogFormat, LogLevel
from index.stores import FAISS, StoreOf, store_of


def _checked(setting: str) -> str:
    store_of(setting)
    return setting


class EngineSettings(BaseSettings):
    """Where the engine listens, what it reads and where it keeps what people told it."""

    model_config = SettingsConfigDict(
        env_prefix="MATINEE_", extra="ignore", use_attribute_docstrings=True, hide_input_in_errors=True
    )

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
    vector_store: Annotated[str, AfterValidator(_checked)] = FAISS
    """Where vectors are searched: `faiss` in the engine, or `milvus+http://HOST:19530`, which engines share."""
    vector_store_token: SecretStr = SecretStr("")
    """USER:PASSWORD of that Milvus, where it asks for one."""
    threads: int = Field(default=8, ge=1, le=64)
    """Requests answered at the same time; more wait."""
    log_format: LogFormat = "auto"
    """`auto` is console on a terminal and JSON elsewhere."""
    log_level: LogLevel = "info"
    """Lines below this level are left out."""

    @property
    def store_of(self) -> StoreOf:
        """What gives an artefact the store that its vectors are searched in."""
        return store_of(self.vector_store, token=self.vector_store_token.get_secret_value())

    @property
    def index_root(self) -> Path:
        return self.state_dir / "index"

    @property
    def parser_folder(self) -> Path:
        return self.state_dir / "models" / "nlu"

    @property
    def resolved_database_url(self) -> str:
        return self.database_url or f"sqlite:///{(self.state_dir / 'matinee.db').resolve()}"
