"""Reviews: how warmly a film was received, from the texts that viewers wrote."""

from index.reviews.reviews_file import Reading, ReviewsFile, read_reviews
from index.reviews.rows import ReviewRow, ReviewsError, review_rows
from index.reviews.sentiment import review_score, sentences, whole_compound
from index.reviews.shrinking import Tally, shrunk

__all__ = [
    "Reading",
    "ReviewRow",
    "ReviewsError",
    "ReviewsFile",
    "Tally",
    "read_reviews",
    "review_rows",
    "review_score",
    "sentences",
    "shrunk",
    "whole_compound",
]
