"""The widget's files and the demo page, as they lie in `bot/widget/`."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

import bot

_WIDGET = Path(bot.__file__).parent / "widget"


class _WidgetFiles(StaticFiles):
    """Files that any site may load, and that a browser asks about again, so that a new release is seen at once."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response


def mount_pages(app: FastAPI, *, folder: Path = _WIDGET) -> None:
    """Serves the folder at /widget/ and its index.html at / as well."""

    @app.get("/", include_in_schema=False)
    async def demo() -> Response:
        return _page(folder / "index.html")

    @app.get("/favicon.ico", include_in_schema=False)
    async def icon() -> Response:
        return _page(folder / "favicon.svg")

    app.mount("/widget", _WidgetFiles(directory=folder, html=True, check_dir=False))


def _page(path: Path) -> Response:
    if not path.is_file():
        raise HTTPException(404)
    return FileResponse(path, headers={"Cache-Control": "no-cache"})
