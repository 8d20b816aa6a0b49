"""The limits of Telegram's Bot API that this channel keeps, each with its meaning.

From core.telegram.org/bots/api and core.telegram.org/bots/faq.
"""

#: Lengths are in UTF-16 units after HTML entities are read: most emoji count as two.
TEXT_MAX_UNITS = 4096
CAPTION_MAX_UNITS = 1024
#: What a button sends back, in bytes of UTF-8.
CALLBACK_MAX_BYTES = 64
#: The words that float over the chat as the answer to a button.
TOAST_MAX_UNITS = 200
#: The part after `?start=` in a link to the bot; of A-Z a-z 0-9 _ - only.
DEEP_LINK_MAX_CHARS = 64
#: Buttons of a reply keyboard have no limit of their own; past this they are cut off on a phone.
CHIP_MAX_UNITS = 60

#: One message a second in a chat, "short bursts that go over this limit" allowed: a turn's words and three films.
CHAT_EVERY_S = 1.0
CHAT_BURST = 4
#: 20 messages a minute in a group: 5 + 60/4 in any minute.
GROUP_EVERY_S = 4.0
GROUP_BURST = 5
#: 30 messages a second over all chats of a bot: 10 + 20 in any second.
BOT_EVERY_S = 1 / 20
BOT_BURST = 10
#: A longer `retry_after` is not waited for: the person has left, and the message would come out of nowhere.
RETRY_AFTER_MAX_S = 60.0
#: How often one message is tried again after a 429.
RETRIES_AFTER_429 = 3

#: "Typing…" is shown this long after it was asked for, so it is asked for a little more often.
TYPING_SHOWN_S = 5.0
TYPING_EVERY_S = 4.0
#: A button spins in the person's hand until it is answered; past this it is answered without words.
ANSWER_WITHIN_S = 1.0

#: A webhook's secret is 1-256 characters of A-Z a-z 0-9 _ -, and comes back in this header.
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
#: Updates that Telegram delivers at once to a webhook (1-100).
WEBHOOK_CONNECTIONS = 40
#: How long one getUpdates call is held open for news.
POLL_HELD_S = 10
#: The kinds of updates that are asked for. Edits are not among them: an answered message has been answered.
UPDATE_KINDS = ("message", "callback_query")
