"""Which picture stands over a film: one that Telegram has already, the poster, or a drawn title card."""

import asyncio
from collections import OrderedDict
from concurrent.futures import Executor
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.telegram.titlecard import draw_title_card
from engine.wire import Card

#: Pictures of one bot whose ids at Telegram are remembered; an id works for this bot alone, and for good.
_KEPT = 5000


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as Telegram takes it: bytes to upload, or a text that is an address or an id of a file it has."""

    content: bytes | str
    key: str
    """Names the picture where its id is remembered."""
    is_drawn: bool = False


class Pictures:
    """The pictures of one bot. Drawing is done by `drawers`, off the event loop."""

    def __init__(self, drawers: Executor, *, kept: int = _KEPT) -> None:
        self._drawers = drawers
        self._kept = kept
        self._ids: OrderedDict[str, str] = OrderedDict()

    async def of(self, card: Card) -> Picture:
        """The picture to show: a poster by https where there is one, else drawn."""
        if card.poster_url and urlsplit(card.poster_url).scheme == "https":
            key = f"{card.movie_id}\0{card.poster_url}"
            return Picture(self._known(key) or card.poster_url, key)
        return await self.drawn(card)

    async def drawn(self, card: Card) -> Picture:
        """The title card, drawn unless Telegram has it."""
        key = card.movie_id
        if (known := self._known(key)) is not None:
            return Picture(known, key, is_drawn=True)
        content = await asyncio.get_running_loop().run_in_executor(self._drawers, draw_title_card, card)
        return Picture(content, key, is_drawn=True)

    def remember(self, picture: Picture, file_id: str) -> None:
        """Telegram has this picture by now, under this id."""
        self._ids[picture.key] = file_id
        self._ids.move_to_end(picture.key)
        while len(self._ids) > self._kept:
            self._ids.popitem(last=False)

    def forget(self, picture: Picture) -> None:
        """Telegram would not show this picture."""
        self._ids.pop(picture.key, None)

    def _known(self, key: str) -> str | None:
        return self._ids.get(key)
