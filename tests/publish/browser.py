"""Headless Chromium without a network, for tests of the page."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """Where the browser is. Without one a laptop skips, loudly, and CI fails."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found:
        return found
    if os.environ.get("CI") == "true":
        pytest.fail("CI has no Chromium: the report was not looked at.")
    pytest.skip("There is no Chromium here: THE REPORT WAS NOT LOOKED AT. Install the package `chromium`.")


@contextmanager
def browsing() -> Iterator["Browser"]:
    """A browser for the block."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Visit:
    """A page opened from disk; `complaints` are what the console says, page errors, tries to reach out."""

    page: "Page"
    complaints: list[str] = field(default_factory=list)


@contextmanager
def visiting(browser: "Browser", file: Path, width: int, height: int) -> Iterator[Visit]:
    """Open `file` in a window of that size. Everything but the file itself is refused, and noted."""
    context = browser.new_context(viewport={"width": width, "height": height})
    visit = Visit(context.new_page())

    def refuse(route: "Route") -> None:
        if route.request.url.split("#")[0] == file.as_uri():
            route.continue_()
        else:
            visit.complaints.append(f"reached for {route.request.url}")
            route.abort()

    context.route("**/*", refuse)
    visit.page.on("console", lambda said: visit.complaints.append(f"{said.type}: {said.text}"))
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    visit.page.goto(file.as_uri())
    try:
        yield visit
    finally:
        context.close()
