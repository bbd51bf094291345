"""Where Arrow takes its memory from, which is settled once and for all when it is first imported.

Its own pool keeps for each of many threads what none of them needs: 50 MB in a sync, no faster for it.
"""

import os

os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
