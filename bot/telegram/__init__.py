"""Telegram as a channel: one bot a persona, in the gateway.

`bot.telegram.mount` is the door; everything else is loaded with the first bot.
"""

# The gateway mounts this package, which speaks to parts of the gateway: whichever comes first, it begins there.
import bot.gateway  # noqa: F401
