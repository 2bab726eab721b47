// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <phono/math/threefry.hpp>

TEST_CASE("Threefry-2x32 with 13 rounds gives the numbers that its authors publish")
{
    // tests/kat_vectors of Random123: all zeros, all ones, and the digits of pi as counter and key.
    using phono::math::threefry;
    using words = std::array<std::uint32_t, 2>;
    CHECK(threefry(0, {0, 0}) == words{0x9d1c'5ec6, 0x8bd5'0731});
    CHECK(threefry(0xffff'ffff'ffff'ffff, {0xffff'ffff, 0xffff'ffff}) == words{0xfd36'd048, 0x2d17'272c});
    CHECK(threefry(0x85a3'08d3'243f'6a88, {0x1319'8a2e, 0x0370'7344}) == words{0xba3e'4725, 0xf27d'669e});
}
