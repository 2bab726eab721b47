#!/usr/bin/env bash
# g++ 12.2.0 (Debian 12): a structure of two vectors of 32 bytes is copied and cleared by instructions on 64 bytes where the target has AVX-512 and
# the tuning is generic. That is what -march=native gives on processors that are newer than the compiler: of an Emerald Rapids (2023) it makes
# -march=icelake-client -mtune=generic. Tuned for Ice Lake or Haswell the same source is copied by 32 bytes.
#
# Who is hurt: audio and other kernels that compute four doubles at once on purpose. On that processor each instruction on 64 bytes among those
# on 32 took some 25 cycles more, and a circuit with one of them a sample 1.5 times its time; no profile shows them, since the cost lies on
# what is computed beside them. -mmove-max=256 -mstore-max=256 or copies member by member avoid it. Here the machine code is looked at: times
# depend on the processor.
# Fails if that changes.
set -euo pipefail

version=$(g++ -dumpfullversion)
[ "$version" = 12.2.0 ] || { echo "for g++ 12.2.0; here is $version" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/copies.cpp" << 'source'
typedef double four __attribute__((vector_size(32)));
struct pair {
    four grid, plate;
};
void copy(const pair& from, pair& to) { to = from; }
void clear(pair& to) { to = pair{}; }
source

wide() { g++ -std=c++20 -O3 -march=icelake-client "$@" -S -o - "$work/copies.cpp" | grep -c zmm || true; }

generic=$(wide -mtune=generic)
tuned=$(wide -mtune=icelake-client)
narrow=$(wide -mtune=generic -mmove-max=256 -mstore-max=256)
echo "g++ $version, AVX-512: $generic instructions on 64 bytes tuned for no processor, $tuned tuned for Ice Lake, $narrow with -mmove-max=256"
[ "$generic" -gt 0 ] && [ "$tuned" -eq 0 ] && [ "$narrow" -eq 0 ]
