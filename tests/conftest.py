"""How the suite is dealt out to several processes."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow files first, then folders, which share what is dear to make; nights of chaos fill up the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: (_is_chaos(item), item.path not in slow))
    for item in items:
        if not _is_chaos(item) and item.get_closest_marker("xdist_group") is None:
            together = item.path if item.path in slow else item.path.parent
            item.add_marker(pytest.mark.xdist_group(str(together.relative_to(item.config.rootpath))))


def _is_chaos(item: pytest.Item) -> bool:
    return item.get_closest_marker("chaos") is not None
