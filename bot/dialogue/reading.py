"""Reads messages with a trained model: `python reading.py --model FILE --messages FILE --out FILE`, for benches.

The messages are {"texts": [text], "answers": {text: answer}}; the answers are the engine's, {} where it is to be taken
for down. Out come {"ranking": [[[intent, confidence], …] by text], "ms": [milliseconds by text]}.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

from environment import enter_project


def main(argv: list[str] | None = None) -> None:
    """Writes what the model makes of each message, fallback left out."""
    parser = argparse.ArgumentParser(description="Reads messages with a trained model.")
    for name in ("model", "messages", "out"):
        parser.add_argument(f"--{name}", required=True, type=Path)
    options = parser.parse_args(argv)
    paths = {name: path.resolve() for name, path in vars(options).items()}
    said = json.loads(paths["messages"].read_text(encoding="utf-8"))
    enter_project()
    rankings, times = rankings_of(paths["model"], said["texts"], said["answers"])
    paths["out"].write_text(json.dumps({"ranking": rankings, "ms": times}), encoding="utf-8")


def rankings_of(model: Path, texts: list[str], answers: dict[str, Any]) -> tuple[list[Any], list[float]]:
    """(intent, confidence) of all intents by text, likeliest first, and the milliseconds that each text took."""
    # Imported late: what Rasa imports reads the environment that was just set.
    from components.heard import HEARD
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import UserMessage
    from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
    from rasa.shared.nlu.constants import INTENT_RANKING_KEY

    processor: Any = Agent.load(str(model)).processor
    target = processor.model_metadata.nlu_target
    rankings, times = [], []
    for text in texts:
        message = UserMessage(text, metadata={HEARD: answers[text]} if text in answers else {})
        started = time.perf_counter()
        inputs: dict[str, Any] = {PLACEHOLDER_MESSAGE: [message], PLACEHOLDER_TRACKER: None}
        (read,) = processor.graph_runner.run(inputs=inputs, targets=[target])[target]
        times.append(round((time.perf_counter() - started) * 1000, 3))
        ranking = [(one["name"], one["confidence"]) for one in read.get(INTENT_RANKING_KEY)]
        rankings.append([one for one in ranking if one[0] != "nlu_fallback"])
    return rankings, times


if __name__ == "__main__":
    main()
