"""Hold the coverage of a run against its limits: `whole`, `gate`, or `show FOLDER`; ends with 1 where it is too low.

`.ci/gate` names the files of the gate; every line and every branch of them must be run.
"""

import json
import subprocess
import sys
from pathlib import Path

WHOLE = {"lines": 95.0, "branches": 90.0}
GATE = Path(__file__).with_name("gate")
PACKAGE = "jobcenter_mentor"


def report(*options: str) -> dict:
    """Return coverage's own report of the run as a dictionary."""
    told = subprocess.run(
        [sys.executable, "-m", "coverage", "json", "--quiet", "--ignore-errors", "-o", "-", *options],
        capture_output=True, text=True, check=True,
    )
    return json.loads(told.stdout)


def shares(totals: dict) -> dict[str, float]:
    """Return the parts of the lines and of the branches that were run, in per cent."""
    parts = {
        "lines": (totals["covered_lines"], totals["num_statements"]),
        "branches": (totals["covered_branches"], totals["num_branches"]),
    }
    return {name: 100.0 * run / all_ if all_ else 100.0 for name, (run, all_) in parts.items()}


def listed(key: str) -> str:
    """Return what `.ci/gate` says under a key, with commas."""
    lines = (line.partition(": ") for line in GATE.read_text(encoding="utf-8").splitlines())
    return ",".join(f"{PACKAGE}/{part}" for name, _, said in lines if name == key for part in said.split())


def gaps(found: dict) -> list[str]:
    """Name every line and branch that was not run."""
    return [
        f"{path}: " + " ".join(
            [*map(str, one["missing_lines"]), *(f"{a}->{'exit' if b < 0 else b}" for a, b in one["missing_branches"])]
        )
        for path, one in found["files"].items()
        if one["missing_lines"] or one["missing_branches"]
    ]


def main(what: str, folder: str = "") -> int:
    """Print the shares and say whether they are high enough."""
    options = {
        "whole": (),
        "gate": (f"--include={listed('code')}", f"--omit={listed('without')}"),
        "show": (f"--include={PACKAGE}/{folder}/*",),
    }[what]
    found = report(*options)
    run = shares(found["totals"])
    print(", ".join(f"{name} {share:.2f} %" for name, share in run.items()))
    if what == "whole":
        return int(any(run[name] < least for name, least in WHOLE.items()))
    print("\n".join(gaps(found)))
    return int(what == "gate" and bool(gaps(found)))


sys.exit(main(*sys.argv[1:]))
