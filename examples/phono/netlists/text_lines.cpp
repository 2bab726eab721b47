// SPDX-License-Identifier: BSL-1.0
#include "netlists/text_lines.hpp"

#include "support/failure.hpp"
#include "support/utf8.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string_view>
#include <system_error>

namespace command {

namespace {

std::string bytes_of(const std::string& file, const std::string& asked_by, std::size_t most)
{
    const bool is_standard_input = file == "-" && asked_by.empty();
    std::error_code error;
    if (std::filesystem::is_directory(file, error)) throw failure{asked_by + file + ": is a folder; give a netlist's file"};
    std::ifstream named;
    if (!is_standard_input) named.open(file, std::ios::binary);
    if (!named) throw failure{asked_by + file + ": could not be opened: " + std::generic_category().message(errno)};
    std::istream& stream = is_standard_input ? std::cin : named;
    std::string bytes(most + 1, '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(stream.gcount()));
    if (stream.bad()) throw failure{asked_by + file + ": could not be read"};
    if (bytes.size() > most) throw failure{asked_by + file + ": with this file the text is larger than 1 MiB; no netlist of a preamp is"};
    return bytes;
}

// As UTF-8; a code unit that is half of a pair becomes U+FFFD.
std::string from_utf16(std::string_view bytes, bool is_big_endian)
{
    const auto unit = [&](std::size_t at) -> unsigned {
        const auto first = static_cast<unsigned char>(bytes[at]), second = static_cast<unsigned char>(bytes[at + 1]);
        return is_big_endian ? first * 256U + second : second * 256U + first;
    };
    std::string text;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        unsigned c = unit(i);
        if (c >= 0xD800 && c < 0xE000) c = 0xFFFD;   // of no netlist's part or value
        if (c < 0x80) text += static_cast<char>(c);
        else if (c < 0x800) text += {static_cast<char>(0xC0 | c >> 6U), static_cast<char>(0x80 | (c & 0x3FU))};
        else
            text +=
                {static_cast<char>(0xE0 | c >> 12U), static_cast<char>(0x80 | (c >> 6U & 0x3FU)), static_cast<char>(0x80 | (c & 0x3FU))};
    }
    return text;
}

std::string decoded(std::string bytes)
{
    if (bytes.starts_with("\xEF\xBB\xBF")) return bytes.substr(3);
    if (bytes.starts_with("\xFF\xFE")) return from_utf16(std::string_view{bytes}.substr(2), false);
    if (bytes.starts_with("\xFE\xFF")) return from_utf16(std::string_view{bytes}.substr(2), true);
    if (bytes.size() > 2 && bytes[0] != '\0' && bytes[1] == '\0') return from_utf16(bytes, false);   // no mark, as LTspice may write it
    return as_utf8(bytes);
}

}   // namespace

std::vector<std::string> lines_of(const std::string& file, const std::string& asked_by, std::size_t most_bytes)
{
    const auto text = decoded(bytes_of(file, asked_by, most_bytes));
    if (text.find('\0') != std::string::npos) throw failure{asked_by + file + ": is no text; give a netlist's file"};
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find_first_of("\r\n", begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + (text.compare(end, 2, "\r\n") == 0 ? 2 : 1);
    }
    return lines;
}

}   // namespace command
