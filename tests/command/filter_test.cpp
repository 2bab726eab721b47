// SPDX-License-Identifier: BSL-1.0
#include "filters/equaliser.hpp"
#include "support/catch.hpp"

#include <cmath>

namespace {

using namespace command;

/// RIAA whose circuit, by its response, is off what its poles and zeros say.
filter riaa_off_by(double decibels)
{
    auto functions = make_equaliser({.curve = "riaa"}).functions();
    functions.response = [response = functions.response, off = std::pow(10.0, decibels / 20.0)](double hertz) {
        return hertz > 5'000.0 ? response(hertz) * off : response(hertz);
    };
    return {"RIAA", functions};
}

}   // namespace

TEST_CASE("A channel whose filter is more than 0.01 dB from its circuit says so, and no other does")
{
    CHECK(riaa_off_by(0.0).make_processor(44'100.0, {}).warnings.empty());
    CHECK(riaa_off_by(0.009).make_processor(44'100.0, {}).warnings.empty());
    for (const double off : {0.02, -0.02}) {
        const auto said = riaa_off_by(off).make_processor(44'100.0, {}).warnings;
        REQUIRE(said.size() == 1);
        CHECK(said[0].starts_with("RIAA at 44100 Hz: the filter is up to 0.02 dB from the circuit between 20 Hz and "));
    }
}
