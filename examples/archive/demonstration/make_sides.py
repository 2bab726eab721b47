# SPDX-License-Identifier: BSL-1.0
"""Makes short sides with sox, and their catalogue: make_sides.py FOLDER COUNT SECONDS. Some have faults, which faults.csv tells."""

import csv
import subprocess
import sys
from pathlib import Path

LABELS = [
    ("Columbia", 1950, "33.33"),
    ("RCA Victor", 1953, "33.33"),
    ("Decca", 1951, "78"),
    ("Capitol", 1952, "33.33"),
    ("Verve", 1959, "33.33"),
]

# In every hundred sides, these have a fault; the word stands in phono's or the archive's message.
FAULTS = {3: "truncated", 11: "silent", 18: "table of labels", 27: "no such file", 35: "clipped", 43: "SHA-256"}


def sound(path: Path, seconds: int, hertz: float, level: str) -> None:
    subprocess.run(
        ["sox", "-V1", "-n", "-r", "44100", "-b", "24", "-c", "2", str(path)]
        + ["synth", str(seconds), "sine", f"{hertz}", "sine", f"{hertz * 1.5}", "gain", level],
        check=True,
    )


def side(folder: Path, index: int, seconds: int) -> dict[str, str | int]:
    label, year, rpm = LABELS[index % len(LABELS)]
    name = f"box{index // 100:02}/side{index:04}"
    path = folder / f"{name}.wav"
    path.parent.mkdir(parents=True, exist_ok=True)
    row: dict[str, str | int] = {"side": name, "path": f"{name}.wav", "label": label, "year": year, "rpm": rpm, "gain": -3}
    if label == "Decca":
        row |= {"rpm": "78.26", "transfer_rpm": "78"}

    fault = FAULTS.get(index % 100)
    sound(path, seconds, 200.0 + 7 * index, "-120" if fault == "silent" else "-24")
    match fault:
        case "truncated":
            with path.open("r+b") as file:
                file.truncate(path.stat().st_size * 2 // 3)
        case "table of labels":
            row["label"] = "Colombia"
        case "no such file":
            path.unlink()
        case "clipped":
            row["gain"] = 40
        case "SHA-256":
            row["sha256"] = "0" * 64
    return row


def main() -> None:
    folder, count, seconds = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    with (folder / "catalogue.csv").open("w", newline="") as file:
        table = csv.DictWriter(file, ["side", "path", "label", "year", "rpm", "transfer_rpm", "gain", "sha256"])
        table.writeheader()
        for index in range(count):
            table.writerow(side(folder / "transfers", index, seconds))
    with (folder / "faults.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["side", "word"])
        table.writerows(
            [f"box{index // 100:02}/side{index:04}", FAULTS[index % 100]] for index in range(count) if index % 100 in FAULTS
        )


if __name__ == "__main__":
    main()
