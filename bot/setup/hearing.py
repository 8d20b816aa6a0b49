"""What the engine would answer to each training example, written before the dialogue model is trained.

`python -m bot.setup.hearing --parser FOLDER --out FILE TEXTS` in the app environment: TEXTS is a JSON list. The trained
parser reads them with the starter films' names, the encoder gives each its meaning: the answers of `/v1/parse`.
"""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from engine.catalogues import gazetteer_of
from engine.heard import heard, meaning_of
from index import IndexingError, load_encoder
from index.sources.starter import JsonLinesFolder
from nlu import Parser


def answers_to(texts: Iterable[str], parser: Parser) -> dict[str, Any]:
    """The engine's answer by text, with the names of the starter films known."""
    gazetteer, encoder = gazetteer_of(tuple(JsonLinesFolder().films())), load_encoder()
    # The time that reading took is no part of what was said, and would make each training another one.
    parses = (parser.parse(text, gazetteer) for text in dict.fromkeys(texts))
    return {parse.text: heard(parse, meaning_of(parse, encoder)) | {"latency_ms": 0.0} for parse in parses}


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 when the answers are written, 1 when the parser, the films or the encoder cannot be read."""
    options = argparse.ArgumentParser(prog="python -m bot.setup.hearing", description=__doc__)
    options.add_argument("--parser", type=Path, required=True, help="the trained parser")
    options.add_argument("--out", type=Path, required=True, help="the file to write")
    options.add_argument("texts", type=Path, help="a JSON list of texts")
    given = options.parse_args(arguments)
    try:
        parser = Parser.load(given.parser)
        told = answers_to(json.loads(given.texts.read_text(encoding="utf-8")), parser)
    except (IndexingError, OSError, ValueError) as error:
        print(f"the examples cannot be read: {error}", file=sys.stderr)
        return 1
    given.out.write_text(json.dumps({"answers": told}, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
