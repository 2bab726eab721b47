// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/measure.hpp"

namespace {

using namespace programs;
using std::string;

}   // namespace

namespace {

double cascade_db(const csv& sections, double hertz, double rate)
{
    const auto w = std::polar(1.0L, -2.0L * measure::pi * static_cast<long double>(hertz) / static_cast<long double>(rate));
    measure::complex h{1.0L};
    for (const auto& s : sections) {
        const auto value = [&](const char* name) { return static_cast<long double>(s.at(name)); };
        h *= (value("b0") + w * (value("b1") + w * value("b2"))) / (1.0L + w * (value("a1") + w * value("a2")));
    }
    return measure::decibels(std::abs(h));
}

}   // namespace

TEST_CASE("Coefficients give the response")
{
    const auto what =
        GENERATE(as<string>{}, "--curve riaa", "--curve riaa --inverse", "--curve columbia_lp --absolute", "--curve riaa_iec --speed 78/45",
                 "--preamp magnetic_riaa", "--preamp at_vm95e_riaa_iec", "--preamp nachbaur_magnetic_tube");
    const int rate = GENERATE(44'100, 96'000, 192'000);
    const workshop shop;
    const string arguments = what + " --rate " + std::to_string(rate);
    INFO(arguments);
    const auto sections = table(run(shop, "coefficients " + arguments));
    for (const auto& row : table(run(shop, "response --points 50 " + arguments))) {
        INFO(row.at("frequency_hz") << " Hz");
        CHECK(std::abs(cascade_db(sections, row.at("frequency_hz"), rate) - row.at("digital_db")) < 1e-6);
    }
}

TEST_CASE("Coefficients as JSON are the same numbers")
{
    const workshop shop;
    const auto sections = table(run(shop, "coefficients --curve riaa --rate 44100"));
    string json = run(shop, "coefficients --curve riaa --rate 44100 --json");
    CHECK(number_after(json, "\"rate_hz\": ") == 44'100.0);
    for (const auto& section : sections) {
        for (const char* name : {"b0", "b1", "b2", "a1", "a2"}) CHECK(number_after(json, '"' + string{name} + "\": ") == section.at(name));
        json.erase(0, json.find("\"a2\"") + 4);
    }
    CHECK(json.find("\"b0\"") == string::npos);
}
