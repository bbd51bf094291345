"""The sandbox in a process of its own: `python -m sandbox --contacts 50000 --port 0 --unlimited`.

The first line on standard output tells the address and the token.
"""

import argparse

from sandbox.limits import UNLIMITED, Quota
from sandbox.server import serve


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--contacts", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--unlimited", action="store_true", help="without HubSpot's request limits")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds that every answer waits")
    asked = parser.parse_args()
    serve(
        asked.contacts,
        asked.seed,
        asked.port,
        announce=lambda line: print(line, flush=True),  # noqa: T201
        limits=UNLIMITED if asked.unlimited else Quota(),
        latency=asked.latency,
    )


if __name__ == "__main__":
    main()
