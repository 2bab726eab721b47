// SPDX-License-Identifier: BSL-1.0
#include "support/source_tree.hpp"

#include <phono/print.hpp>

#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <sstream>

/// The guide's tables of blocks, and of what they are made of, are what the headers say.
namespace {

using namespace source_tree;
using documents::lines_of;

/// A public type of a header, as its row of a table has it.
struct described {
    std::string name;
    std::string role;      ///< empty for what is no block
    std::string fields;    ///< with their defaults
    std::string purpose;   ///< the first sentence of its docstring
};

std::string after(const std::string& text, const std::string& begin) { return text.substr(begin.size()); }

/// A docstring's first sentence, to its period, its colon or the end of the paragraph.
std::string first_sentence(const std::string& docstring)
{
    for (std::size_t at = 0; at < docstring.size(); ++at) {
        const bool ends_word = at + 1 == docstring.size() || docstring[at + 1] == ' ';
        if ((docstring[at] == '.' || docstring[at] == ':') && ends_word) return docstring.substr(0, at);
    }
    return docstring;
}

/// A default as written in a header, `{47e3}` or ` = 10.0`, in the units of a schematic.
std::string value_text(const std::string& type, const std::string& written)
{
    const double number = std::strtod(written.c_str(), nullptr);
    if (type == "resistance") return phono::to_string(phono::resistance{number});
    if (type == "capacitance") return phono::to_string(phono::capacitance{number});
    if (type == "inductance") return phono::to_string(phono::inductance{number});
    if (type == "voltage") return phono::to_string(phono::voltage{number});
    if (type == "frequency") return phono::to_string(phono::frequency{number});
    if (type == "duration") return phono::to_string(phono::duration{number});
    if (type == "gain") return phono::to_string(phono::gain{number});
    if (type == "bool") return written.empty() ? "false" : written;
    if (type == "int" || type == "double") {
        std::ostringstream text;
        text << number;
        return text.str();
    }
    return {};
}

/// One field: its name and default; of a type that is no quantity, the name of the type; of a parameter of the template, the name alone.
std::string field_text(std::string type, const std::string& name, const std::string& written)
{
    if (type.starts_with("phono::")) type = after(type, "phono::");
    if (type.starts_with("detail::links")) return "any number of `" + name + "`";
    const std::string value = value_text(type, written);
    if (!value.empty()) return "`" + name + "` " + value;
    const bool is_parameter = std::isupper(static_cast<unsigned char>(type[0])) != 0;
    return is_parameter ? "`" + name + "`" : "`" + name + "` (`" + type + "`)";
}

/// The field that a line of a type's body declares, or nothing: `    resistance r1{56e3};`, `    int rail = 0;`.
std::string field_of(std::string line)
{
    if (const auto comment = line.find("///<"); comment != std::string::npos) line.erase(line.find_last_not_of(' ', comment - 1) + 1);
    if (!line.starts_with("    ") || line[4] == ' ' || !line.ends_with(';') || line.find('(') < line.find_first_of("{=")) return {};
    const std::string text = line.substr(4, line.size() - 5);
    for (const char* other : {"static", "constexpr", "friend", "explicit", "using", "template", "[[", "///"})
        if (text.starts_with(other)) return {};
    const auto end = text.find_first_of("{=");
    std::string declared = text.substr(0, end), written = end == std::string::npos ? "" : text.substr(end + 1);
    while (declared.ends_with(' ')) declared.pop_back();
    while (written.starts_with(' ')) written.erase(0, 1);
    if (written.ends_with('}')) written.pop_back();
    if (const auto bracket = declared.find('['); bracket != std::string::npos) declared.erase(bracket);
    const auto space = declared.rfind(' ');
    if (space == std::string::npos) return {};
    return field_text(declared.substr(0, space), declared.substr(space + 1), written);
}

/// The public types of a header. Formatting is that of .clang-format: a type's braces begin no line but its last.
std::vector<described> types_of(const std::string& text)
{
    std::vector<described> found;
    std::string docstring;
    bool is_detail = false, is_inside = false, is_private = false, is_first_paragraph = true;
    for (const std::string& line : lines_of(text)) {
        if (line.starts_with("namespace")) is_detail = line.find("detail") != std::string::npos;
        if (line.starts_with("}   // namespace")) is_detail = false;
        if (is_inside) {
            if (line == "};") is_inside = false;
            if (line == "private:") is_private = true;
            const std::string role = "    static constexpr signal_role role = signal_role::";
            if (line.starts_with(role)) found.back().role = line.substr(role.size(), line.size() - role.size() - 1);
            const std::string field = is_private ? "" : field_of(line);
            if (!field.empty()) found.back().fields += (found.back().fields.empty() ? "" : ", ") + field;
        } else if (line.starts_with("/// ") || line == "///") {
            if (line == "///") is_first_paragraph = false;
            else if (is_first_paragraph) docstring += (docstring.empty() ? "" : " ") + after(line, "/// ");
        } else if (line.starts_with("struct ") && line.ends_with(" {") && !is_detail) {
            const std::string name = after(line, "struct ");
            found.push_back({name.substr(0, name.size() - 2), "", "", first_sentence(docstring)});
            is_inside = true, is_private = false;
        } else if (!line.starts_with("template")) docstring.clear(), is_first_paragraph = true;
    }
    return found;
}

/// The headers of the rooms that hold blocks and of what these take.
std::vector<std::string> all_headers()
{
    std::vector<std::string> found;
    for (const char* place : {"source/", "stage/", "equaliser/", "network/parts.hpp", "network/series_parallel.hpp", "tube/triode.hpp"})
        for (const std::string& header : headers())
            if (header.starts_with(std::string{"phono/"} + place)) found.push_back(header);
    return found;
}
std::vector<described> all_types()
{
    std::vector<described> found;
    for (const std::string& header : all_headers())
        for (const described& type : types_of(text_of(root + header))) found.push_back(type);
    return found;
}

std::string row_of(const described& type)
{
    std::string row = "| `" + type.name + "` | ";
    if (!type.role.empty()) {
        std::string role = type.role;
        std::replace(role.begin(), role.end(), '_', ' ');
        row += role + " | ";
    }
    return row + (type.fields.empty() ? "none" : type.fields) + " | " + type.purpose + " |";
}

/// Checks a marked table of the guide, line by line.
void is_the_table(const std::string& name, std::vector<std::string> expected)
{
    const std::vector<std::string> shown = documents::marked_table("examples/README.md", name, "tests/project/blocks_test");
    if (shown == expected) return;
    std::printf("The table %s of examples/README.md should be\n", name.c_str());   // not by INFO, which would wrap its lines
    for (const std::string& line : expected) std::printf("%s\n", line.c_str());
    FAIL_CHECK("the table " << name << " of examples/README.md is not what the headers say");
}

}   // namespace

TEST_CASE("The guide's table of blocks has every public block with its fields and their defaults")
{
    std::vector<std::string> rows{"| block | role | fields and defaults | what it is |", "| --- | --- | --- | --- |"};
    for (const described& type : all_types())
        if (!type.role.empty()) rows.push_back(row_of(type));
    std::size_t roles = 0;   // as they are written, however the type around them is
    for (const std::string& header : all_headers())
        for (const std::string& line : lines_of(text_of(root + header)))
            roles += line.find("signal_role role =") != std::string::npos ? 1 : 0;
    CHECK(rows.size() == roles + 2);
    CHECK(roles > 25);
    is_the_table("blocks", rows);
}

TEST_CASE("The guide's table of what blocks are made of has every public type with its fields and their defaults")
{
    std::vector<std::string> rows{"| type | fields and defaults | what it is |", "| --- | --- | --- |"};
    for (const described& type : all_types())
        if (type.role.empty()) rows.push_back(row_of(type));
    CHECK(rows.size() > 10);
    is_the_table("parts", rows);
}
