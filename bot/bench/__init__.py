"""Benches of the running stack."""
