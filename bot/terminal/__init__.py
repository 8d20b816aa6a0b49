"""The terminal as a channel: a chat for people, and lines of JSON for machines."""

from bot.terminal.chat import run_chat

__all__ = ["run_chat"]
