"""Runs one command and prints what it took: `python -S benchmarks/timed.py COMMAND ...`.

A process of its own, and a small one: the system counts a parent's memory towards the peak of its child.
"""

import json
import os
import sys
import time


def main() -> None:
    """Print wall and processor seconds, peak megabytes and the exit code, as JSON."""
    begun = time.perf_counter()
    child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
    _, status, used = os.wait4(child, 0)
    found = {"wall": time.perf_counter() - begun, "cpu": used.ru_utime + used.ru_stime}
    print(json.dumps(found | {"peak": used.ru_maxrss / 1024, "code": os.waitstatus_to_exitcode(status)}))


if __name__ == "__main__":
    main()
