"""A YAML text as plain values, with the line on which each of them stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

#: A place in a document: keys and positions from the root. The line of a key stands at its path plus `KEY`.
Place = tuple[int | str, ...]
Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]
KEY = "[key]"

#: What YAML sees in a date, in "=" and in "<<"; here they are text.
_TEXT_TAGS = {"tag:yaml.org,2002:" + kind for kind in ("timestamp", "value", "merge")}
_PLAIN_TAGS = {"tag:yaml.org,2002:" + kind for kind in ("str", "int", "float", "bool", "null")}


@dataclass(frozen=True, slots=True)
class Document:
    """The `value` of a text, the line (from 1) of every place in it, and what is wrong with the text itself.

    Where a key is repeated, its first value counts. `flaws` are (line, place, problem).
    """

    value: Value
    lines: Mapping[Place, int]
    flaws: tuple[tuple[int, Place, str], ...]

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest place around it that stands in the text; 1 if there is none."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_document(text: str) -> Document:
    """The document in a YAML text. Never raises: a text that is not YAML has no value and one flaw.

    Aliases are refused, because a few of them can stand for more than a machine can hold. Dates are text.
    """
    try:
        loader = yaml.SafeLoader(text)
    except yaml.YAMLError as error:  # characters that YAML does not allow
        return Document(None, {}, ((_line(error, text), (), _problem(error)),))
    try:
        node = loader.get_single_node()
        reader = _Reader(loader)
        value = reader.read(node, ()) if node is not None else None
    except yaml.YAMLError as error:
        return Document(None, {}, ((_line(error, text), (), _problem(error)),))
    except RecursionError:
        return Document(None, {}, ((1, (), "nested too deeply"),))
    finally:
        loader.dispose()
    return Document(value, reader.lines, tuple(reader.flaws))


@dataclass(slots=True)
class _Reader:
    loader: yaml.SafeLoader
    lines: dict[Place, int] = field(default_factory=dict)
    flaws: list[tuple[int, Place, str]] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def read(self, node: yaml.Node, place: Place) -> Value:
        line = node.start_mark.line + 1
        self.lines[place] = line
        if id(node) in self.seen:
            self.flaws.append((line, place, "an alias (*name) is not read here"))
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*place, at)) for at, item in enumerate(node.value)]
        return self._scalar(node, place)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.flaws.append((line, place, "a key is not a plain word"))
                continue
            key = str(key_node.value)
            if key in found:
                first = self.lines[(*place, key, KEY)]
                self.flaws.append((line, (*place, key), f"this key stands on line {first} already"))
                continue
            self.lines[(*place, key, KEY)] = line
            found[key] = self.read(value_node, (*place, key))
            if isinstance(value_node, yaml.ScalarNode):
                # An empty value starts where the next token does; its key is where a reader looks.
                self.lines[(*place, key)] = line
        return found

    def _scalar(self, node: yaml.Node, place: Place) -> Value:
        if node.tag not in _PLAIN_TAGS:
            if node.tag not in _TEXT_TAGS:
                self.flaws.append((node.start_mark.line + 1, place, f"the tag {node.tag} is not read here"))
            return str(node.value)
        try:
            value: Value = self.loader.construct_object(node)
        except ValueError:
            return str(node.value)
        return value


def _line(error: yaml.YAMLError, text: str) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        return int(mark.line) + 1
    return text.count("\n", 0, getattr(error, "position", 0)) + 1


def _problem(error: yaml.YAMLError) -> str:
    # Never str(error): it quotes the line, and the line may hold a token.
    if isinstance(error, yaml.reader.ReaderError):
        return f"character U+{int(error.character):04X} is not allowed in YAML"
    return "not YAML: " + (getattr(error, "problem", None) or "cannot be read")
