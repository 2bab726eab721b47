// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/svg.hpp"

namespace {

using namespace programs;
using std::string;

const string stage = "distortion --preamp kennedy_single_tube --rate 48000 ";

}   // namespace

TEST_CASE("distortion prints harmonics of a tone against level, which grow by their order")
{
    const workshop shop;
    const string text = run(shop, stage + "--from 2mV --to 20mV --points 2 --plot plot.svg");
    CHECK(text.starts_with("frequency_hz,emf_v,output_v,thd_percent,h2_db,h3_db,h4_db,h5_db,h6_db,h7_db\n"));
    const auto rows = table(text);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].at("emf_v") == 0.002);
    CHECK(rows[1].at("emf_v") == 0.02);
    CHECK(std::abs(rows[0].at("frequency_hz") - 1000.0) < 3.0);
    // Ten times the level: H2 grows by 20 dB, H3 by 40, while both are small.
    CHECK(std::abs(rows[1].at("h2_db") - rows[0].at("h2_db") - 20.0) < 0.1);
    CHECK(std::abs(rows[1].at("h3_db") - rows[0].at("h3_db") - 40.0) < 0.1);
    CHECK(std::abs(20.0 * std::log10(0.01 * rows[0].at("thd_percent")) - rows[0].at("h2_db")) < 0.01);
    check_svg(contents(shop / "plot.svg"));
}

TEST_CASE("distortion at one level sweeps frequency, and two tones modulate each other in proportion to the level")
{
    const workshop shop;
    const string text = run(shop, stage + "--level 5mV --points 2");
    const auto lines = std::count(text.begin(), text.end(), '\n');
    CHECK(lines == 3);
    CHECK(std::abs(number_after(text, "h7_db\n") - 20.0) < 3.0);
    CHECK(text.find("\n99") != string::npos);
    CHECK(text.ends_with(",,,,,\n"));   // of 10 kHz only the second harmonic lies at or below 20 kHz
    const auto products = table(run(shop, stage + "--intermodulation smpte --from 10mV --to 100mV --points 2"));
    REQUIRE(products.size() == 2);
    CHECK(std::abs(products[1].at("second_percent") / products[0].at("second_percent") - 10.0) < 0.01);
    CHECK(std::abs(products[1].at("third_percent") / products[0].at("third_percent") - 100.0) < 1.0);
}

TEST_CASE("distortion as JSON says what was measured")
{
    const workshop shop;
    const string text = run(shop, stage + "--from 5mV --to 10mV --points 2 --json");
    CHECK(text.find("\"rate_hz\": 48000") != string::npos);
    CHECK(text.find("\"oversampling\": 2") != string::npos);
    CHECK(text.find("\"h2_to_h7_db\"") != string::npos);
}
