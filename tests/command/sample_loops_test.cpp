// SPDX-License-Identifier: BSL-1.0
#include "audio/channel_spans.hpp"
#include "audio/clipped_runs.hpp"
#include "audio/decoding.hpp"
#include "audio/row_measures.hpp"
#include "filters/running_kernel.hpp"
#include "support/bytes.hpp"
#include "support/catch.hpp"
#include "writers/encoding.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <random>
#include <span>
#include <utility>
#include <vector>

// The loops over all samples are vectors with remainders: each length and number of channels is compared with one sample after the other.

namespace {

using namespace command;

std::vector<unsigned char> any_bytes(std::size_t count)
{
    std::mt19937 random{1};
    std::vector<unsigned char> bytes(count);
    for (auto& byte : bytes) byte = static_cast<unsigned char>(random());
    return bytes;
}

// As the formats define it.
double value_of(std::span<const unsigned char> bytes, const sample_encoding& encoding)
{
    const auto bits = number(bytes, encoding.order);
    if (encoding.kind == number_kind::floating)
        return encoding.bytes == 8 ? std::bit_cast<double>(bits) : double{std::bit_cast<float>(static_cast<std::uint32_t>(bits))};
    const double scale = std::ldexp(1.0, 8 * encoding.bytes - 1), unsigned_value = double(bits);
    if (encoding.kind == number_kind::unsigned_integer) return unsigned_value / scale - 1.0;
    return (unsigned_value >= scale ? unsigned_value - 2.0 * scale : unsigned_value) / scale;
}

bool same_bits(double x, double y) { return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y) || (x != x && y != y); }

}   // namespace

TEST_CASE("Every encoding is decoded as its format defines it, in any number of channels and of frames")
{
    using enum number_kind;
    for (const auto order : {std::endian::little, std::endian::big})
        for (const auto& [kind, size] : {std::pair{signed_integer, 1},
                                         {signed_integer, 2},
                                         {signed_integer, 3},
                                         {signed_integer, 4},
                                         {unsigned_integer, 1},
                                         {unsigned_integer, 2},
                                         {unsigned_integer, 3},
                                         {unsigned_integer, 4},
                                         {floating, 4},
                                         {floating, 8}}) {
            const sample_encoding encoding{kind, size, 8 * size, order};
            for (const std::size_t channels : {1u, 2u, 3u, 6u})
                for (std::size_t frames = 1; frames <= 40; ++frames) {
                    const auto width = static_cast<std::size_t>(size);
                    const auto bytes = any_bytes(frames * channels * width);   // its end is the sanitizers' business
                    channel_memory memory{channels, frames};
                    const auto block = memory(channels, frames);
                    decode(bytes, encoding, block);
                    bool is_same = true;
                    for (std::size_t i = 0; i < frames * channels; ++i)
                        is_same = is_same && same_bits(block[i % channels][i / channels],
                                                       value_of(std::span{bytes}.subspan(i * width, width), encoding));
                    INFO("bytes " << size << ", channels " << channels << ", frames " << frames);
                    CHECK(is_same);
                }
        }
}

TEST_CASE("What is stored is what was to be stored, in every format, order and number of samples")
{
    std::mt19937 random{2};
    for (const auto order : {std::endian::little, std::endian::big})
        for (const auto format : {sample_format::pcm16, sample_format::pcm24, sample_format::pcm32})
            for (std::size_t count = 0; count <= 40; ++count) {
                const auto width = static_cast<std::size_t>(bits(format) / 8);
                std::vector<std::int32_t> samples(count);
                for (auto& x : samples) x = static_cast<std::int32_t>(static_cast<std::uint32_t>(random()) << (32 - bits(format)));
                std::vector<unsigned char> bytes(count * width);
                store(samples, format, order, bytes.data());
                for (std::size_t i = 0; i < count; ++i) {
                    const auto stored = number(std::span{bytes}.subspan(i * width, width), order) << (32 - bits(format));
                    CHECK(static_cast<std::int32_t>(static_cast<std::uint32_t>(stored)) == samples[i]);
                }
            }
    for (const auto order : {std::endian::little, std::endian::big})
        for (const auto format : {sample_format::float32, sample_format::float64})
            for (std::size_t count = 0; count <= 20; ++count) {
                const auto width = static_cast<std::size_t>(bits(format) / 8);
                std::vector<double> samples(count);
                for (auto& x : samples) x = double(random()) / 3e9 - 0.5;
                std::vector<unsigned char> bytes(count * width);
                store(samples, format, order, bytes.data());
                const sample_encoding encoding{number_kind::floating, static_cast<int>(width), bits(format), order};
                for (std::size_t i = 0; i < count; ++i)
                    CHECK(value_of(std::span{bytes}.subspan(i * width, width), encoding) ==
                          (format == sample_format::float32 ? double{static_cast<float>(samples[i])} : samples[i]));
            }
}

TEST_CASE("Channels are interleaved sample by sample, and separated again")
{
    for (const std::size_t channels : {1u, 2u, 3u, 8u})
        for (std::size_t frames = 1; frames <= 20; ++frames) {
            std::vector<double> interleaved(channels * frames), again(channels * frames);
            for (std::size_t i = 0; i < interleaved.size(); ++i) interleaved[i] = double(i);
            channel_memory memory{channels, 32};
            const auto block = memory(channels, frames);
            separate(interleaved, block);
            CHECK(block[channels - 1][frames - 1] == double(channels * frames - 1));
            interleave(block, again);
            CHECK(again == interleaved);

            std::vector<std::int32_t> rows(channels * frames), integers(channels * frames);
            for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = static_cast<std::int32_t>(block[i / frames][i % frames]);
            interleave(rows, channels, integers);
            CHECK(std::equal(integers.begin(), integers.end(), interleaved.begin()));
        }
}

TEST_CASE("The largest magnitude and the sum of a row are found in any length, and what is not finite at any place")
{
    constexpr double infinite = std::numeric_limits<double>::infinity(), no_number = std::numeric_limits<double>::quiet_NaN();
    std::mt19937 random{3};
    for (std::size_t count = 0; count <= 70; ++count) {
        std::vector<double> row(count);
        for (auto& x : row) x = double(random()) / 4e9 - 0.5;
        double largest = 0.0;
        long double sum = 0.0L;
        for (const double x : row) largest = std::max(largest, std::abs(x)), sum += x;
        const auto of_row = measured(row);
        CHECK(of_row.largest == largest);
        CHECK(std::abs(of_row.sum - double(sum)) < 1e-14);
        CHECK(of_row.is_within(largest));
        CHECK((count == 0 || !of_row.is_within(std::nextafter(largest, 0.0))));
        for (std::size_t i = 0; i < count; ++i) {
            auto spoilt = row;
            for (const double x : {infinite, -infinite, no_number}) {
                spoilt[i] = x;
                CHECK_FALSE(measured(spoilt).is_within(std::numeric_limits<double>::max()));
            }
            spoilt[i] = -3.0;
            CHECK(measured(spoilt).largest == 3.0);
        }
        if (count > 1) {   // they cancel in no sum
            auto spoilt = row;
            spoilt.front() = infinite, spoilt.back() = -infinite;
            CHECK_FALSE(measured(spoilt).is_within(infinite));
        }
    }
}

TEST_CASE("Clipped runs are counted alike however the samples are divided")
{
    constexpr double full = 1.0 - 0x1p-15;
    std::vector<double> in(1000, 0.1);
    for (const std::size_t begin : {0u, 99u, 500u, 997u}) std::fill_n(in.begin() + static_cast<std::ptrdiff_t>(begin), 3, full);
    std::fill_n(in.begin() + 200, 5, -1.0);
    std::fill_n(in.begin() + 300, 2, full);                               // too short
    std::fill_n(in.begin() + 400, 4, 1.5);                                // beyond full scale, as floating point may be
    in[600] = in[601] = full, in[602] = -1.0, in[603] = in[604] = full;   // of both signs
    for (const std::size_t length : {1u, 2u, 7u, 100u, 1000u}) {
        clipped_runs runs{full};
        for (std::size_t at = 0; at < in.size(); at += length) {
            const auto some = std::span<const double>{in}.subspan(at, std::min(length, in.size() - at));
            runs(some, measured(some).largest);
        }
        CHECK(runs.count() == 5);
        CHECK(runs.longest() == 5);
    }
}

TEST_CASE("A filter gives the same bits by the instructions of every processor and by those of this one")
{
    if (!has_avx2()) WARN("this processor, or this program, has one kind only");
    const std::vector<mode_numbers::real_mode> reals{{0.9935, 0.02}, {0.757, -0.4}, {-0.2, 0.1}, {-0.6, 0.01}, {0.3, 0.2}, {0.999, 1e-4}};
    const std::vector<mode_numbers::section> sections{
        {0.8, 0.05, 0.1, 0.02, false}, {0.79, 0.04, 0.0, 0.01, true}, {0.1, -0.01, 0.3, 0.1, false}};
    std::mt19937 random{4};
    for (const bool is_float : {false, true})
        for (std::size_t r = 0; r <= reals.size(); ++r)
            for (std::size_t s = 0; s <= sections.size(); ++s) {
                const mode_numbers modes{0.3, std::span{reals}.first(r), std::span{sections}.first(s)};
                const std::unique_ptr<running_kernel> every{new_kernel_for_any(modes, is_float)};
                const auto own = make_running_kernel(modes, is_float);
                for (const std::size_t count : {1u, 7u, 64u, 2501u}) {
                    std::vector<double> x(count);
                    for (auto& sample : x) sample = double(random()) / 4e9 - 0.5;
                    auto y = x;
                    every->process(x);
                    own->process(y);
                    CHECK(x == y);
                }
            }
}
