// SPDX-License-Identifier: BSL-1.0
#include "audio/sample_format.hpp"

#include "support/failure.hpp"
#include "support/output_stream.hpp"
#include "support/suggestion.hpp"

#include <FLAC/format.h>

#include <array>
#include <cmath>
#include <utility>

namespace command {

namespace {

constexpr std::array names{
    std::pair{sample_format::pcm16, std::string_view{"pcm16"}},    std::pair{sample_format::pcm24, std::string_view{"pcm24"}},
    std::pair{sample_format::pcm32, std::string_view{"pcm32"}},    std::pair{sample_format::float32, std::string_view{"float"}},
    std::pair{sample_format::float64, std::string_view{"double"}},
};

constexpr std::array extensions{
    std::pair{std::string_view{".wav"}, container::wav},    std::pair{std::string_view{".rf64"}, container::rf64},
    std::pair{std::string_view{".w64"}, container::wave64}, std::pair{std::string_view{".flac"}, container::flac},
    std::pair{std::string_view{".aif"}, container::aiff},   std::pair{std::string_view{".aiff"}, container::aiff},
    std::pair{std::string_view{".caf"}, container::caf},    std::pair{std::string_view{".wave"}, container::wav},
    std::pair{std::string_view{".bwf"}, container::wav},    std::pair{std::string_view{".aifc"}, container::aiff},
};

}   // namespace

std::string_view name(sample_format format) noexcept
{
    for (const auto& [value, text] : names)
        if (value == format) return text;
    return {};
}

sample_format parse_sample_format(std::string_view text)
{
    const auto wanted = folded(text);
    for (const auto& [value, name] : names)
        if (name == wanted) return value;
    for (const auto& [value, name] : names)
        if (name == "pcm" + wanted) return value;   // its bits alone
    throw failure{"--format " + std::string{text} + ": unknown; one of pcm16, pcm24, pcm32, float, double"};
}

bool is_integer(sample_format format) noexcept { return bits(format) <= 32 && format != sample_format::float32; }

int bits(sample_format format) noexcept
{
    switch (format) {
        case sample_format::pcm16: return 16;
        case sample_format::pcm24: return 24;
        case sample_format::pcm32:
        case sample_format::float32: return 32;
        case sample_format::float64: return 64;
    }
    return 0;
}

double full_scale_of(sample_format format) noexcept { return is_integer(format) ? 1.0 - std::ldexp(1.0, 1 - bits(format)) : 1.0; }

container container_of(const std::filesystem::path& file)
{
    const auto extension = folded(file.extension().string());
    for (const auto& [known, kind] : extensions)
        if (extension == known) return kind;
    if (is_stream(file)) return container::wav;
    throw failure{file.string() + ": cannot tell what kind of file to write from " +
                  (extension.empty() ? "a name without an extension" : "'" + extension + "'") +
                  "; use .wav, .rf64, .w64, .flac, .aif, .aiff or .caf"};
}

bool holds(container kind, sample_format format) noexcept
{
    return kind != container::flac ||
           (is_integer(format) && static_cast<unsigned>(bits(format)) <= FLAC__REFERENCE_CODEC_MAX_BITS_PER_SAMPLE);
}

}   // namespace command
