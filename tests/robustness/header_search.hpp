// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/reading.hpp"

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

/// A seeded search over headers that lie: sizes, chunks that are cut, repeated, missing or out of order, of every kind of file. A reader
/// must never hand over fewer frames than a file holds, or than it announces, as if that were all.
namespace header_search {

using namespace sound_files;

inline constexpr std::size_t frames_of_sound = 300;

/// A file that was changed, and what is true of it.
struct subject {
    string bytes;
    std::string changes;       ///< in words, for the report
    std::size_t held{};        ///< frames of sound, in all chunks of sound together
    std::size_t announced{};   ///< frames by the size of the sound's chunk; 0 where it means that it is not known
};

class mutator {
public:
    explicit mutator(std::uint64_t seed) : random_{seed} {}

    subject operator()()
    {
        auto one = of_kind(kinds[below(kinds.size())], samples_16(frames_of_sound));
        if (below(2) == 0) insert(one, one.sound);
        if (below(2) == 0) insert(one, one.sound + 1);
        std::string changes = one.kind;
        std::vector<bool> sound(one.chunks.size());
        sound[one.sound] = true;
        std::size_t announced = frames_of_sound;
        const auto count = 1 + below(3);
        for (std::size_t i = 0; i < count; ++i) changes += ", " + change(one, sound, announced);
        auto bytes = one.bytes();
        std::size_t held = 0, at = one.kind == "caf" ? 8 : one.kind == "w64" ? 40 : 12;
        if (below(3) == 0) {
            const auto left = below(bytes.size());
            changes += ", cut to " + std::to_string(left) + " bytes";
            bytes.resize(left);
        }
        for (std::size_t i = 0; i < one.chunks.size(); at += one.chunks[i++].size()) {
            const auto begin = at + one.head_bytes() + one.in_front, end = std::min(bytes.size(), begin + frames_of_sound * one.frame);
            if (sound[i] && end > begin) held += (end - begin) / one.frame;
        }
        if (below(4) == 0 && !bytes.empty()) {   // what is right is not known, then: only that nothing breaks
            const auto place = below(std::min<std::size_t>(bytes.size(), 150));
            bytes[place] = static_cast<char>(random_());
            return {bytes, changes + ", byte " + std::to_string(place) + " changed", 0, 0};
        }
        return {bytes, changes, held, announced};
    }

private:
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }

    void insert(file& one, std::size_t at)
    {
        const auto id = one.with.guid ? "bext" : one.kind.starts_with("ai") ? "ANNO" : one.kind == "caf" ? "info" : "LIST";
        one.chunks.insert(one.chunks.begin() + static_cast<std::ptrdiff_t>(at), one.with.chunk(id, string(1 + below(60), 'x')));
        if (at <= one.sound) ++one.sound;
    }

    std::uint64_t lie(std::uint64_t truth)
    {
        switch (below(9)) {
            case 0: return 0;
            case 1: return truth / 2;
            case 2: return 2 * truth;
            case 3: return truth - 1 - below(8);
            case 4: return truth + 1 + below(8);
            case 5: return 0xffff'ffff;
            case 6: return random_();
            case 7: return below(2 * frames_of_sound * 4);
            default: return std::uint64_t{1} << below(64);
        }
    }

    std::string change(file& one, std::vector<bool>& sound, std::size_t& announced)
    {
        const auto i = below(one.chunks.size()), j = below(one.chunks.size());
        const auto name = [&](std::size_t which) { return "'" + one.chunks[which].substr(0, 4) + "'"; };
        switch (below(6)) {
            case 0:
            case 1:
            case 2: {
                const auto size = lie(one.chunks[i].size() - one.head_bytes());
                const std::uint64_t wide = one.with.size_bytes == 4 ? size & 0xffff'ffff : size;
                one.chunks[i].replace(one.size_at(), static_cast<std::size_t>(one.with.size_bytes), one.with.size(wide));
                // A second field may say something else, and the largest numbers mean that nothing is known.
                if (sound[i]) announced = 0;
                if (sound[i] && wide < 1'000'000 && one.kind != "rf64" && one.kind != "bw64")
                    announced = (wide - std::min<std::uint64_t>(wide, one.in_front + (one.with.guid ? 24 : 0))) / one.frame;
                return name(i) + " says " + std::to_string(wide);
            }
            case 3:
                std::swap(one.chunks[i], one.chunks[j]);
                std::vector<bool>::swap(sound[i], sound[j]);
                return name(j) + " and " + name(i) + " change places";
            case 4:
                one.chunks.insert(one.chunks.begin() + static_cast<std::ptrdiff_t>(j), one.chunks[i]);
                sound.insert(sound.begin() + static_cast<std::ptrdiff_t>(j), static_cast<bool>(sound[i]));
                return name(j) + " is repeated";
            default: {
                const auto done = name(i) + " is missing";
                if (one.chunks.size() == 1) return "nothing";
                if (sound[i]) announced = 0;
                one.chunks.erase(one.chunks.begin() + static_cast<std::ptrdiff_t>(i));
                sound.erase(sound.begin() + static_cast<std::ptrdiff_t>(i));
                return done;
            }
        }
    }

    std::mt19937_64 random_;
};

/// What is wrong with a result, in words; empty where nothing is.
inline std::string objection(const subject& of, const reading::result& result, const std::string& route)
{
    if (result.refused) return {};
    const auto frames = result.frames();
    if (frames >= of.held && frames >= of.announced) return {};
    return route + " gives " + std::to_string(frames) + " frames of " + std::to_string(of.held) + " held, " + std::to_string(of.announced) +
           " announced: " + of.changes;
}

struct outcome {
    std::size_t read = 0, refused = 0, recovered = 0;
    std::vector<std::string> objections{};
};

inline outcome run(std::uint64_t first, std::size_t count)
{
    outcome all;
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        const auto one = mutator{seed}();
        for (const bool piped : {false, true}) {
            const auto result = piped ? reading::from_pipe(one.bytes) : reading::from_file(one.bytes);
            ++(result.refused ? all.refused : all.read);
            const auto wrong = objection(one, result, piped ? "the pipe" : "the file");
            if (!wrong.empty()) all.objections.push_back("case " + std::to_string(seed) + ": " + wrong);
            const auto taken = piped ? reading::from_pipe(one.bytes, true) : reading::from_file(one.bytes, true);
            all.recovered += result.refused && !taken.refused;
        }
    }
    return all;
}

}   // namespace header_search
