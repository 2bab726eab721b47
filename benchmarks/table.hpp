// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <limits>
#include <string>
#include <vector>

/// What a line of the table should show. It is printed beside the figure and decides nothing.
struct aim {
    enum class kind { none, ratio_at_most, nanoseconds_at_most, extra_at_most, share_at_most, share_at_least };

    kind of = kind::none;
    double limit = 0.0;
    std::string beside{};   ///< the line, "name, reading", that a share, or extra nanoseconds, are of
};

inline aim ratio_at_most(double limit) { return {aim::kind::ratio_at_most, limit}; }
inline aim nanoseconds_at_most(double limit) { return {aim::kind::nanoseconds_at_most, limit}; }
inline aim extra_at_most(double limit, const std::string& beside) { return {aim::kind::extra_at_most, limit, beside}; }
inline aim share_at_most(double limit, const std::string& beside) { return {aim::kind::share_at_most, limit, beside}; }
inline aim share_at_least(double limit, const std::string& beside) { return {aim::kind::share_at_least, limit, beside}; }

/// One contender in one reading, which has been checked.
struct line {
    std::string name;                 ///< unique together with the reading
    std::string reading;              ///< how it is run: its state in registers, an object behind a reference, or blocks of a length
    double items = 1.0;               ///< of a pass: samples times channels, or calls
    std::function<void()> before{};   ///< ahead of each pass and not timed: fresh input
    std::function<void()> pass{};
    double error = std::numeric_limits<double>::quiet_NaN();   ///< in decibels, where it has a response
    aim should{};
    bool is_float = false;
    double rate = 0.0;      ///< in hertz, for the multiple of real time; 0: not shown
    bool is_call = false;   ///< a whole design, for instance, with no ratio to a biquad
    bool is_ours = true;
    double nanoseconds = std::numeric_limits<double>::infinity();   ///< for one item: measured
};

/// The lines of all sections. The first line of each sample type is the naive biquad, to which ratios are.
class table {
public:
    void begin_section(const std::string& title) { sections_.push_back({title, {}, {}}); }
    void add(line one) { sections_.back().lines.push_back(std::move(one)); }
    /// A sentence below the lines of a section: a contender that is not there, for instance.
    void note(const std::string& sentence) { sections_.back().notes.push_back(sentence); }

    /// Has Google Benchmark time all lines in turn, in random order, over and over, for about so many seconds in total: each figure is the
    /// least of its passes, so that what else the machine does, which comes and goes, has no part in it. Every line gets as much time as
    /// every other.
    void measure(double seconds);

    /// Prints all sections.
    void print() const;

    /// A line that has been measured; nullptr if there is none.
    [[nodiscard]] const line* find(const std::string& name_and_reading) const;
    /// Its time relative to the naive biquad of its type.
    [[nodiscard]] double ratio(const line& one) const;

private:
    struct section {
        std::string title;
        std::vector<line> lines;
        std::vector<std::string> notes;
    };

    [[nodiscard]] std::string verdict(const line& one) const;

    std::vector<section> sections_;
};
