"""Messages to people outside: written with the change they tell of, sealed until they are sent, carried by the outbox."""

from marketplace.base.messages.letters import letter
from marketplace.base.messages.message import Channel, Message, NotDelivered, Refused
from marketplace.base.messages.posting import TOPIC, carry, erase_stale, post
from marketplace.base.messages.sending import ChannelClosed, Sender, is_open, sender_for

__all__ = [
    "TOPIC",
    "Channel",
    "ChannelClosed",
    "Message",
    "NotDelivered",
    "Refused",
    "Sender",
    "carry",
    "erase_stale",
    "is_open",
    "letter",
    "post",
    "sender_for",
]
