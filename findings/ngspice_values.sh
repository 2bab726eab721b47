#!/usr/bin/env bash
# ngspice 39 (Debian 12) takes the beginning or the end of a value that it does not know for the whole, without a word:
#   4k7   is 4 kOhm, 1R5 is 1 Ohm: LTspice and every parts list have 4.7 kOhm and 1.5 Ohm
#   1,5k  is 5 kOhm, the comma being a blank and the last number the value
#   10F   is 10 fF, since f is femto; 1M is 1 mOhm
#   10μF  with the Greek letter, U+03BC, is 10 F; with the micro sign, U+00B5, it is 10 uF
#
# Who is hurt: whoever runs a netlist that was written for another program, or by a person: the response is another one, and looks plausible.
# phono refuses the first two and says both readings, and the comma; it reads both letters mu as micro.
# Fails if that changes.
set -euo pipefail

expect() { [ "$2" = "$3" ] || { echo "$1: $2, not $3" >&2; exit 1; }; }
expect ngspice "$(ngspice --version | grep -o -m 1 'ngspice-[0-9]*')" ngspice-39

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# volts VALUE: 1 A through a resistor of this value.
volts() {
    printf '%s\n' "one resistor" "I1 0 a 1" "R1 a 0 $1" .control op "print v(a)" .endc .end > one.cir
    { HOME=/ ngspice -b one.cir 2> /dev/null || true; } | awk '$1 == "v(a)" { print $3 + 0 }'
}
for pair in 4k7=4000 1R5=1 1,5k=5000 10F=1e-14 1M=0.001 10uF=1e-05 $'10\xc2\xb5F=1e-05' $'10\xce\xbcF=10'; do
    seen=$(volts "${pair%=*}")
    echo "${pair%=*}: $seen"
    expect "${pair%=*}" "$seen" "${pair#*=}"
done
