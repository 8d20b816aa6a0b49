"""The problems that this API answers with: where their `type` leads."""

from fastapi import APIRouter

from bot.gateway.problems import Problem, ProblemKind
from engine.wire import Wire

router = APIRouter(prefix="/problems", tags=["problems"])


class ProblemDoc(Wire):
    """One kind of problem and what to do about it."""

    type: str
    title: str
    status: int
    remedy: str


def _doc(kind: ProblemKind) -> ProblemDoc:
    return ProblemDoc(type=kind.type, title=kind.title, status=kind.status, remedy=kind.remedy)


@router.get("", summary="All kinds of problems")
async def problems() -> list[ProblemDoc]:
    """The closed set, which only grows."""
    return [_doc(kind) for kind in ProblemKind]


@router.get("/{slug}", summary="One kind of problem")
async def one_problem(slug: str) -> ProblemDoc:
    """What a problem's `type` leads to."""
    for kind in ProblemKind:
        if kind.type == f"/problems/{slug}":
            return _doc(kind)
    raise Problem(ProblemKind.NOT_FOUND)
