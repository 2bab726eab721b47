// SPDX-License-Identifier: BSL-1.0
#include "table.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace {

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// A few passes in a row, of which the first, untimed, brings the contender's code and data back into the caches.
void take_turn(line& one, double& spent)
{
    const double begin = now();
    for (int pass = 0; pass < 4; ++pass) {
        if (one.before) one.before();
        const double start = now();
        one.pass();
        const double time = 1e9 * (now() - start) / one.items;
        if (pass > 0 || time > 1e5) one.nanoseconds = std::min(one.nanoseconds, time);
        if (now() - begin > 0.01) break;   // one that takes milliseconds has warmed up by itself
    }
    spent += now() - begin;
}

std::string formatted(const char* format, double value)
{
    char text[64];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

std::string key(const line& one) { return one.reading.empty() ? one.name : one.name + ", " + one.reading; }

}   // namespace

void table::measure(double seconds)
{
    std::vector<line*> all;
    for (section& s : sections_)
        for (line& one : s.lines) all.push_back(&one);
    std::vector<double> spent(all.size());
    const double each = seconds / static_cast<double>(all.size());
    constexpr int fewest = 3;
    bool is_any_left = true;
    for (int round = 0; is_any_left; ++round) {
        is_any_left = false;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (round >= fewest && spent[i] >= each) continue;
            is_any_left = true;
            take_turn(*all[i], spent[i]);
        }
    }
}

const line* table::find(const std::string& name_and_reading) const
{
    for (const section& s : sections_)
        for (const line& one : s.lines)
            if (key(one) == name_and_reading) return &one;
    return nullptr;
}

double table::ratio(const line& one) const
{
    for (const section& s : sections_)
        for (const line& base : s.lines)
            if (base.is_float == one.is_float) return one.nanoseconds / base.nanoseconds;
    return std::numeric_limits<double>::quiet_NaN();
}

std::string table::verdict(const line& one) const
{
    const aim& a = one.should;
    const auto compared = [](double value, double limit, bool is_least, const std::string& unit) {
        return (is_least ? ">= " : "<= ") + formatted("%.3g", limit) + unit +
               ((is_least ? value >= limit : value <= limit) ? "" : "  MISSED");
    };
    switch (a.of) {
        case aim::kind::ratio_at_most: return compared(ratio(one), a.limit, false, "");
        case aim::kind::nanoseconds_at_most: return compared(one.nanoseconds, a.limit, false, " ns");
        case aim::kind::extra_at_most:
        case aim::kind::share_at_most:
        case aim::kind::share_at_least:
            if (const line* other = find(a.beside)) {
                if (a.of == aim::kind::extra_at_most)
                    return "more than " + a.beside + " by " + compared(one.nanoseconds - other->nanoseconds, a.limit, false, " ns");
                const double share = one.nanoseconds / other->nanoseconds;
                return formatted("%.2f", share) + " of " + a.beside + " " + compared(share, a.limit, a.of == aim::kind::share_at_least, "");
            }
            return "no line " + a.beside;
        case aim::kind::none: break;
    }
    return "";
}

void table::print() const
{
    for (const section& s : sections_) {
        std::printf("\n%s\n", s.title.c_str());
        if (!s.lines.empty())
            std::printf("  %-46s %-14s %12s %9s %11s %12s  %s\n", "", "reading", "ns", "re DF2T", "error, dB", "x real time", "aim");
        for (const line& one : s.lines) {
            std::printf("  %-46s %-14s ", one.name.c_str(), one.reading.c_str());
            std::printf(one.nanoseconds < 1e4 ? "%12.3f" : "%12.0f", one.nanoseconds);
            one.is_call ? std::printf(" %9s", "") : std::printf(" %9.3f", ratio(one));
            std::isnan(one.error) ? std::printf(" %11s", "") : std::printf(" %11.1e", one.error);
            one.rate > 0.0 ? std::printf(" %12.1f", 1e9 / one.nanoseconds / one.rate) : std::printf(" %12s", "");
            std::printf("  %s\n", verdict(one).c_str());
        }
        for (const std::string& sentence : s.notes) std::printf("  %s\n", sentence.c_str());
    }
}
