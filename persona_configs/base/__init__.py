"""The words every persona falls back to, and the template a new one starts from."""
