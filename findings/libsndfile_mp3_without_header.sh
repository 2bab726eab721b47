#!/usr/bin/env bash
# libsndfile 1.2.2 (mpg123 inside): of an MP3 of variable bit rate without a Xing header, as an encoder leaves it that writes to a pipe, it
# estimates the length from the first frame's bit rate and plays no further: here a third of the recording, without an error. ffmpeg 5.1
# plays the same file whole, and libsndfile the same sound where the encoder could go back to write its header.
#
# Who is hurt: whoever reads listeners' or radio stations' MP3s with libsndfile, or with what is built on it (python-soundfile, librosa).
# phono counts the frames itself.
# Fails if that changes.
set -euo pipefail

expect() { [ "$2" = "$3" ] || { echo "$1: $2, not $3" >&2; exit 1; }; }
expect ffmpeg "$(ffmpeg -version | grep -o -m 1 'version [0-9]*\.[0-9]*' | head -1)" "version 5.1"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check soundfile==0.13.1 numpy==2.0.2

# Silence first, then noise: the first frame is small, or large, and none of the others like it.
ffmpeg -v error -f lavfi -i "anoisesrc=color=white:seed=1:duration=20:sample_rate=44100,volume='if(lt(t,2),0.001,0.5)':eval=frame" -c:a pcm_s16le in.wav
ffmpeg -v error -i in.wav -q:a 4 -f mp3 - | cat > pipe.mp3
ffmpeg -v error -i in.wav -q:a 4 file.mp3
frames() { venv/bin/python -c "import soundfile, sys; print(len(soundfile.read(sys.argv[1])[0]))" "$1"; }
by_ffmpeg() { ffmpeg -v error -i "$1" -f s16le - | wc -c | awk '{ print $1 / 2 }'; }
version=$(venv/bin/python -c "import soundfile; print(soundfile.__libsndfile_version__)")
pipe="$(frames pipe.mp3) of $(by_ffmpeg pipe.mp3)"
file="$(frames file.mp3) of $(by_ffmpeg file.mp3)"
echo "libsndfile $version, frames: $pipe written to a pipe, $file written to a file"
expect libsndfile "$version" 1.2.2
expect "to a pipe" "$pipe" "287547 of 883584"
expect "to a file" "$file" "882000 of 882000"
