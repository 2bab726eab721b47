#!/usr/bin/env bash
# libsndfile 1.2.2: an RF64 with a chunk of an odd number of bytes in front of its sound, padded as RIFF wants it, "has no data chunk". The
# same chunks in a WAV are read, so is the RF64 whose chunk is a byte longer, and so is the file by SoX 14.4.2 and ffmpeg 5.1.
#
# Who is hurt: archives, whose files above 4 GiB are RF64 and carry iXML, a text of any length, before the sound (EBU Tech 3306 puts no order).
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

venv/bin/python - << 'source'
import math, struct
samples = b"".join(struct.pack("<h", round(16000 * math.sin(n / 7))) for n in range(48000))

def chunk(name, content):
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)

def write(name, text, long):
    body = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 48000, 96000, 2, 16)) + chunk(b"iXML", text)
    if long:
        data = b"data" + struct.pack("<I", 0xFFFFFFFF) + samples
        riff = 4 + 8 + 28 + len(body) + len(data)
        ds64 = chunk(b"ds64", struct.pack("<QQQI", riff, len(samples), len(samples) // 2, 0))
        head = b"RF64" + struct.pack("<I", 0xFFFFFFFF) + b"WAVE" + ds64
    else:
        data = chunk(b"data", samples)
        head = b"RIFF" + struct.pack("<I", 4 + len(body) + len(data)) + b"WAVE"
    open(name, "wb").write(head + body + data)

write("odd.rf64", b"<BWFXML/>", True)
write("even.rf64", b"<BWFXML/> ", True)
write("odd.wav", b"<BWFXML/>", False)
source

frames() {
    venv/bin/python - "$1" << 'source'
import sys, soundfile
try:
    print("libsndfile", soundfile.__libsndfile_version__, soundfile.info(sys.argv[1]).frames)
except soundfile.LibsndfileError as error:
    print("libsndfile", soundfile.__libsndfile_version__, "refuses:", error.error_string)
source
}
declare -A found
for file in odd.wav even.rf64 odd.rf64; do
    found[$file]=$(frames "$file")
    echo "$file: ${found[$file]}; SoX $(sox "$file" -t s16 - | wc -c) bytes; ffmpeg $(ffmpeg -v error -i "$file" -f s16le - | wc -c) bytes"
    expect "SoX, $file" "$(sox "$file" -t s16 - | wc -c)" 96000
    expect "ffmpeg, $file" "$(ffmpeg -v error -i "$file" -f s16le - | wc -c)" 96000
done
expect odd.wav "${found[odd.wav]}" "libsndfile 1.2.2 48000"
expect even.rf64 "${found[even.rf64]}" "libsndfile 1.2.2 48000"
expect odd.rf64 "${found[odd.rf64]}" "libsndfile 1.2.2 refuses: Error in RF64 file. No 'data' chunk marker."
