"""The gateway: the only public door. A channel's message goes in, one turn comes out."""

from bot.gateway.app import create_app

__all__ = ["create_app"]
