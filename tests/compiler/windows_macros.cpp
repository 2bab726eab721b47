// SPDX-License-Identifier: BSL-1.0
// Names that <windows.h>, <math.h> and <complex.h> have as macros: no header of ours uses one. min and max are left out, since whoever
// includes standard headers behind <windows.h> defines NOMINMAX.

#define near
#define far
#define small char
#define hyper long long
#define interface struct
#define IN
#define OUT
#define OPTIONAL
#define DOMAIN 1
#define OVERFLOW 3
#define UNDERFLOW 4
#define ERROR 0
#define I _Complex_I

#include <phono/analysis.hpp>
#include <phono/boost_units.hpp>
#include <phono/catalogue.hpp>
#include <phono/circuit.hpp>
#include <phono/filter.hpp>
#include <phono/kernel.hpp>
#include <phono/large_signal.hpp>
#include <phono/match.hpp>
#include <phono/oversampling.hpp>
#include <phono/phono.hpp>
#include <phono/print.hpp>
#include <phono/spice.hpp>
