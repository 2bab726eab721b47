// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/annotations.hpp"

#include <string>
#include <vector>

/// Recordings that are nothing but their chunks, for what the command makes of those.
namespace annotated {

inline command::chunk made(const std::string& id, const std::string& content) { return {id, {content.begin(), content.end()}}; }

/// Ten seconds at 48 kHz: two channels of 24 bits.
inline command::recording about(command::file_kind kind, const std::vector<command::chunk>& all, int rate = 48'000)
{
    command::recording some;
    some.kind = kind;
    some.sample_rate = rate;
    some.channels = 2;
    some.frames = 480'000;
    some.format = command::sample_format::pcm24;
    some.chunks = all;
    return some;
}

/// Of the first chunk of that name whose content begins so; empty where there is none.
inline std::string content(const std::vector<command::chunk>& all, const std::string& id, const std::string& type = {})
{
    for (const auto& some : all) {
        const std::string text{some.bytes.begin(), some.bytes.end()};
        if (some.id == id && text.starts_with(type)) return text;
    }
    return {};
}

}   // namespace annotated
