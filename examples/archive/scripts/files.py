# SPDX-License-Identifier: BSL-1.0
"""Checksums, and files that appear only when they are whole."""

import hashlib
import os
from pathlib import Path
from typing import TypedDict


class Described(TypedDict):
    path: str
    bytes: int
    sha256: str


def described(path: Path) -> Described:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return {"path": str(path), "bytes": os.fstat(file.fileno()).st_size, "sha256": digest}


def write_whole(path: Path, text: str) -> None:
    """Writes a file so that, whenever the machine stops, it is either there as a whole or not at all."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def checksum_line(path: str, sha256: str) -> str:
    """A line for `sha256sum --check`, which marks names with line breaks or backslashes by a leading backslash."""
    escaped = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return f"{'' if escaped == path else chr(92)}{sha256}  {escaped}\n"
