"""Browseren til testene: Debian's Chromium against the made-up municipality, served as `make run` serves it."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.databases import free_port

READY_WITHIN = 120
"""Seconds from start to log-in, the making of the municipality included."""


@pytest.fixture(scope="session")
def demo_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a fresh made-up municipality from a process of its own and return its address."""
    with served(tmp_path_factory.mktemp("demo")) as address:
        yield address


@pytest.fixture(scope="session")
def today_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the municipality of 2026, as `demo --year 2026` does."""
    with served(tmp_path_factory.mktemp("today"), "--year", "2026") as address:
        yield address


@contextmanager
def served(folder: Path, *options: str) -> Iterator[str]:
    """Run the command demo with options until the caller is done."""
    port = free_port()
    address, log = f"http://127.0.0.1:{port}", folder / "server.log"
    command = [Path(sys.executable).with_name("jobcenter-mentor"), "demo", "--port", str(port), *options]
    settings = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "WORKING_DATE"}}
    with log.open("w") as output:
        server = subprocess.Popen(
            command, env=settings | {"DEMO_FOLDER": str(folder)}, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        wait_until_ready(address, server, log)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_until_ready(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers; fail with what it wrote when it ends or takes too long."""
    deadline = time.monotonic() + READY_WITHIN
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except URLError:
            time.sleep(0.1)
    pytest.fail(f"The demo did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once."""
    program = shutil.which("chromium")
    if program is None:
        pytest.fail("The browser tests need Chromium: apt-get install chromium (as root); `make test` does it.")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, demo_address: str) -> Iterator[Page]:
    """Open a page in a fresh browser profile; addresses in the test begin with a slash."""
    context = browser.new_context(base_url=demo_address, locale="da-DK", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(45_000)
    yield context.new_page()
    context.close()
