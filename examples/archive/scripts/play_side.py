# SPDX-License-Identifier: BSL-1.0
"""Plays one side with phono and writes its record.

A side that is refused, by phono or by what the archive knows of it, has a record that says why, and no sound. The exit status is 0 then
too, so that the other sides go on. Another status means that the machine failed (a full disk, a killed process): the side has no record
and is played again by the next run.
"""

import argparse
import json
import os
import socket
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import phono
from files import described, write_whole
from sides import Refusal


def command_line() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Plays one side and writes its record.")
    parser.add_argument("task", type=json.loads, help="what sides.task_of says of the side")
    parser.add_argument("--phono", required=True, help="the command phono")
    parser.add_argument("--transfers", required=True, type=Path, help="the folder of the catalogue's paths")
    parser.add_argument("--sound", required=True, type=Path, help="the file to write")
    parser.add_argument("--record", required=True, type=Path, help="the JSON file to write")
    parser.add_argument("--silent-below", type=float, default=-70.0, metavar="DBFS", help="a lower peak is refused")
    return parser.parse_args()


def stamp(path: Path) -> tuple[int, int]:
    facts = path.stat()
    return facts.st_size, facts.st_mtime_ns


def check_level(report: dict[str, Any], silent_below: float) -> None:
    highest = max((peak for peak in report["peak_dbfs"] if peak is not None), default=float("-inf"))
    if report["clipped"] > 0:
        raise Refusal(f"{report['clipped']} samples were clipped; give the side a lower gain")
    if highest < silent_below:
        raise Refusal(f"the side is silent: its peak of {highest:.1f} dBFS is below {silent_below:g} dBFS")


def play(given: argparse.Namespace, record: dict[str, Any]) -> None:
    """Fills in the record while the side is played, so that a refusal leaves what was known by then."""
    task = given.task
    if "refused" in task:
        raise Refusal(task["refused"])
    flat = Path(os.path.abspath(given.transfers / task["catalogue"]["path"]))
    if not flat.is_file():
        raise Refusal(f"{flat}: there is no such file")

    before = stamp(flat)
    record["input"] = described(flat)
    announced = task["catalogue"]["sha256"].lower()
    if announced and announced != record["input"]["sha256"]:
        raise Refusal(f"{flat}: the catalogue has the SHA-256 {announced}, but the file's is {record['input']['sha256']}")

    given.sound.parent.mkdir(parents=True, exist_ok=True)
    # One thread: it is the engine that keeps the cores busy, with many sides.
    record["command"] = [given.phono, "equalise", str(flat), str(given.sound), *task["options"], "--jobs", "1"]
    played = phono.run(record["command"])
    record["report"], record["phono_cpu_seconds"] = played.report, round(played.cpu_seconds, 4)
    check_level(played.report, given.silent_below)
    if stamp(flat) != before:
        raise Refusal(f"{flat}: was changed while it was played; play it again when it is complete")
    record["output"] = described(given.sound)


def main() -> None:
    given = command_line()
    given.sound = Path(os.path.abspath(given.sound))
    given.sound.unlink(missing_ok=True)  # a sound without a record would be one that nobody vouches for
    record: dict[str, Any] = {"side": given.task["catalogue"]["side"], "status": "done", **given.task, "phono": phono.version(given.phono)}
    started = time.monotonic()
    try:
        play(given, record)
    except Refusal as refusal:
        record.update(status="refused", refused=str(refusal))
        given.sound.unlink(missing_ok=True)
    used = time.process_time()
    record.update(
        host=socket.gethostname(),
        finished=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        seconds=round(time.monotonic() - started, 4),
        script_cpu_seconds=round(used, 4),
    )
    write_whole(given.record, json.dumps(record, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
