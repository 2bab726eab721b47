# SPDX-License-Identifier: BSL-1.0
"""Where the records of the sides are, and what they say."""

import json
from pathlib import Path
from typing import Any


def record_path(output: Path, side: str) -> Path:
    return output / "records" / f"{side}.json"


def read_record(path: Path) -> dict[str, Any] | None:
    """The record, or None where there is none yet."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
