#!/usr/bin/env bash
# arecord of alsa-utils 1.2.8 (Debian 12), -f S24_LE: the WAV has 24 bits per sample in blocks of four bytes, as the device hands them over,
# with the samples at the lower end. The format has them at the upper end, and no program here reads what was recorded:
#   SoX 14.4.2       takes three bytes for a sample: 4/3 as many, noise near full scale
#   ffmpeg 5.1       takes them for floating-point numbers of 24 bits (pcm_f24le): samples that are not a number
#   libsndfile 1.2.2 takes the upper end: 48.2 dB too low
# Each without a word. arecord -f S24_3LE, the packed format, is read by all of them as it was recorded.
#
# Who is hurt: whoever digitises records on a small Linux machine whose converter offers S24_LE alone or first.
# ALSA's file plugin plays the device here: a sine at half of full scale, 1 kHz. Fails if any of that changes.
set -euo pipefail

expect() { [ "$2" = "$3" ] || { echo "$1: $2, not $3" >&2; exit 1; }; }
expect arecord "$(arecord --version | grep -o "1[.0-9]*")" 1.2.8
expect sox "$(sox --version | grep -o "14[.0-9]*" | head -1)" 14.4.2
expect ffmpeg "$(ffmpeg -version | grep -o -m 1 'version [0-9]*\.[0-9]*' | head -1)" "version 5.1"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check soundfile==0.13.1 numpy==2.0.2

python3 - << 'source'
import math, struct
sine = [round(0.5 * 0x7fffff * math.sin(2 * math.pi * 1000 * n / 48000)) for n in range(24000)]
open("low.raw", "wb").write(b"".join(struct.pack("<i", x) for x in sine))
open("packed.raw", "wb").write(b"".join(struct.pack("<i", x)[:3] for x in sine))
source
cp /usr/share/alsa/alsa.conf alsa.conf
for name in low packed; do
    echo "pcm.$name { type file slave.pcm null file /dev/null infile $name.raw format raw }" >> alsa.conf
done
export ALSA_CONFIG_PATH=$PWD/alsa.conf
arecord -q -D low -f S24_LE -c 1 -r 48000 -s 24000 low.wav
arecord -q -D packed -f S24_3LE -c 1 -r 48000 -s 24000 packed.wav

peaks() {
    sox "$1" -t f64 sox.f64
    ffmpeg -v error -y -i "$1" -f f64le ffmpeg.f64
    venv/bin/python - "$1" << 'source'
import sys, numpy, soundfile
read = {name: numpy.fromfile(name + ".f64") for name in ("sox", "ffmpeg")}
read["libsndfile " + soundfile.__libsndfile_version__], _ = soundfile.read(sys.argv[1])
print("; ".join(f"{name} {len(x)} samples, peak {numpy.abs(x).max():.3f}" for name, x in read.items()))
source
}
head=$(od -A n -t u2 -j 32 -N 4 low.wav | tr -s ' ')
low=$(peaks low.wav)
packed=$(peaks packed.wav)
echo "S24_LE: bytes in a block and bits$head"
echo "S24_LE: $low"
echo "S24_3LE: $packed"
expect head "$head" " 4 24"
expect S24_LE "$low" "sox 32000 samples, peak 0.984; ffmpeg 24000 samples, peak nan; libsndfile 1.2.2 24000 samples, peak 0.002"
expect S24_3LE "$packed" "sox 24000 samples, peak 0.500; ffmpeg 24000 samples, peak 0.500; libsndfile 1.2.2 24000 samples, peak 0.500"
