// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <fstream>
#include <sstream>
#include <string>

namespace {

std::string text_of(const std::string& path)
{
    std::ifstream file(std::string{PHONO_SOURCE "/"} + path);
    REQUIRE(file);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}   // namespace

TEST_CASE("The programs that the README shows are those that are compiled")
{
    const std::string readme = text_of("README.md");
    const auto is_shown = [&](const std::string& program, int lines) {
        INFO(program);
        std::istringstream source(text_of(program));
        int shown = 0;
        bool inside = false;
        for (std::string line; std::getline(source, line);) {
            if (line.find("constexpr auto") != std::string::npos || line.find("preamp<") != std::string::npos) inside = true;
            if (inside && !line.empty()) {
                INFO(line);
                CHECK(readme.find(line + "\n") != std::string::npos);
                ++shown;
            }
            if (line == "};" || line.find("const double y") != std::string::npos) inside = false;
        }
        CHECK(shown == lines);
    };
    is_shown("examples/ten_lines.cpp", 7);
    is_shown("examples/tube_stage.cpp", 9);
}

TEST_CASE("Every file that the README links to is there")
{
    const std::string readme = text_of("README.md");
    int links = 0;
    for (std::size_t at = readme.find("]("); at != std::string::npos; at = readme.find("](", at + 1)) {
        const std::string path = readme.substr(at + 2, readme.find(')', at) - at - 2);
        INFO(path);
        CHECK_FALSE(text_of(path).empty());
        ++links;
    }
    CHECK(links >= 2);
}
