#!/usr/bin/env bash
# g++ 12.2.0 (Debian 12): -Wshadow calls the parameter of a constructor template in a header shadowing a global that its user declares
# after the #include. It does so when the constructor is instantiated, in constructor templates alone: a function template and a member
# function template with the same parameter name pass, and so does all of it in clang 14.0.6.
#
# Who is hurt: users of header-only libraries who build with -Wshadow -Werror. Whether a library compiles then depends on the names of their
# globals; `schematic` for a constant at namespace scope is what the users of a circuit library write. Headers found by -isystem are spared.
# Fails if that changes.
set -euo pipefail

version=$(g++ -dumpfullversion)
[ "$version" = 12.2.0 ] || { echo "for g++ 12.2.0; here is $version" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/library"
cat > "$work/library/box.hpp" << 'header'
#pragma once
struct box {
    int value;
    template <class T>
    explicit constexpr box(const T& schematic) noexcept : value(static_cast<int>(schematic)) {}
};
struct opener {
    template <class T>
    constexpr int open(const T& schematic) const noexcept { return static_cast<int>(schematic); }
};
template <class T>
constexpr int opened(const T& schematic) noexcept { return static_cast<int>(schematic); }
header
cat > "$work/constructor.cpp" << 'source'
#include <box.hpp>
constexpr double schematic = 3.0;
constexpr box made{schematic};
int main() { return made.value - 3; }
source
cat > "$work/functions.cpp" << 'source'
#include <box.hpp>
constexpr double schematic = 3.0;
constexpr int one = opened(schematic), other = opener{}.open(schematic);
int main() { return one - other; }
source

warnings() { "$@" -std=c++20 -Wshadow -fsyntax-only 2>&1 | grep -c 'warning: .*shadows' || true; }

constructor=$(warnings g++ -I "$work/library" "$work/constructor.cpp")
functions=$(warnings g++ -I "$work/library" "$work/functions.cpp")
system=$(warnings g++ -isystem "$work/library" "$work/constructor.cpp")
echo "g++ $version: $constructor warnings for the constructor template, $functions for function templates, $system with -isystem"
[ "$constructor" -gt 0 ] && [ "$functions" -eq 0 ] && [ "$system" -eq 0 ]
