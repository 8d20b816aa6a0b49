"""What posters look like: figures of their pixels, styles and vectors, and what is kept of them beside the films."""

from index.looks.kept import KeptVectors, read_vectors
from index.looks.pixels import Looks, measure, measure_file
from index.looks.styles import Style, Styles, read_styles

__all__ = ["KeptVectors", "Looks", "Style", "Styles", "measure", "measure_file", "read_styles", "read_vectors"]
