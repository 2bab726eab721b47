# SPDX-License-Identifier: BSL-1.0
"""Compares the files with the records: are all sounds there, with the size and the checksum that were recorded?

Snakemake looks at the records alone. With --forget, the record of a side whose sound or transfer is not what the record says is removed,
and the next run plays that side again. With --forget-refused, so are the records of refused sides, for a new phono to try.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from files import described
from records import read_record, record_path
from sides import TableError, read_catalogue


def fault_of(file: dict[str, Any], quick: bool) -> str | None:
    path = Path(file["path"])
    if not path.is_file():
        return f"{path}: is missing"
    if path.stat().st_size != file["bytes"]:
        return f"{path}: has {path.stat().st_size} bytes, recorded were {file['bytes']}"
    if not quick and described(path)["sha256"] != file["sha256"]:
        return f"{path}: has another SHA-256 than was recorded"
    return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("catalogue", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--quick", action="store_true", help="look at the sizes only")
    parser.add_argument("--forget", action="store_true", help="remove the records that are not true any more")
    parser.add_argument("--forget-refused", action="store_true", help="remove the records of sides that were refused")
    given = parser.parse_args()

    looked_at = wrong = 0
    for side in read_catalogue(given.catalogue):
        path = record_path(given.output, side)
        record = read_record(path)
        if record is None:
            continue
        if record["status"] == "refused":
            if given.forget_refused:
                path.unlink()
            continue
        looked_at += 1
        faults = [fault for of in ("input", "output") if (fault := fault_of(record[of], given.quick))]
        if not faults:
            continue
        wrong += 1
        print("\n".join(faults))
        if given.forget:
            path.unlink()
    print(f"{looked_at} sides looked at, {wrong} not as recorded{' and forgotten' if given.forget and wrong else ''}")
    return 1 if wrong and not given.forget else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except TableError as error:
        sys.exit(f"audit: {error}")
