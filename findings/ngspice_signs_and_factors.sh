#!/usr/bin/env bash
# ngspice 39 (Debian 12): further expressions and values that other programs read otherwise:
#   {20+-2^2}      24: behind an operator a sign is bound more strongly than the power, {-2^2+20} is 16
#   {10mil}        0.01: within braces mil is m; as a bare value 10mil is 254u
#   POLY(1) in 0 5   a constant of 5 and a gain of 0; SPICE2 read a single coefficient as the gain
#   R1 in out 1k scale=2   2 kOhm, a setting that LTspice has not
#
# Who is hurt: who carries a netlist from one program to another, where nothing is said.
# phono refuses what these programs read in different ways, and says what to write.
# Fails if that changes.
set -euo pipefail

expect() { [ "$2" = "$3" ] || { echo "$1: $2, not $3" >&2; exit 1; }; }
expect ngspice "$(ngspice --version | grep -o -m 1 'ngspice-[0-9]*')" ngspice-39

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > all.cir << 'netlist'
signs, factors and polynomials
V1 in 0 DC 1
VB behind 0 {20+-2^2}
VF first 0 {-2^2+20}
VM mil 0 {10mil}
VW bare 0 10mil
E1 poly 0 POLY(1) in 0 5
E2 gain 0 POLY(1) in 0 0 5
R1 in half 1k scale=2
R2 half 0 2k
.control
op
print v(behind) v(first) v(mil) v(bare) v(poly) v(gain) v(half)
alter V1 dc = 2
op
print v(poly) v(gain)
.endc
.end
netlist
{ HOME=/ ngspice -b all.cir 2> /dev/null || true; } | awk '/^v\(/ { print $1 "=" $3 + 0 }' > seen.txt
cat seen.txt
expect "what is read" "$(tr '\n' ' ' < seen.txt)" "v(behind)=24 v(first)=16 v(mil)=0.01 v(bare)=0.000254 v(poly)=5 v(gain)=5 v(half)=0.5 v(poly)=5 v(gain)=10 "
