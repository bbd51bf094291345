"""Agreements to begin with: the one that `smarketing init` writes, and one that uses every part."""

from pathlib import Path

TO_BEGIN_WITH = Path(__file__).parent / "agreement.yml"
EVERYTHING = Path(__file__).parent / "everything.yml"
