"""The nginx configurations as shipped, with addresses and ports of this machine in place of the containers'."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

DOCKER = Path(__file__).parents[2] / "docker"
#: One line of an upstream: the service, its port in the containers, and how its failures count.
_SERVER = re.compile(r"^ *server (?P<service>[a-z]+)(?P<more>-replica)?:(?P<port>\d+) resolve (?P<rest>.*);\n", re.M)


def configuration(name: str, *, upstreams: Mapping[str, Sequence[int]], listen: Mapping[int, int]) -> str:
    """`docker/NAME` with `upstreams` (service → ports on the loopback) and `listen` (shipped port → port here).

    Fails where the file names a service or listens on a port that is not given: nothing is left as it was.
    """
    text = (DOCKER / name).read_text(encoding="utf-8")

    def servers(found: re.Match[str]) -> str:
        if found["more"]:
            return ""
        return "".join(f"server 127.0.0.1:{port} {found['rest']};\n" for port in upstreams[found["service"]])

    text = _SERVER.sub(servers, text)
    text = re.sub(r"listen (\d+);", lambda found: f"listen 127.0.0.1:{listen[int(found[1])]};", text)
    assert not re.search(r"\bresolve\b", re.sub(r"#.*", "", text)), "an upstream has another form than the test knows"
    return text
