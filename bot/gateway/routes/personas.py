"""The public face of each persona."""

from fastapi import APIRouter, Request

from bot.gateway.admission import Parts
from bot.gateway.origins import refuse_strange_page
from engine.wire import Theme
from persona_configs import Persona, Phrase, say
from persona_configs.phrases import labels

router = APIRouter(prefix="/v1/personas", tags=["personas"])


def theme(persona: Persona) -> Theme:
    """What channels may know of a persona: names, words to open with, looks; never its limits, keys or tokens."""
    return Theme(
        name=persona.name,
        display_name=persona.display_name,
        tagline=persona.tagline,
        about=persona.about,
        locale=persona.locale,
        starters=persona.starters,
        welcome=say(persona, Phrase.WELCOME, seed=persona.name),
        look=persona.look.model_dump(),
        strings=dict(labels(persona)),
    )


@router.get("", summary="List the personas")
async def personas(parts: Parts) -> list[Theme]:
    """All personas, by name."""
    return [theme(persona) for _, persona in sorted(parts.personas.items())]


@router.get("/{name}", summary="One persona")
async def one_persona(name: str, request: Request, parts: Parts) -> Theme:
    """How the persona introduces itself and looks."""
    persona = parts.callers.persona(name)
    refuse_strange_page(request, persona)
    return theme(persona)
