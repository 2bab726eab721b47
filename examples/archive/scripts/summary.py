# SPDX-License-Identifier: BSL-1.0
"""Counts the sides, and lists those that were refused and the checksums of the others."""

import argparse
import csv
import io
import json
from pathlib import Path
from typing import Any

from files import checksum_line, write_whole
from records import read_record, record_path
from sides import read_catalogue


def failed_csv(refused: list[dict[str, Any]]) -> str:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["side", "path", "label", "year", "message"])
    for record in refused:
        side = record["catalogue"]
        table.writerow([side["side"], side["path"], side["label"], side["year"], record["refused"]])
    return text.getvalue()


def checksums(records: list[dict[str, Any]], of: str) -> str:
    return "".join(checksum_line(record[of]["path"], record[of]["sha256"]) for record in records)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("catalogue", type=Path)
    parser.add_argument("output", type=Path)
    given = parser.parse_args()

    catalogue = read_catalogue(given.catalogue)
    found = [read_record(record_path(given.output, side)) for side in catalogue]
    records = [record for record in found if record is not None]
    done = [record for record in records if record["status"] == "done"]
    refused = [record for record in records if record["status"] == "refused"]

    given.output.mkdir(parents=True, exist_ok=True)
    write_whole(given.output / "failed.csv", failed_csv(refused))
    write_whole(given.output / "sound.sha256", checksums(done, "output"))
    write_whole(given.output / "transfers.sha256", checksums(done, "input"))
    counts = {"sides": len(catalogue), "done": len(done), "refused": len(refused), "missing": len(catalogue) - len(records)}
    write_whole(given.output / "summary.json", json.dumps(counts, indent=2) + "\n")
    print(f"{counts['done']} of {counts['sides']} sides done, {counts['refused']} refused (failed.csv), {counts['missing']} still to do")


if __name__ == "__main__":
    main()
