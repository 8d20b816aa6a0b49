"""The action server's goals: each reads one turn, asks the engine, and passes its answer on with slot events.

`python -m actions` serves them. The goals know no words and rank nothing; both are the engine's.
"""
