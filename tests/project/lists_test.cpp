// SPDX-License-Identifier: BSL-1.0
#include "support/source_tree.hpp"

/// Lists kept by hand are complete: umbrella headers, the headers that are installed, test sources, must-not-compile cases.
namespace {

using namespace source_tree;
using documents::files_below;

/// The words that are alone on a line of a CMake list, from `begin` to the closing parenthesis.
std::vector<std::string> listed(const std::string& file, const std::string& begin)
{
    const std::string text = text_of(file);
    std::vector<std::string> words;
    for (auto at = text.find(begin); at != std::string::npos; at = text.find(begin, at + 1)) {
        std::istringstream rest(text.substr(at + begin.size(), text.find(')', at) - at - begin.size()));
        for (std::string word; rest >> word;) words.push_back(word);
    }
    REQUIRE_FALSE(words.empty());
    return words;
}

std::vector<std::string> sorted(std::vector<std::string> names)
{
    std::sort(names.begin(), names.end());
    return names;
}

/// Checks that both lists have the same names, and reports those that one of them lacks.
void are_the_same(const std::vector<std::string>& list, const std::vector<std::string>& files, const std::string& what)
{
    const std::set<std::string> in_list(list.begin(), list.end()), there(files.begin(), files.end());
    CHECK(in_list.size() == list.size());
    for (const std::string& name : there)
        if (!in_list.contains(name)) FAIL_CHECK(name << " is not listed in " << what);
    for (const std::string& name : in_list)
        if (!there.contains(name)) FAIL_CHECK(what << " lists " << name << ", which is not there");
}

/// The names of files below a folder, relative to it and without their ending.
std::vector<std::string> stems_below(const std::string& folder, const std::string& ending)
{
    std::vector<std::string> names = files_below(folder, ending);
    for (std::string& name : names) name = name.substr(folder.size() + 1, name.size() - folder.size() - 1 - std::string{".cpp"}.size());
    return names;
}

/// The version that the build file has.
std::string version_of_project()
{
    const std::string build = text_of("CMakeLists.txt"), begin = "project(phono VERSION ";
    const auto at = build.find(begin) + begin.size();
    return build.substr(at, build.find(' ', at) - at);
}

}   // namespace

TEST_CASE("Every room has an umbrella header that includes all of the room that users name")
{
    std::map<std::string, std::vector<std::string>> of_room;
    for (const std::string& header : headers()) {
        const std::string path = header.substr(std::string{"phono/"}.size());
        const auto slash = path.find('/');
        if (slash != std::string::npos && is_public(text_of(root + header))) of_room[path.substr(0, slash)].push_back(header);
    }
    for (const auto& [room, within] : of_room) {
        const std::string umbrella = "phono/" + room + ".hpp";
        if (!documents::fs::exists(documents::source / root / umbrella)) {
            FAIL_CHECK("the room " << room << "/ has no umbrella header " << umbrella);
            continue;
        }
        const std::vector<std::string> included = includes_of(text_of(root + umbrella));
        for (const std::string& header : within) {
            // What costs the compiler more than the rest of a room may have an entry header of its own name.
            const std::string own = "phono/" + header.substr(header.rfind('/') + 1);
            const bool has_own =
                documents::fs::exists(documents::source / root / own) && text_of(root + own).find(header) != std::string::npos;
            if (!has_own && std::find(included.begin(), included.end(), header) == included.end())
                FAIL_CHECK(umbrella << " does not include <" << header << ">, which has names in phono");
        }
    }
}

TEST_CASE("Every header is installed and checked to compile alone")
{
    const std::vector<std::string> list = listed("include/CMakeLists.txt", "set(phono_headers");
    are_the_same(list, headers(), "include/CMakeLists.txt");
    CHECK(list == sorted(list));
}

TEST_CASE("Every test source is built")
{
    std::vector<std::string> list = listed("tests/CMakeLists.txt", "set(phono_tests");
    const std::vector<std::string> of_the_command = listed("tests/CMakeLists.txt", "APPEND phono_tests");
    CHECK(list == sorted(list));
    CHECK(of_the_command == sorted(of_the_command));
    list.insert(list.end(), of_the_command.begin(), of_the_command.end());
    are_the_same(list, stems_below("tests", "_test.cpp"), "tests/CMakeLists.txt");
}

TEST_CASE("Every case that must not compile is tried")
{
    const std::vector<std::string> list = listed("tests/CMakeLists.txt", "set(phono_faults");
    are_the_same(list, stems_below("tests/compiler/fail", ".cpp"), "tests/CMakeLists.txt");
    CHECK(list == sorted(list));
}

TEST_CASE("The version's macros and the inline namespace say what project() says")
{
    const std::string header = text_of(root + "phono/version.hpp"), version = version_of_project();
    std::istringstream numbers(version);
    for (const char* part : {"MAJOR", "MINOR", "PATCH"}) {
        std::string number;
        std::getline(numbers, number, '.');
        CHECK(header.find("#define PHONO_VERSION_" + std::string{part} + " " + number + "\n") != std::string::npos);
    }
    CHECK(header.find("#define PHONO_VERSION \"" + version + "\"\n") != std::string::npos);

    const std::string compatible = version.substr(0, version.rfind('.'));
    const std::string begin =
        "namespace phono::inline v" + compatible.substr(0, compatible.find('.')) + "_" + compatible.substr(compatible.find('.') + 1);
    for (const std::string& name : headers())
        for (const std::string& line : documents::lines_of(text_of(root + name)))
            if (line.starts_with("namespace phono") && line != begin + " {" && !line.starts_with(begin + "::"))
                FAIL_CHECK(name << ": \"" << line << "\" does not begin " << begin);
}
