// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

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

}  // namespace

TEST_CASE("The preamp that the README shows is the one that is compiled")
{
    const std::string readme = text_of("README.md");
    std::istringstream program(text_of("examples/ten_lines.cpp"));
    int shown = 0;
    bool inside = false;
    for (std::string line; std::getline(program, line);) {
        if (line.find("constexpr auto") == 0 || line.find("preamp<") != std::string::npos) inside = true;
        if (inside && !line.empty()) {
            INFO(line);
            CHECK(readme.find(line + "\n") != std::string::npos);
            ++shown;
        }
        if (line == "};" || line.find("const double y") != std::string::npos) inside = false;
    }
    CHECK(shown == 7);
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
