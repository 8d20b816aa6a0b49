"""Real small servers of tests, and how they are served."""

from tests.peers.serving import free_port, serving

__all__ = ["free_port", "serving"]
