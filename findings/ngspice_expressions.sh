#!/usr/bin/env bash
# ngspice 39 (Debian 12): the same expression is another number in braces than in a B source, and some are neither's:
#   pwr(-2, 2)      4 in braces, -4 in a B source (the manual: |x|^y with the sign of x)
#   1 ? 0 ? 7 : 8 : 9    7 in braces, 8 in a B source (8 is right)
#   (-2)^3          8 in both, the sign is lost: pow(-2, 3) as |-2|^3
#   limit(5, 1, 3)  in braces 2 or 8, by chance from run to run: it is a distribution there and not, as in LTspice, a bound
#
# Who is hurt: valve models have PWR and PWRS in them, and tone controls have limit(pot, 0.01, 0.99) in a parameter.
# phono refuses what these programs read in different ways, and says what to write.
# Fails if that changes.
set -euo pipefail

expect() { [ "$2" = "$3" ] || { echo "$1: $2, not $3" >&2; exit 1; }; }
expect ngspice "$(ngspice --version | grep -o -m 1 'ngspice-[0-9]*')" ngspice-39

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > both.cir << 'netlist'
the same expressions in braces and in B sources
.param power={pwr(-2, 2)} choice={1 ? 0 ? 7 : 8 : 9} cube={(-2)^3} bound={limit(5, 1, 3)}
V1 power 0 {power}
V2 choice 0 {choice}
V3 cube 0 {cube}
V4 bound 0 {bound}
VM minus 0 -2
VI one 0 1
VO nought 0 0
B1 bpower 0 V=pwr(V(minus), 2)
B2 bchoice 0 V=V(one) ? V(nought) ? 7 : 8 : 9
B3 bcube 0 V=V(minus)^3
.control
op
print v(power) v(bpower) v(choice) v(bchoice) v(cube) v(bcube) v(bound)
.endc
.end
netlist
# value NAME: what ngspice prints, of a new run.
value() { { HOME=/ ngspice -b both.cir 2> /dev/null || true; } | awk -v name="v($1)" '$1 == name { print $3 + 0 }'; }
for pair in power=4 bpower=-4 choice=7 bchoice=8 cube=8 bcube=8; do
    seen=$(value "${pair%=*}")
    echo "${pair%=*}: $seen"
    expect "${pair%=*}" "$seen" "${pair#*=}"
done
bounds=$(for _ in {1..40}; do value bound; done | sort -n | uniq | tr '\n' ' ')
echo "limit(5, 1, 3) in braces, 40 runs: $bounds"
expect limit "$bounds" "2 8 "
