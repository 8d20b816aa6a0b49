"""Topics: what the plots of a catalogue are about, learned without labels."""

from index.topics.naming import name_words
from index.topics.show import topics_table
from index.topics.topics import PLOTS_LEAST, TopicReport, Topics, number_of_topics

__all__ = ["PLOTS_LEAST", "TopicReport", "Topics", "name_words", "number_of_topics", "topics_table"]
