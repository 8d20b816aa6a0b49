"""Words that stress the grammar: wishes of every kind, operators, names, marks."""

WORDS = (
    "horror", "comedies", "romantic", "zombies", "feel-good", "bright", "sad", "funny", "violent", "animated",
    "musicals",
    "dark", "scary", "bleak", "weird", "slow", "cosy", "epic", "tense", "war", "love", "christmas", "dogs", "space",
    "no", "not", "without", "but", "and", "or", ",", ".", "too", "very", "less", "more", "a bit", "way", "like", "seen",
    "Inception", "Up", "it", "Tom Hanks", "Tarantino", "the second one", "both", "that one", "five films", "90s",
    "before",
    "1970", "older", "under two hours", "90 minutes", "for my kid", "6-year-old", "PG", "in French", "korean", "oscar",
    "😂", "🚫", "👻", "anything but", "not only", "instead of", "something", "ones", "please", "zorgle", "don't", "\"",
)  # fmt: skip
