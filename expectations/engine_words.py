"""What an engine said of a check that could not be made, as it may be published: without anybody's values.

"Could not convert string 'jane@example.com' to INT32" quotes a person; "column "x" does not exist" does not.
"""

import re

QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
OF_NAMES = ("Binder Error", "Catalog Error", "Parser Error", "does not exist")


def sayable(message: str) -> str:
    """The first line of `message`; what is quoted in it is left out, unless it can be names alone."""
    line = message.strip().partition("\n")[0]
    return line if any(sign in line for sign in OF_NAMES) else QUOTED.sub("'…'", line)
