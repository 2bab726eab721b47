# SPDX-License-Identifier: BSL-1.0
"""The command phono, as the archive uses it."""

import json
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sides import Refusal

REFUSED = 2  # phono's exit status where a file or an option is at fault, not the machine


@dataclass(frozen=True)
class Played:
    report: dict[str, Any]  # what phono's --report says of the file
    cpu_seconds: float


def version(phono: str) -> str:
    return subprocess.run([phono, "--version"], check=True, capture_output=True, text=True).stdout.strip()


def run(command: list[str]) -> Played:
    """Runs phono on one file. A file that it refuses is a Refusal with its message; any other failure ends the program."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [*command, "--report", str(report)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace"
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        sys.stderr.write(done.stderr)
        if done.returncode == REFUSED:
            raise Refusal(done.stderr.strip().removeprefix("phono: "))
        if done.returncode != 0:
            sys.exit(f"{command[0]} ended with status {done.returncode}")
        [file] = json.loads(report.read_text(encoding="utf-8"))["files"]
    return Played(file, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
