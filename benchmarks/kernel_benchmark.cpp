// SPDX-License-Identifier: BSL-1.0
#include "circuits.hpp"
#include "exact_modes.hpp"
#include "linear_lines.hpp"
#include "sections.hpp"
#include "textbook_biquad.hpp"
#include "textbook_cascade.hpp"
#include "wave_digital_preamp.hpp"

#include <phono/phono.hpp>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdio>
#include <numbers>
#include <span>
#include <string>
#include <vector>

// One circuit by everything that plays it, sample by sample and in blocks.
namespace {

using namespace phono;
using namespace phono::literals;

/// Of the blocks that are timed; how a time depends on the length is for the section of blocks.
constexpr std::size_t block_lengths[] = {64, 512};

constexpr digital_filter two_modes = second_order_riaa();

/// What a figure of the issue or the documents is for: double and float with wide vectors, and without.
struct bounds {
    double native_double, native_float, portable_double, portable_float;

    template <class T>
    [[nodiscard]] aim of() const
    {
        constexpr bool is_double = sizeof(T) == sizeof(double);
        return ratio_at_most(is_native ? (is_double ? native_double : native_float) : (is_double ? portable_double : portable_float));
    }
};

template <class T>
std::string named(const std::string& name)
{
    return sizeof(T) == sizeof(double) ? name : name + ", float";
}

template <class T>
void add_preamp(table& lines, const std::string& name, const auto& preamp, auto wanted, double error_at_most, const bounds& block,
                const aim& one_by_one = {})
{
    require(!preamp.problem(), name + " has no problem");
    lines.add(checked_line<T>(named<T>(name), "registers", in_registers<T>(preamp), wanted, error_at_most));
    line object = checked_line<T>(named<T>(name), "object", as_object<T>(preamp), wanted, error_at_most);
    object.should = one_by_one;
    lines.add(object);
    for (const std::size_t length : block_lengths) {
        line in_block =
            checked_line<T>(named<T>(name), "block " + std::to_string(length), in_blocks<T>(preamp, length), wanted, error_at_most, length);
        in_block.should = block.of<T>();
        lines.add(in_block);
    }
}

template <class T>
void add_textbook(table& lines, const std::string& name, const auto& filter, auto wanted, double error_at_most, const aim& should = {})
{
    line registers = checked_line<T>(named<T>(name), "registers", in_registers<T>(filter), wanted, error_at_most);
    line object = checked_line<T>(named<T>(name), "object", as_object<T>(filter), wanted, error_at_most);
    registers.is_ours = object.is_ours = false;
    object.should = should;
    lines.add(registers);
    lines.add(object);
}

/// Two poles and two zeros are up to 0.5 dB off; the naive biquad is one of them.
template <class T>
void add_second_order(table& lines)
{
    constexpr double off = 1.0;
    const auto wanted = analogue(riaa_alone);
    add_textbook<T>(lines, "DF2T biquad", baseline<T>(), wanted, off);
    const constant_kernel<two_modes, T> kernel;
    lines.add(checked_line<T>(named<T>("two modes: constant_kernel"), "registers", in_registers<T>(kernel), wanted, off));
    lines.add(checked_line<T>(named<T>("two modes: constant_kernel"), "object", as_object<T>(kernel), wanted, off));
    for (const std::size_t length : block_lengths)
        lines.add(checked_line<T>(named<T>("two modes: constant_kernel"), "block " + std::to_string(length), in_blocks<T>(kernel, length),
                                  wanted, off, length));
}

template <class T>
std::vector<double> played(const player<T>& play, const std::vector<double>& in)
{
    std::vector<T> samples(in.begin(), in.end());
    play(samples);
    return {samples.begin(), samples.end()};
}

/// The largest difference of two outputs, re the peak of the first.
template <class T>
double difference(const std::vector<T>& a, const std::vector<double>& b)
{
    T peak = 0, largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        peak = std::max(peak, std::fabs(a[i]));
        largest = std::max(largest, std::fabs(a[i] - static_cast<T>(b[i])));
    }
    return static_cast<double>(largest / peak);
}

/// How far blocks of any length and samples one by one are apart, and each from long double.
struct agreement {
    double apart = 0.0, blocks = 0.0, one_by_one = 0.0;

    void take(const agreement& other)
    {
        apart = std::max(apart, other.apart);
        blocks = std::max(blocks, other.blocks);
        one_by_one = std::max(one_by_one, other.one_by_one);
    }
};

template <template <class T> class Preamp, class T>
agreement agreement_on(const std::vector<double>& in)
{
    constexpr std::size_t lengths[] = {1, 7, 64, 512, 1023, 4096};
    agreement found;
    const std::vector<long double> exact = exactly_played(Preamp<T>::filter(), in);
    const std::vector<double> one_by_one = played<T>(as_object<T>(Preamp<T>::make()), in);
    found.one_by_one = difference(exact, one_by_one);
    for (const std::size_t length : lengths) {
        const std::vector<double> blocks = played<T>(in_blocks<T>(Preamp<T>::make(), length), in);
        found.apart = std::max(found.apart, difference(one_by_one, blocks));
        found.blocks = std::max(found.blocks, difference(exact, blocks));
    }
    return found;
}

template <class T>
struct constant_preamp {
    static constexpr auto model = analyse(cartridge_riaa);
    static auto make() { return preamp<cartridge_riaa, T>{common_rate}; }
    static auto filter() { return design(model, common_rate, phase::minimum); }
};
template <class T>
struct run_time_preamp {
    static auto make() { return tunable_preamp<std::remove_const_t<decltype(cartridge_riaa)>, T>{cartridge_riaa, common_rate}; }
    static auto filter() { return design(cartridge_riaa, common_rate); }
};
template <class T>
struct slow_pole {   ///< 20 Hz
    static constexpr chain schematic{voltage_source{}, riaa_iec};
    static auto make() { return preamp<schematic, T>{768_kHz}; }
    static auto filter() { return design(schematic, 768_kHz); }
};

template <template <class T> class Preamp>
void add_agreement(table& lines, const char* name)
{
    const std::vector<float> in = noise<float>(20000);   // floats, so that both types get the same
    for (const bool is_step : {false, true}) {
        agreement in_double, in_float;
        for (const float height : {1.0F, 0.5137F, 0.6411F, 0.7702F, 0.8893F}) {   // where rounding stalls depends on the height of a step
            std::vector<double> input(in.begin(), in.end());
            if (is_step) input.assign(in.size(), static_cast<double>(height));
            in_double.take(agreement_on<Preamp, double>(input));
            in_float.take(agreement_on<Preamp, float>(input));
            if (!is_step) break;
        }
        require(in_double.apart < 1e-12 && in_float.apart < 1e-3, "blocks and samples one by one agree");
        char text[200];
        std::snprintf(text, sizeof text, "%-37s %-5s %8.1e%-7s %8.1e %8.1e %11.1e%-7s %8.1e %8.1e", name, is_step ? "step" : "noise",
                      in_double.apart, in_double.apart <= 1e-14 ? "" : " MISSED", in_double.blocks, in_double.one_by_one, in_float.apart,
                      in_float.apart <= 1e-6 ? "" : " MISSED", in_float.blocks, in_float.one_by_one);
        lines.note(text);
    }
}

/// The bilinear transform plays a frequency as the circuit would play its warped one: the wave digital filter must do exactly that.
void check_wave_digital()
{
    const auto as_circuit = [](double hertz) -> std::complex<double> {
        const double warped = sampling_rate / std::numbers::pi * std::tan(std::numbers::pi * hertz / sampling_rate);
        return response(cartridge_riaa, frequency{warped});
    };
    const std::vector<double> h = impulse_response<double>(in_registers<double>(wave_digital_preamp<double>{sampling_rate}));
    for (const double hertz : {20.0, 1e3, 10e3, 20e3}) {
        const std::complex<double> wanted = as_circuit(hertz);
        require(std::abs(response_to_impulse(h, hertz, sampling_rate) - wanted) < 1e-9 * std::abs(wanted),
                "the wave digital filter is its circuit, warped by the bilinear transform");
    }
}

}   // namespace

void add_curve(table& lines)
{
    lines.begin_section("RIAA alone at 48 kHz, by two poles and by a design of order 5; error against the curve, 20 Hz to 20 kHz");
    add_second_order<double>(lines);
    add_second_order<float>(lines);
    const auto wanted = analogue(riaa_alone);
    const biquad_cascade cascade = biquads(riaa_alone, common_rate);
    require(cascade.count == 3, "RIAA is three biquads");
    add_textbook<double>(lines, "RIAA: DF2T cascade", textbook_cascade<double, 3>{cascade}, wanted, 1e-3);
    add_textbook<float>(lines, "RIAA: DF2T cascade", textbook_cascade<float, 3>{cascade}, wanted, 0.1);
    const bounds block{.20, .14, .50, .34};
    add_preamp<double>(lines, "RIAA: preamp", preamp<riaa_alone>{common_rate}, wanted, 1e-3, block);
    add_preamp<float>(lines, "RIAA: preamp", preamp<riaa_alone, float>{common_rate}, wanted, 1e-3, block);
    add_faust_curve(lines);
    add_stk(lines);
    add_liquid(lines);
    add_sox(lines);
    lines.note("KFR, iir1, signalsmith, chowdsp_wdf: no Debian package, so not timed here.");
}

void add_cartridge(table& lines)
{
    lines.begin_section("cartridge, load and RIAA at 48 kHz: a design of order 7; error against the circuit, 20 Hz to 20 kHz");
    const auto wanted = analogue(cartridge_riaa);
    const biquad_cascade cascade = biquads(cartridge_riaa, common_rate);
    require(cascade.count == 4, "cartridge, load and RIAA are four biquads");
    add_textbook<double>(lines, "cartridge: DF2T cascade", textbook_cascade<double, 4>{cascade}, wanted, 1e-3);
    add_textbook<float>(lines, "cartridge: DF2T cascade", textbook_cascade<float, 4>{cascade}, wanted, 0.1);
    check_wave_digital();
    add_textbook<double>(lines, "cartridge: wave digital filter", wave_digital_preamp<double>{sampling_rate}, wanted, 50.0,
                         share_at_least(15.0, "cartridge: preamp, block 512"));
    const bounds block{.24, .17, .70, .40};
    add_preamp<double>(lines, "cartridge: preamp", preamp<cartridge_riaa>{common_rate}, wanted, 1e-3, block,
                       is_native ? ratio_at_most(.60) : aim{});
    add_preamp<float>(lines, "cartridge: preamp", preamp<cartridge_riaa, float>{common_rate}, wanted, 1e-3, block);
    add_preamp<double>(lines, "cartridge: tunable_preamp", tunable_preamp{cartridge_riaa_at_run_time(), common_rate}, wanted, 1e-3, block);
    add_preamp<float>(lines, "cartridge: tunable_preamp",
                      tunable_preamp<decltype(cartridge_riaa_at_run_time()), float>{cartridge_riaa_at_run_time(), common_rate}, wanted,
                      1e-3, block);
    add_faust_cartridge(lines);
}

void add_agreements(table& lines)
{
    lines.begin_section("blocks of 1 to 4096 against samples one by one, and each against long double: largest difference, re the peak");
    lines.note("                                            double, <= 1e-14  blocks  samples   float, <= 1e-6   blocks  samples");
    add_agreement<constant_preamp>(lines, "cartridge, load, RIAA: preamp");
    add_agreement<run_time_preamp>(lines, "cartridge, load, RIAA: tunable_preamp");
    add_agreement<slow_pole>(lines, "RIAA with a 20 Hz pole at 768 kHz");
}
