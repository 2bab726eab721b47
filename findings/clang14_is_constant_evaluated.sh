#!/usr/bin/env bash
# clang 14.0.6 with libstdc++ 12 (Debian 12), -std=c++2b: where std::is_constant_evaluated() is the condition of an `if` or of `?:`, it is true
# at run time, without optimisation too. libstdc++ writes it with `if consteval` in C++23, and this clang takes that to be true while it
# folds a condition. It is false in C++20, by __builtin_is_constant_evaluated(), and in clang 16.
#
# Who is hurt: whoever has a slow path for the compiler and a quick one for the processor. The slow one runs, without a word: phono's
# exponentials and sines were those of its compile time, and outputs differed by 4e-10 from all other compilers'. phono asks the builtin.
# Fails if that changes.
set -euo pipefail

version=$(clang++-14 -dumpversion)
[ "$version" = 14.0.6 ] || { echo "for clang 14.0.6; here is $version" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/asked.cpp" << 'source'
#include <cstdio>
#include <type_traits>
constexpr const char* by_library() { if (std::is_constant_evaluated()) return "compile time"; return "run time"; }
constexpr const char* by_builtin() { if (__builtin_is_constant_evaluated()) return "compile time"; return "run time"; }
int main() { std::printf("library: %s; builtin: %s\n", by_library(), by_builtin()); }
source

expect() {   # standard, what is printed
    clang++-14 -std="$1" -O0 -stdlib=libstdc++ "$work/asked.cpp" -o "$work/asked"
    local printed
    printed=$("$work/asked")
    [ "$printed" = "$2" ] || { echo "$1: $printed" >&2; exit 1; }
}
expect c++20 "library: run time; builtin: run time"
expect c++2b "library: compile time; builtin: run time"
echo "as described"
