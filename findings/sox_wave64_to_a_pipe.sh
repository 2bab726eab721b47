#!/usr/bin/env bash
# SoX 14.4.2 (Debian 12): Wave64 written to a pipe has its header three times: twice at the beginning, and, since a pipe does not let SoX go
# back to put the lengths in, once more behind the sound. The chunk `data` of the first says 23 bytes, less than a head of 24 can have. SoX
# itself and libsndfile 1.2.2 read the file without a word, the further headers as sound: 104 bytes are no multiple of a stereo frame of 24
# bits, so that all of the recording is noise near full scale. The file on disk is right.
# ffmpeg 5.1 refuses it, and so does phono.
#
# Who is hurt: whoever pipes a transfer of more than 4 GiB as Wave64, because a WAV cannot hold it.
# Fails if that changes.
set -euo pipefail

expect() { [ "$2" = "$3" ] || { echo "$1: $2, not $3" >&2; exit 1; }; }
expect sox "$(sox --version | grep -o "14[.0-9]*" | head -1)" 14.4.2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check soundfile==0.13.1 numpy==2.0.2

sox -R -n -r 48000 -c 2 -b 24 tone.wav synth 1 sine 1000 gain -6
sox -R tone.wav disk.w64
sox -R tone.wav -t w64 - | cat > pipe.w64

of() {
    sox "$1" -t f64 read.f64
    venv/bin/python - "$1" << 'source'
import sys, numpy, soundfile
sox = numpy.fromfile("read.f64").reshape(-1, 2)
samples, _ = soundfile.read(sys.argv[1])
print("; ".join(f"{name} {len(x)} frames, peak {numpy.abs(x).max():.2f}"
                for name, x in (("sox", sox), ("libsndfile " + soundfile.__libsndfile_version__, samples))))
source
}
disk=$(of disk.w64)
pipe=$(of pipe.w64)
said=$(od -A n -t u8 -j 96 -N 8 pipe.w64 | tr -d ' ')
echo "on disk: $disk"
echo "by pipe: $pipe; its data says $said bytes"
expect "on disk" "$disk" "sox 48000 frames, peak 0.50; libsndfile 1.2.2 48000 frames, peak 0.50"
expect "by pipe" "$pipe" "sox 48034 frames, peak 1.00; libsndfile 1.2.2 48034 frames, peak 1.00"
expect "its data" "$said" 23
expect headers "$(grep -a -b -o riff pipe.w64 | cut -d : -f 1 | xargs)" "0 104 288208"
