// SPDX-License-Identifier: BSL-1.0
#include "robustness/header_search.hpp"

#include "support/catch.hpp"
#include "support/sounds.hpp"

TEST_CASE("A header that lies never makes a reader hand over less than the file holds or announces as if it were all")
{
    const auto all = header_search::run(1, 400);
    for (const auto& one : all.objections) FAIL_CHECK(one);
    CHECK(all.read > 50);   // healthy in spite of the change
    CHECK(all.refused > 200);
    CHECK(all.recovered > 50);
}

TEST_CASE("A FLAC file with a byte changed or a piece missing is refused or played sample by sample")
{
    const programs::workshop shop;
    auto sound = programs::noise(0.5, 44'100, 2, 0.4);
    sound.format = SF_FORMAT_FLAC | SF_FORMAT_PCM_16;
    programs::write(shop / "in.flac", sound);
    const auto bytes = programs::contents(shop / "in.flac");
    const auto right = reading::from_file(bytes);
    REQUIRE_FALSE(right.refused);
    REQUIRE(right.frames() == 17'640);
    std::mt19937_64 random{1};
    int refused = 0;
    for (int i = 0; i < 120; ++i) {
        auto changed = bytes;
        const auto at = static_cast<std::size_t>(random() % (i % 2 == 0 ? bytes.size() : 100));
        if (i % 5 == 0) changed.resize(at);
        else if (i % 5 == 1) changed.erase(at, 1 + random() % 2000);
        else changed[at] = static_cast<char>(static_cast<unsigned char>(changed[at]) ^ (1u << random() % 8));
        INFO("change " << i << " at byte " << at);
        for (const bool recover : {false, true}) {
            const auto result = reading::from_file(changed, recover);
            refused += result.refused.has_value();
            if (result.refused || !result.assumptions.empty()) continue;
            CHECK(result.samples == right.samples);
        }
    }
    CHECK(refused > 60);
}
