"""The standing frame of a conversation, and how a message changes it."""

from dataclasses import fields, replace

from nlu.frame import Frame, Range, Wishes, Words, Years
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
    way round. Languages, countries, ranges, a certification, an order, `like` and `rest` are replaced where the change
    has them, tone axis by axis, roles person by person. What the change takes back (`drops`) goes first. A stretch of
    years that is wanted is no longer refused, and one that is refused no longer wanted. Nothing comes in that neither
    frame holds; the same change twice changes nothing more."""
    standing = _dropped(standing, change.drops)
    wants, avoids = {}, {}
    for name in (part.name for part in fields(Wishes)):
        new, refused = getattr(change.wants, name), getattr(change.avoids, name)
        old = () if new and name in _REPLACED else getattr(standing.wants, name)
        if name == "visual":
            old = tuple(word for word in old if word in new or _OPPOSITE.get(word) not in new)
        wants[name] = _without(_joined(old, new), refused)
        avoids[name] = _joined(_without(getattr(standing.avoids, name), _without(new, refused)), refused)
    wants["moods"] = tuple(mood for mood in wants["moods"] if mood not in _taken_back(change))
    roles = standing.roles | change.roles
    for name in (*change.wants.people, *change.avoids.people):
        if name not in change.roles:
            roles.pop(name, None)
    unlike = _joined(_without(standing.unlike, _without(change.like, change.unlike)), change.unlike)
    return Frame(
        wants=Wishes(**wants),
        avoids=Wishes(**avoids),
        like=_without(change.like or standing.like, change.unlike),
        unlike=unlike,
        year=_given(change.year, _kept_years(standing.year, change.not_years)),
        runtime_min=_given(change.runtime_min, standing.runtime_min),
        certification_max=change.certification_max or standing.certification_max,
        tone={**standing.tone, **change.tone},
        rest=change.rest or standing.rest,
        not_years=(
            *(
                years
                for years in standing.not_years
                if years not in change.not_years and not _meets(years, change.year)
            ),
            *change.not_years,
        ),
        roles={name: role for name, role in roles.items() if name in (*wants["people"], *avoids["people"])},
        sort=change.sort or standing.sort,
    )


def _dropped(standing: Frame, drops: Words) -> Frame:
    """The frame without what stands in the named fields; "people" are those wanted."""
    for drop in drops:
        part, _, name = drop.rpartition(".")
        match drop:
            case "people":
                standing = replace(standing, wants=replace(standing.wants, people=()))
            case "wants.languages":
                # "Any language" lets English back in, and "any country" Hollywood.
                standing = replace(standing, avoids=replace(standing.avoids, languages=()))
            case "wants.countries":
                standing = replace(standing, avoids=replace(standing.avoids, countries=()))
            case "year":
                standing = replace(standing, not_years=())
        if part:
            standing = replace(standing, wants=replace(standing.wants, **{name: ()}))
        elif drop != "people":
            standing = replace(standing, **{drop: getattr(_NOTHING, drop)})
    return standing


def _kept_years(year: Range, refused: tuple[Years, ...]) -> Range:
    """The wanted years, none where all of them are refused."""
    low, high = year
    within = low is not None and high is not None and any(first <= low and high <= last for first, last in refused)
    return (None, None) if within else year


def _meets(years: Years, wanted: Range) -> bool:
    """Whether a stretch of refused years reaches into the wanted ones, where both of their ends are known."""
    low, high = wanted
    return low is not None and high is not None and years[0] <= high and low <= years[1]


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


#: What every field is when nothing is asked.
_NOTHING = Frame()


def is_empty(frame: Frame) -> bool:
    """Whether the frame asks for nothing at all."""
    return frame == Frame()


def _joined(old: Words, new: Words) -> Words:
    return tuple(dict.fromkeys((*old, *new)))


def _without(words: Words, refused: Words) -> Words:
    return tuple(word for word in words if word not in refused)


def _given(new: Range, old: Range) -> Range:
    return old if new == (None, None) else new
