// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/catch.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace programs {

/// Every element of a document closed, in the right order.
inline void check_well_formed(const std::string& svg)
{
    std::vector<std::string> open;
    for (std::size_t at = svg.find('<'); at != std::string::npos; at = svg.find('<', at + 1)) {
        const auto end = svg.find('>', at);
        REQUIRE(end != std::string::npos);
        const std::string tag = svg.substr(at + 1, end - at - 1);
        CHECK(tag.find('<') == std::string::npos);
        if (tag.ends_with('/')) continue;
        if (tag.starts_with('/')) {
            REQUIRE_FALSE(open.empty());
            CHECK(open.back() == tag.substr(1));
            open.pop_back();
        } else {
            open.push_back(tag.substr(0, tag.find(' ')));
        }
    }
    CHECK(open.empty());
}

}   // namespace programs
