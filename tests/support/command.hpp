// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/programs.hpp"

#include <map>
#include <sstream>
#include <string>
#include <vector>

/// The command of examples/phono as its user sees it: a shell command in, files and text out.
namespace programs {

inline const std::string phono_command = "'" PHONO_COMMAND "' ";

/// Runs phono, whether it succeeds or fails.
inline outcome attempt(const workshop& shop, const std::string& arguments) { return shop.run(phono_command + arguments); }

/// Runs phono and requires that it succeeds with nothing on the error stream.
inline std::string run(const workshop& shop, const std::string& arguments)
{
    INFO("phono " << arguments);
    const auto done = attempt(shop, arguments);
    CHECK(done.err.empty());
    REQUIRE(done.status == 0);
    return done.out;
}

/// The number that follows `before` in a text.
inline double number_after(const std::string& text, const std::string& before)
{
    INFO(text);
    const auto at = text.find(before);
    REQUIRE(at != std::string::npos);
    return std::stod(text.substr(at + before.size()));
}

using csv = std::vector<std::map<std::string, double>>;   ///< rows by the names of their columns

/// Comment lines are left out; the first other line names the columns.
inline csv table(const std::string& text)
{
    std::istringstream lines(text);
    const auto next = [&](std::string& line) {
        while (std::getline(lines, line))
            if (!line.starts_with('#')) return true;
        return false;
    };
    const auto split = [](const std::string& line) {
        std::vector<std::string> fields;
        std::istringstream rest(line);
        for (std::string field; std::getline(rest, field, ',');) fields.push_back(field);
        return fields;
    };
    std::string line;
    REQUIRE(next(line));
    const auto names = split(line);
    csv rows;
    while (next(line)) {
        const auto fields = split(line);
        REQUIRE(fields.size() == names.size());
        auto& row = rows.emplace_back();
        for (std::size_t i = 0; i < names.size(); ++i) row[names[i]] = std::stod(fields[i]);
    }
    REQUIRE_FALSE(rows.empty());
    return rows;
}

}   // namespace programs
