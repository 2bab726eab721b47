# SPDX-License-Identifier: BSL-1.0
"""The catalogue of sides, the table of labels, and what they say of how a side is to be played."""

import csv
import json
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

SIDE_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]*(/[A-Za-z0-9_][A-Za-z0-9_.+-]*)*")

# The columns of the catalogue that decide how a side is played. Others, such as a title, may be there and are not looked at.
NEEDED = ("side", "path", "label", "year", "rpm")
OPTIONAL = ("transfer_rpm", "gain", "curve", "sha256")


class TableError(Exception):
    """A table that cannot be used at all: no side could be played by it."""


class Refusal(Exception):
    """Why one side cannot be played. It goes into that side's record, and the others are played."""


@dataclass(frozen=True)
class LabelCurve:
    """A row of the table of labels: the curve of a label's discs of some years and one speed."""

    label: str  # "*" is any
    first: int
    last: int
    rpm: float | None  # None is any
    curve: str
    source: str

    def fits(self, label: str, year: int, rpm: float) -> bool:
        return (
            self.label in ("*", label)
            and self.first <= year <= self.last
            and (self.rpm is None or abs(rpm - self.rpm) <= 0.1 * self.rpm)  # a 78 may have 76.59 or 80
        )


def rows(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a CSV file with their places in it, as text without blanks around it; lines that begin with # are comments."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(line for line in file if not line.startswith("#"))
            missing = [name for name in needed if name not in (reader.fieldnames or [])]
            if missing:
                raise TableError(f"{path}: has no column {', '.join(missing)}; the first line names the columns")
            for number, row in enumerate(reader, start=1):
                yield f"{path}: row {number}", {name: (text or "").strip() for name, text in row.items() if name}
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"{path}: {error}") from error


def read_labels(path: Path) -> list[LabelCurve]:
    """The table of labels, in its order: the first row that fits a side counts."""
    table = []
    for place, row in rows(path, ("label", "first", "last", "rpm", "curve", "source")):
        try:
            rpm = None if row["rpm"] == "*" else float(row["rpm"])
            table.append(LabelCurve(row["label"], int(row["first"]), int(row["last"]), rpm, row["curve"], row["source"]))
        except ValueError as error:
            raise TableError(f"{place}: {error}; years are whole numbers, rpm is a number or *") from error
    return table


def number(side: dict[str, str], column: str) -> float:
    """A finite number: an infinite year would end the planning of all sides."""
    try:
        value = float(side[column])
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Refusal(f"the catalogue's {column} is '{side[column]}', which is not a number")
    return value


def curve_of(side: dict[str, str], labels: list[LabelCurve]) -> tuple[str, str]:
    """The name of the side's curve, and who says so."""
    if side["curve"]:
        return side["curve"], "the catalogue"
    label, year, rpm = side["label"], int(number(side, "year")), number(side, "rpm")
    for row in labels:
        if row.fits(label, year, rpm):
            return row.curve, row.source
    raise Refusal(f"the table of labels has no curve for '{label}' of {year} at {rpm:g} rpm; add a row, or give the side a curve")


def options_of(side: dict[str, str], curve: str) -> list[str]:
    """What `phono equalise` is told of the side."""
    options = ["--curve", curve]
    if side["transfer_rpm"] and number(side, "transfer_rpm") != number(side, "rpm"):
        options += ["--speed", f"{side['rpm']}/{side['transfer_rpm']}"]
    if side["gain"]:
        options += ["--gain", f"{number(side, 'gain'):g}"]
    return options


def task_of(side: dict[str, str], labels: list[LabelCurve], for_all: list[str]) -> str:
    """All that decides how a side is played, with the options that all sides share, as JSON. A change of it plays the side again."""
    try:
        curve, source = curve_of(side, labels)
        how = {"curve": curve, "curve_source": source, "options": options_of(side, curve) + for_all}
    except Refusal as refusal:
        how = {"refused": str(refusal)}
    return json.dumps({"catalogue": side, **how}, ensure_ascii=False)


def read_catalogue(path: Path) -> dict[str, dict[str, str]]:
    """The sides by their names, each with its known columns."""
    sides: dict[str, dict[str, str]] = {}
    for place, row in rows(path, NEEDED):
        name = row["side"]
        if not SIDE_ID.fullmatch(name):
            raise TableError(f"{place}: the side '{name}' is to be a file's name: letters, digits and _ . + - between slashes")
        if name in sides:
            raise TableError(f"{place}: the side '{name}' is there twice; their outputs would overwrite each other")
        sides[name] = {column: row.get(column, "") for column in NEEDED + OPTIONAL}
    return sides
