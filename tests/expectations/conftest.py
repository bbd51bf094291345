"""What the tests of this room share."""

from pathlib import Path

import pytest

from tests.expectations.company import Company


@pytest.fixture
def company(tmp_path: Path) -> Company:
    """A project folder with nothing in its warehouse yet."""
    return Company(tmp_path)
