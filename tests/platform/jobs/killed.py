"""A worker in a process of its own that can be killed, with leases and rounds short enough to wait for."""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from jobcenter_mentor.app import create_app
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.jobs import nightly, queue, service, worker
from jobcenter_mentor.platform.jobs.queue import JobResult, Progress
from tests.databases import a_config_with_queue

LEASE = timedelta(seconds=2)


def slow(arguments: dict[str, Any], _actor: Actor, progress: Progress) -> JobResult:
    """Say which process does it, and take as long as nobody has made the file."""
    progress(1, 2)
    Path(arguments["begun"]).write_text(str(os.getpid()), encoding="utf-8")
    while not Path(arguments["go"]).exists():
        time.sleep(0.05)
    return JobResult("Færdig.")


if __name__ == "__main__":
    service.LEASE = nightly.LEASE = LEASE
    service.UNDERWAY = timedelta(0)
    worker.ROUND = 0.3
    app = create_app(a_config_with_queue(sys.argv[1], Path(sys.argv[2])))
    queue.TASKS["slow"] = slow
    app.extensions["nightly"] = ()
    worker.run(app)
