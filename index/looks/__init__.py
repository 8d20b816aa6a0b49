"""What posters look like, in figures."""

from index.looks.pixels import Looks, measure, measure_file

__all__ = ["Looks", "measure", "measure_file"]
