"""`python -m actions`: the action server."""

import sys

from pydantic import ValidationError

from actions.server import serve
from actions.settings import Settings


def main() -> int:
    """Serves until told to stop; 2 when the settings are wrong, with every fault on standard error."""
    try:
        settings = Settings()
    except ValidationError as error:
        for fault in error.errors():
            field = "_".join(map(str, fault["loc"])).upper()
            sys.stderr.write(f"MATINEE_{field}: {fault['msg']}\n")
        return 2
    serve(settings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
