// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/match/cartridge_match.hpp>
#include <phono/match/match_rules.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace phono::inline v0_2 {

/// What the rules say of a cartridge on one kind of input.
struct match_verdict {
    match_grade match = match_grade::suits;    ///< of the cartridge: the worst grade of the rules about it that hold
    match_grade as_set = match_grade::suits;   ///< with the parts as set: the worst grade of all rules that hold
    std::array<bool, match_rules.size()> holds{};
    std::array<double, match_rules.size()> values{};   ///< of each rule's quantity where it holds, the furthest from the edge

    /// True for a rule that sets the match's grade.
    [[nodiscard]] constexpr bool decides(std::size_t rule) const noexcept
    {
        return holds[rule] && match_rules[rule].subject == rule_subject::cartridge && match_rules[rule].grade == match;
    }
    /// True for a rule that finds fault with the parts as set.
    [[nodiscard]] constexpr bool objects(std::size_t rule) const noexcept
    {
        return holds[rule] && match_rules[rule].subject == rule_subject::parts && match_rules[rule].grade != match_grade::suits;
    }
};

namespace detail {

/// Adds what the rules say of one winding.
constexpr void judge_winding(match_verdict& verdict, const match_figures& found, input_mode mode) noexcept
{
    for (std::size_t i = 0; i < match_rules.size(); ++i) {
        const match_rule& rule = match_rules[i];
        if (rule.mode != mode || !rule.holds(found)) continue;
        const double value = rule.quantity.measure(found, mode);
        if (!verdict.holds[i] || rule.is_further(value, verdict.values[i])) verdict.values[i] = value;
        verdict.holds[i] = true;
        if (rule.grade > verdict.as_set) verdict.as_set = rule.grade;
        if (rule.subject == rule_subject::cartridge && rule.grade > verdict.match) verdict.match = rule.grade;
    }
}

}   // namespace detail

/// Applies every rule for one kind of input, to every winding that an unknown one may be; where none holds, the input suits.
[[nodiscard]] constexpr match_verdict judge(const cartridge_match& found, input_mode mode) noexcept
{
    match_verdict verdict;
    detail::judge_winding(verdict, found, mode);
    for (std::size_t i = 0; i < found.other_count; ++i) detail::judge_winding(verdict, found.others[i], mode);
    return verdict;
}

/// Which input serves a cartridge better.
enum class match_choice { voltage, transimpedance, either, neither, transformer };

/// Of a voltage and a trans-impedance input that with the better grade for the cartridge alone; where both grades are the same, neither if
/// they are the worst, else either.
[[nodiscard]] constexpr match_choice choose(const match_verdict& voltage, const match_verdict& transimpedance) noexcept
{
    if (voltage.match < transimpedance.match) return match_choice::voltage;
    if (transimpedance.match < voltage.match) return match_choice::transimpedance;
    return voltage.match == match_grade::does_not_suit ? match_choice::neither : match_choice::either;
}

/// The same with a transformer as the third, which is chosen where its grade is better than that of both.
[[nodiscard]] constexpr match_choice choose(const match_verdict& voltage, const match_verdict& transimpedance,
                                            const match_verdict& transformer) noexcept
{
    if (transformer.match < voltage.match && transformer.match < transimpedance.match) return match_choice::transformer;
    return choose(voltage, transimpedance);
}

}   // namespace phono::inline v0_2
