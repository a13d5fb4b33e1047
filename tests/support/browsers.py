"""One browser for the test files that look at pages: with its first tab, a start takes 2 s of processor time.

tests/conftest.py runs these files one after the other in one process, and ends the browser after the last of them:
while it runs, no other file could run an event loop in that process.
"""

import contextlib
import shutil

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
#: The options for a start as root, without a screen, and without connections to its maker.
FLAGS = ["no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-sync"]

_closing = contextlib.ExitStack()
_browser: Browser | None = None


@pytest.fixture(scope="module")
def browser() -> Browser:
    global _browser
    if _browser is None:
        playwright = _closing.enter_context(sync_playwright())
        _browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[f"--{flag}" for flag in FLAGS])
        _closing.callback(_browser.close)
    return _browser


def end() -> None:
    """End it, if it runs."""
    global _browser
    _closing.close()
    _browser = None
