# SPDX-License-Identifier: BSL-1.0
"""Are exactly the sides with faults in failed.csv, each with the right reason? check_faults.py FAULTS.csv CATALOGUE.csv FAILED.csv"""

import csv
import sys
from pathlib import Path


def column(path: str, name: str) -> dict[str, str]:
    with Path(path).open(newline="") as file:
        return {row["side"]: row[name] for row in csv.DictReader(file)}


faults, catalogue, failed = column(sys.argv[1], "word"), column(sys.argv[2], "path"), column(sys.argv[3], "message")
expected = {side: word for side, word in faults.items() if side in catalogue}
wrong = [side for side in expected.keys() | failed.keys() if expected.get(side, "nothing") not in failed.get(side, "")]
for side in sorted(wrong):
    print(f"{side}: expected {expected.get(side, 'nothing')}, but got: {failed.get(side, 'nothing')}")
print(f"{len(failed)} sides refused; {len(expected) - len(wrong)} of the {len(expected)} faults made are among them, each with its reason")
sys.exit(1 if wrong or failed.keys() != expected.keys() else 0)
