"""Personas: a client's bot as one YAML file, and the words it says."""

from persona_configs.faults import Fault, PersonaError
from persona_configs.load import load_persona, load_personas
from persona_configs.phrases import Phrase, say
from persona_configs.schema import Persona

__all__ = ["Fault", "Persona", "PersonaError", "Phrase", "load_persona", "load_personas", "say"]
