"""Tests that run in the dialogue environment, by unittest alone."""
