"""Exit code 0 when an address answers with success within the timeout, 1 otherwise: `healthy.py URL`.

The images have no curl, and the dialogue image no package of the app.
"""

import sys
import urllib.error
import urllib.request

TIMEOUT_S = 3.0


def main(arguments: list[str]) -> int:
    """Asks once; prints what was amiss, which `docker inspect` keeps."""
    try:
        with urllib.request.urlopen(arguments[0], timeout=TIMEOUT_S):  # noqa: S310 - an address of our own
            return 0
    except (urllib.error.URLError, OSError) as error:
        print(error)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
