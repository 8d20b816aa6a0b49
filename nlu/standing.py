"""The standing frame of a conversation, and how a message changes it."""

from dataclasses import fields

from nlu.frame import Frame, Range, Wishes, Words
from persona_configs.vocabulary import axes, moods

#: Looks that exclude each other: asking for one takes the other back.
_OPPOSITE = {
    "bright": "dark",
    "dark": "bright",
    "colourful": "muted",
    "muted": "colourful",
    "warm": "cool",
    "cool": "warm",
}
#: A film has few of these, so that a new wish replaces the old one instead of joining it.
_REPLACED = frozenset({"languages", "countries"})


def refine(standing: Frame, change: Frame) -> Frame:
    """The standing frame with a change: new wishes join, and what is newly wanted is no longer avoided, and the other
    way round. Languages, countries, ranges, a certification, `like` and `rest` are replaced where the change has them,
    tone axis by axis. Nothing comes in that neither frame holds; the same change twice changes nothing more."""
    wants, avoids = {}, {}
    for name in (part.name for part in fields(Wishes)):
        new, refused = getattr(change.wants, name), getattr(change.avoids, name)
        old = () if new and name in _REPLACED else getattr(standing.wants, name)
        if name == "visual":
            old = tuple(word for word in old if word in new or _OPPOSITE.get(word) not in new)
        wants[name] = _without(_joined(old, new), refused)
        avoids[name] = _joined(_without(getattr(standing.avoids, name), _without(new, refused)), refused)
    wants["moods"] = tuple(mood for mood in wants["moods"] if mood not in _taken_back(change))
    unlike = _joined(_without(standing.unlike, _without(change.like, change.unlike)), change.unlike)
    return Frame(
        wants=Wishes(**wants),
        avoids=Wishes(**avoids),
        like=_without(change.like or standing.like, change.unlike),
        unlike=unlike,
        year=_given(change.year, standing.year),
        runtime_min=_given(change.runtime_min, standing.runtime_min),
        certification_max=change.certification_max or standing.certification_max,
        tone={**standing.tone, **change.tone},
        rest=change.rest or standing.rest,
    )


def _taken_back(change: Frame) -> frozenset[str]:
    """The moods that a shift speaks against: after "less scary", `scary` is no wish any more."""
    return frozenset(
        name
        for axis, shift in change.tone.items()
        for name, mood in moods().items()
        if axis in axes()
        and name not in change.wants.moods
        and set(mood.spoken).intersection(axes()[axis].less if shift.direction > 0 else axes()[axis].more)
    )


def is_empty(frame: Frame) -> bool:
    """Whether the frame asks for nothing at all."""
    return frame == Frame()


def _joined(old: Words, new: Words) -> Words:
    return tuple(dict.fromkeys((*old, *new)))


def _without(words: Words, refused: Words) -> Words:
    return tuple(word for word in words if word not in refused)


def _given(new: Range, old: Range) -> Range:
    return old if new == (None, None) else new
