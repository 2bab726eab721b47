// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/sounds.hpp"

namespace {

using namespace programs;
using std::string;

}   // namespace

TEST_CASE("compare reports the null that is there")
{
    const workshop shop;
    const auto original = noise(0.5, 48'000, 2, 1.0);
    auto other = original;
    for (double& x : other.samples) x *= 1.0 + 1e-4;
    write(shop / "a.wav", original);
    write(shop / "b.wav", other);
    CHECK(run(shop, "compare a.wav b.wav").find("residual -80.00 dB") != string::npos);
    CHECK(run(shop, "compare a.wav a.wav").find("residual -inf dB") != string::npos);
}
