// SPDX-License-Identifier: BSL-1.0
#include "support/documents.hpp"

#include <set>

/// The documents are true: programs are compiled, links lead somewhere, files exist.
namespace {

using namespace documents;

/// The text of all documents, one after the other.
std::string all_documents()
{
    std::string text;
    for (const std::string& file : files_below("", ".md")) text += text_of(file);
    return text;
}

/// A document's text without its programs, in which brackets are not links.
std::string prose_of(const std::string& text)
{
    std::string prose;
    bool is_program = false;
    for (const std::string& line : lines_of(text)) {
        if (line.find("```") != std::string::npos) is_program = !is_program;
        else if (!is_program) prose += line + '\n';
    }
    return prose;
}

/// The lines of the programs of one language that a document shows, in order, without those that are empty.
std::vector<std::string> programs_of(const std::string& text, const std::string& language)
{
    std::vector<std::string> programs;
    bool is_inside = false;
    for (const std::string& line : lines_of(text)) {
        if (is_inside && line == "```") is_inside = false;
        else if (line == "```" + language) is_inside = true, programs.emplace_back();
        else if (is_inside && !line.empty()) programs.back() += line + '\n';
    }
    return programs;
}

/// The GitHub anchor of a heading, which a link to it has after #.
std::string anchor_of(const std::string& heading)
{
    std::string anchor;
    for (const char c : heading.substr(heading.find_first_not_of("# ")))
        if (c == ' ') anchor += '-';
        else if (std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_') anchor += static_cast<char>(std::tolower(c));
    return anchor;
}

bool has_heading(const std::string& text, const std::string& anchor)
{
    const std::vector<std::string> lines = lines_of(text);
    return std::any_of(lines.begin(), lines.end(), [&](const std::string& l) { return l.starts_with('#') && anchor_of(l) == anchor; });
}

/// Checks that a link of a document leads to a file of the project, and to a heading of it if it names one.
void leads_somewhere(const std::string& document, const std::string& link)
{
    if (link.starts_with("http://") || link.starts_with("https://")) return;
    const auto hash = link.find('#');
    const std::string path = link.substr(0, hash);
    const fs::path target = path.empty() ? fs::path{document} : (fs::path{document}.parent_path() / path).lexically_normal();
    if (!fs::exists(source / target)) FAIL_CHECK(document << " links to " << link << ", which is not there");
    else if (hash != std::string::npos && !has_heading(text_of(target), link.substr(hash + 1)))
        FAIL_CHECK(document << " links to " << link << ", and there is no such heading");
}

}   // namespace

TEST_CASE("The programs that the README shows are those that are compiled")
{
    const std::string shown = all_documents();
    const auto is_shown = [&](const std::string& program, int lines) {
        INFO(program);
        int seen = 0;
        bool is_inside = false;
        for (const std::string& line : lines_of(text_of(program))) {
            if (line.find("constexpr auto") != std::string::npos || line.find("preamp<") != std::string::npos) is_inside = true;
            if (is_inside && !line.empty()) {
                INFO(line);
                CHECK(shown.find(line + "\n") != std::string::npos);
                ++seen;
            }
            if (line == "};" || line.find("const double y") != std::string::npos) is_inside = false;
        }
        CHECK(seen == lines);
    };
    is_shown("examples/ten_lines.cpp", 7);
    is_shown("examples/tube_stage.cpp", 9);
}

TEST_CASE("Every program of the guide is compiled")
{
    if (!fs::exists(source / "examples/README.md")) return;
    std::vector<std::string> sources;
    for (const char* ending : {".cpp", ".hpp", "CMakeLists.txt", "conanfile.txt"})
        for (const std::string& file : files_below("examples", ending)) {
            std::string text;
            for (const std::string& line : lines_of(text_of(file)))
                if (!line.empty()) text += line + '\n';
            sources.push_back(text);
        }
    for (const char* language : {"cpp", "cmake", "ini"})
        for (const std::string& program : programs_of(text_of("examples/README.md"), language)) {
            INFO(program);
            CHECK(std::any_of(sources.begin(), sources.end(), [&](const std::string& s) { return s.find(program) != std::string::npos; }));
        }
}

TEST_CASE("Every program beside the command is built")
{
    const std::string list = text_of("examples/CMakeLists.txt");
    for (const std::string& file : files_below("examples", ".cpp")) {
        const fs::path path{file};
        if (path.parent_path() != "examples") continue;
        INFO(file);
        CHECK(list.find(path.stem().string()) != std::string::npos);
    }
}

TEST_CASE("Every link of the documents leads somewhere")
{
    int links = 0;
    for (const std::string& document : files_below("", ".md")) {
        const std::string text = prose_of(text_of(document));
        for (auto at = text.find("]("); at != std::string::npos; at = text.find("](", at + 1)) {
            leads_somewhere(document, text.substr(at + 2, text.find(')', at) - at - 2));
            ++links;
        }
    }
    CHECK(links >= 2);
}

TEST_CASE("Every file that the documents name is there")
{
    const auto is_there = [](const std::string& name) {
        for (const char* folder : {"", "include/", "include/phono/", "tests/"})
            for (const char* ending : {"", ".cpp", ".hpp"})
                if (fs::exists(source / folder / (name + ending))) return true;
        return false;
    };
    std::set<std::string> names;
    for (const std::string& document : files_below("", ".md")) {
        const std::string text = prose_of(text_of(document));
        const fs::path room = fs::path{document}.parent_path();
        for (auto at = text.find('`'); at != std::string::npos;) {
            const auto end = text.find('`', at + 1);
            if (end == std::string::npos) break;
            const std::string name = text.substr(at + 1, end - at - 1);
            const bool is_file =
                name.find_first_of(" \n<>*{}(") == std::string::npos &&
                (name.ends_with(".hpp") || name.ends_with(".cpp") || name.ends_with("_test") || name.starts_with("tests/") ||
                 name.starts_with("benchmarks/") || name.starts_with("examples/") || name.starts_with("include/"));
            if (is_file && names.insert(name).second && !is_there(name) && !fs::exists(source / room / name))
                FAIL_CHECK(document << " names " << name << ", which is not there");
            at = text.find('`', end + 1);
        }
    }
    CHECK(names.size() >= 5);
}
