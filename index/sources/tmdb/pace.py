"""How fast requests may follow each other, for all threads together."""

import threading
import time
from collections.abc import Callable


class Pace:
    """Gives each request its moment: `per_s` of them a second at most, and none before a pause is over.

    `clock` gives seconds that only rise, `sleep` waits.
    """

    def __init__(
        self, per_s: float, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._step_s = 1.0 / per_s
        self._clock, self._sleep = clock, sleep
        self._next_s = clock()
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Returns when the next request may be sent."""
        with self._lock:
            now = self._clock()
            moment = max(now, self._next_s)
            self._next_s = moment + self._step_s
        if moment > now:
            self._sleep(moment - now)

    def hold(self, pause_s: float) -> None:
        """Lets no request through for so long, as the other side asked."""
        with self._lock:
            self._next_s = max(self._next_s, self._clock() + pause_s)
