# SPDX-License-Identifier: BSL-1.0
"""What a whole archive would cost, from the figures that `run` measured."""

import argparse
import json
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("measured", type=Path, nargs="?", default=Path(__file__).parents[1] / "measured.json")
    parser.add_argument("--sides", type=int, default=100_000)
    parser.add_argument("--minutes", type=float, default=20.0, help="of each side, at 96 kHz and 24 bit in stereo")
    parser.add_argument("--group", type=int, default=50, help="sides in a cluster job")
    parser.add_argument("--cores", type=int, default=64)
    given = parser.parse_args()

    measured = json.loads(given.measured.read_text(encoding="utf-8"))
    short, long, slurm = measured["short"], measured["long"], measured["slurm"]
    stretch = given.minutes * 60 / 120  # a side as many times as long as the measured one
    phono, sums = long["phono_cpu"] * stretch, long["script_cpu"] * stretch
    starting = max(0.0, slurm["job_wall"] - slurm["sides_wall"])  # what a cluster job takes beside its sides
    waiting = slurm["empty_job_wall"]
    scheduling = starting / given.group
    hours = given.sides * (phono + sums + scheduling) / 3600

    print(f"measured on {measured['machine']}, Snakemake {measured['snakemake']}")
    print(f"a short side ({short['what']}), seconds of processor time:")
    print(f"  phono {short['phono_cpu']:.3f}, checksums and record {short['script_cpu']:.3f}, Snakemake {short['snakemake_cpu']:.3f}")
    print(f"a long side ({long['what']}): phono {long['phono_cpu']:.2f}, checksums and record {long['script_cpu']:.2f}")
    print(f"a cluster job of {slurm['group']} sides: {starting:.1f} s beside its sides; an empty one waits {waiting:.2f} s for Slurm,")
    print(f"  which takes {slurm['empty_job_cpu']:.3f} s of processor time itself")
    print(f"{given.sides:,} sides of {given.minutes:g} minutes, 96 kHz, 24 bit, stereo, {given.group} to a cluster job:")
    print(f"  a side: phono {phono:.1f} s, checksums and record {sums:.1f} s, Snakemake and Slurm {scheduling:.2f} s")
    print(f"  all: {hours:,.0f} hours of processor time, {hours / given.cores:,.1f} hours on {given.cores} cores")
    terabytes = given.sides * long["bytes"] * stretch / 1e12
    megabytes_per_second = 2 * terabytes * 1e6 / (hours / given.cores * 3600)
    print(f"  {terabytes:,.1f} TB to read and as much to write; for these hours {megabytes_per_second:,.0f} MB/s")


if __name__ == "__main__":
    main()
