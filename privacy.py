"""How personal values are treated in whatever leaves the working file (ruling 34): one key, one hash.

The same address gets the same hash in every table, report and notification of one project folder, and in no
other's: the key is made at random and kept among the secrets.
"""

import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import settings
from errors import UsageProblem
from project import Project

if TYPE_CHECKING:
    from agreement.model import Treatment

KEY_BYTES = 32
BLOCK_BYTES = 64
SHORTEST_KEY = 16


def treatment_key(project: Project) -> bytes:
    """The key of `hash`: the setting `PRIVACY__HASH_KEY`, else `.smarketing/privacy.key`, made when needed.

    Raises:
        UsageProblem: the key is shorter than 16 bytes. A short key can be guessed, and with it the addresses.
    """
    configured = settings.load(project).privacy.hash_key
    if configured is not None:
        key, origin = configured.get_secret_value().encode(), "PRIVACY__HASH_KEY"
    else:
        file = project.state_dir / "privacy.key"
        key, origin = _read_or_make(file), str(file)
    if len(key) < SHORTEST_KEY:
        raise UsageProblem(
            f"The hash key in {origin} has fewer than {SHORTEST_KEY} bytes. Use a long random one."
        )
    return key


def pseudonym(value: str, key: bytes) -> str:
    """HMAC-SHA-256 of the trimmed lower-case `value`, as 64 hexadecimal digits."""
    return hmac.new(key, value.strip().lower().encode(), hashlib.sha256).hexdigest()


def hash_blocks(key: bytes) -> dict[str, bytes]:
    """The blocks that HMAC-SHA-256 makes of its key, `inner` and `outer`, for an engine that hashes."""
    block = (key if len(key) <= BLOCK_BYTES else hashlib.sha256(key).digest()).ljust(BLOCK_BYTES, b"\0")
    return {
        "inner": bytes(byte ^ 0x36 for byte in block),
        "outer": bytes(byte ^ 0x5C for byte in block),
    }


def treated(value: str | None, treatment: "Treatment", key: bytes) -> str | None:
    """`value` as it may be shown: kept, hashed or dropped. Nothing and the empty string stay nothing."""
    if not value or treatment == "drop":
        return None
    return value if treatment == "keep" else pseudonym(value, key)


def _read_or_make(file: Path) -> bytes:
    if not file.exists():
        _make(file)
    return file.read_bytes()


def _make(file: Path) -> None:
    """Write a whole key under another name and link it in: two first runs at once agree on one key."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix="privacy.key.")  # 0600 from the start
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(secrets.token_hex(KEY_BYTES).encode())
            out.flush()
            os.fsync(out.fileno())
        file.hardlink_to(temporary)
    except FileExistsError:
        return
    finally:
        temporary.unlink()
