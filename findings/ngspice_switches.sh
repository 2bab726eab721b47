#!/usr/bin/env bash
# ngspice 39 (Debian 12): a switch S that is closed at rest is open to small signals.
#   .op and .tf have it closed (v(out) 0.5, transfer 0.5), .ac of the same circuit has it open (0.75), also behind an .op.
#   At its threshold, where LTspice's manual has it open, it is closed. m= is refused.
#
# Who is hurt: who draws a preamp with its mode switch and looks at the response: the open loop's, without a word.
# phono reads a switch as it stands at rest, for signals too, and refuses one that is at its threshold.
# Fails if that changes.
set -euo pipefail

expect() { [ "$2" = "$3" ] || { echo "$1: $2, not $3" >&2; exit 1; }; }
expect ngspice "$(ngspice --version | grep -o -m 1 'ngspice-[0-9]*')" ngspice-39

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > all.cir << 'netlist'
a switch at rest
V1 in 0 DC 1 AC 1
R1 in out 1k
VC ctl 0 1
S1 out 0 ctl 0 contact
R2 in edge 1k
VE ctle 0 0.5
S2 edge 0 ctle 0 contact
.model contact SW(vt=0.5 vh=0 ron=1k roff=3k)
.control
op
print v(out) v(edge)
tf v(out) V1
print transfer_function
op
ac lin 1 1k 1k
print mag(v(out))
.endc
.end
netlist
{ HOME=/ ngspice -b all.cir 2> /dev/null || true; } | awk '/^(v\(|transfer|mag)/ { print $1 "=" $3 + 0 }' > seen.txt
cat seen.txt
expect "what a switch is" "$(tr '\n' ' ' < seen.txt)" "v(out)=0.5 v(edge)=0.5 transfer_function=0.5 mag(v(out))=0.75 "
sed 's/^S1.*/& m=2/' all.cir > several.cir
seen=$({ HOME=/ ngspice -b several.cir 2>&1 || true; } | grep -c 'unknown parameter (m)' || true)
expect "m= refused" "$seen" 1
