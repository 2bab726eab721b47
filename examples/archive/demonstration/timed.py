# SPDX-License-Identifier: BSL-1.0
"""Runs a command and writes the seconds that it and all its processes took: timed.py FILE.json COMMAND..."""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

started = time.monotonic()
status = subprocess.run(sys.argv[2:]).returncode
wall = time.monotonic() - started
used = resource.getrusage(resource.RUSAGE_CHILDREN)
Path(sys.argv[1]).write_text(json.dumps({"wall": round(wall, 3), "cpu": round(used.ru_utime + used.ru_stime, 3)}) + "\n")
sys.exit(status)
