#!/usr/bin/env bash
# libsndfile 1.2.2 and SoX 14.4.2 (through libsndfile) take floating-point samples of a Wave64 with WAVEFORMATEXTENSIBLE for integers of 32
# bits: noise above half of full scale in place of a sine at an eighth, without a word. ffmpeg 5.1 writes such files by itself
# (-c:a pcm_f32le, here at 96 kHz) and reads them back. In a WAV all three read the same format right.
#
# Who is hurt: whoever keeps float transfers above 4 GiB as Wave64. phono writes them in the plain form.
# Fails if that changes.
set -euo pipefail

expect() { [ "$2" = "$3" ] || { echo "$1: $2, not $3" >&2; exit 1; }; }
expect sox "$(sox --version | grep -o "14[.0-9]*" | head -1)" 14.4.2
expect ffmpeg "$(ffmpeg -version | grep -o -m 1 'version [0-9]*\.[0-9]*' | head -1)" "version 5.1"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check soundfile==0.13.1 numpy==2.0.2

for kind in wav w64; do
    ffmpeg -v error -f lavfi -i "sine=frequency=1000:sample_rate=96000:duration=1" -c:a pcm_f32le "tone.$kind"
    sox "tone.$kind" -t f64 sox.f64
    ffmpeg -v error -y -i "tone.$kind" -f f64le ffmpeg.f64
    said=$(venv/bin/python - "tone.$kind" << 'source'
import sys, numpy, soundfile
read = {name: numpy.fromfile(name + ".f64") for name in ("sox", "ffmpeg")}
read["libsndfile " + soundfile.__libsndfile_version__], _ = soundfile.read(sys.argv[1])
print(", ".join(f"{name} peak {numpy.abs(x).max():.3f}" for name, x in read.items()))
source
)
    echo "$kind, format tag $(od -A n -t x2 -j $([ $kind = wav ] && echo 20 || echo 64) -N 2 tone.$kind | tr -d ' '): $said"
    [ $kind = wav ] && in_wav=$said || in_wave64=$said
done
expect WAV "$in_wav" "sox peak 0.125, ffmpeg peak 0.125, libsndfile 1.2.2 peak 0.125"
expect Wave64 "$in_wave64" "sox peak 0.531, ffmpeg peak 0.125, libsndfile 1.2.2 peak 0.531"
