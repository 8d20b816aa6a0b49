"""Telegram as a channel: one bot a persona, in the gateway. `mount` is the door; all else is loaded with the first bot."""
