# SPDX-License-Identifier: BSL-1.0
"""Puts what was measured into one JSON file: costs.py FOLDER GROUP, where FOLDER has the outputs and times that `run` left."""

import json
import os
import platform
import sys
from pathlib import Path
from typing import Any


def json_of(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def records(output: Path) -> list[dict[str, Any]]:
    return [json_of(path) for path in sorted((output / "records").rglob("*.json"))]


def total(of: list[dict[str, Any]], key: str) -> float:
    return sum(record.get(key, 0.0) for record in of)


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def main() -> None:
    folder, group = Path(sys.argv[1]), int(sys.argv[2])
    local, cluster = records(folder / "local"), records(folder / "slurm")
    long, local_time = json_of(folder / "long.json"), json_of(folder / "local.time")
    empty, cluster_time = json_of(folder / "empty.time"), json_of(folder / "slurm.time")
    daemons = json_of(folder / "daemons.json")
    inside = [float(line) for line in (folder / "jobs.seconds").read_text().split()]

    snakemake = local_time["cpu"] - total(local, "phono_cpu_seconds") - total(local, "script_cpu_seconds")
    measured = {
        "machine": f"{processor()}, {os.cpu_count()} cores",
        "snakemake": json_of(folder / "versions.json"),
        "short": {
            "what": "10 s, 44.1 kHz, 24 bit, stereo",
            "sides": len(local),
            "phono_cpu": total(local, "phono_cpu_seconds") / len(local),
            "script_cpu": total(local, "script_cpu_seconds") / len(local),
            "snakemake_cpu": snakemake / len(local),
            "wall": local_time["wall"] / len(local),
        },
        "long": {
            "what": "120 s, 96 kHz, 24 bit, stereo",
            "bytes": long["input"]["bytes"],
            "phono_cpu": long["phono_cpu_seconds"],
            "script_cpu": long["script_cpu_seconds"],
        },
        "slurm": {
            "sides": len(cluster),
            "group": group,
            "jobs": len(inside),
            "wall": cluster_time["wall"],
            "empty_job_wall": empty["wall"] / daemons["jobs"],
            "empty_job_cpu": (empty["cpu"] + daemons["cpu"]) / daemons["jobs"],
            "job_wall": sum(inside) / len(inside),
            "sides_wall": total(cluster, "seconds") / len(inside),
        },
    }
    print(json.dumps(measured, indent=2))


if __name__ == "__main__":
    main()
