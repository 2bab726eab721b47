// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/catch.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

/// The tables of tests/reference: what other programs computed once.
namespace measure {

/// The rows of a table, `linear/riaa_table` for one; the line with the columns' names is left out.
inline std::vector<std::vector<double>> reference_rows(const std::string& name)
{
    INFO(name);
    std::ifstream file(std::string{PHONO_REFERENCE "/"} + name + ".csv");
    REQUIRE(file);
    std::string line;
    std::getline(file, line);
    std::vector<std::vector<double>> rows;
    while (std::getline(file, line)) {
        std::istringstream values(line);
        auto& row = rows.emplace_back();
        for (std::string value; std::getline(values, value, ',');) row.push_back(std::strtod(value.c_str(), nullptr));
    }
    REQUIRE(rows.size() > 1);
    for (const auto& row : rows) REQUIRE(row.size() == rows[0].size());
    return rows;
}

}   // namespace measure
