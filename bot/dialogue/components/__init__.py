"""Rasa components of this project: what reads a message beside Rasa's own."""
