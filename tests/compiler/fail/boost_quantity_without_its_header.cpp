// SPDX-License-Identifier: BSL-1.0
// expect: phono: quantities of Boost.Units convert where <phono/boost_units.hpp> is included

#include <boost/units/systems/si.hpp>
#ifdef PHONO_FIXED
#include <phono/boost_units.hpp>
#else
#include <phono/phono.hpp>
#endif

constexpr phono::resistance load = 47e3 * boost::units::si::ohm;
