"""What can go wrong on the way to a chat, translated once from the library's errors.

TelegramFault
 ├─ ChatClosed   the person blocked the bot, left, or the chat is gone: nothing more is to be sent
 └─ NotTaken     Telegram did not take a message
"""


class TelegramFault(Exception):
    """A message did not reach a chat. The text never holds the token or what was said."""


class ChatClosed(TelegramFault):
    """Nothing can be sent to this chat any more."""


class NotTaken(TelegramFault):
    """Telegram refused the message, or did not answer in time."""
