// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "generator.hpp"

#include <phono/phono.hpp>

#include <cstdint>
#include <utility>

/// Random linear schematics: families of fixed types whose values are drawn, log-uniform, from what is built and beyond.
namespace robustness {

using namespace phono;

/// The values of parts.
class parts_bin {
public:
    /// Every fourth schematic's values reach two decades beyond what is built.
    explicit parts_bin(generator& from) noexcept : from_(from), beyond_(from.one_in(4) ? 100.0 : 1.0) {}

    resistance ohms(double low, double high) { return resistance{value(low, high)}; }
    capacitance farads(double low, double high) { return capacitance{value(low, high)}; }
    inductance henries(double low, double high) { return inductance{value(low, high)}; }
    /// A part that may be absent.
    capacitance farads_or_none(double low, double high) { return from_.one_in(3) ? capacitance{0.0} : farads(low, high); }
    inductance henries_or_none(double low, double high) { return from_.one_in(3) ? inductance{0.0} : henries(low, high); }
    resistance ohms_or_none(double low, double high) { return from_.one_in(3) ? resistance{0.0} : ohms(low, high); }

    resistor r(double low = 100.0, double high = 1e6) { return {ohms(low, high)}; }
    capacitor c(double low = 100e-12, double high = 1e-6) { return {farads(low, high)}; }
    inductor l(double low = 1e-3, double high = 1.0) { return {henries(low, high)}; }

    magnetic_cartridge magnetic()
    {
        return {.resistance = ohms(100.0, 2000.0), .inductance = henries(10e-3, 1.0), .interwinding = farads_or_none(1e-12, 100e-12)};
    }
    moving_coil_cartridge moving_coil() { return {.resistance = ohms(2.0, 100.0), .inductance = henries_or_none(1e-6, 1e-3)}; }
    ceramic_cartridge ceramic() { return {.element = farads(200e-12, 2e-9)}; }
    loading load()
    {
        return {.resistance = ohms(10e3, 250e3), .capacitance = farads_or_none(30e-12, 1e-9), .cable = farads_or_none(30e-12, 300e-12)};
    }
    step_up_transformer transformer()
    {
        return {.ratio = from_.log_between(3.0, 50.0),
                .primary_resistance = ohms_or_none(0.1, 20.0),
                .secondary_resistance = ohms(50.0, 5e3),
                .magnetising = henries(0.05, 10.0),
                .leakage = henries_or_none(1e-6, 1e-3),
                .secondary_capacitance = farads_or_none(20e-12, 1e-9)};
    }
    op_amp amplifier()
    {
        op_amp a;
        a.gain = gain{from_.between(70.0, 145.0)};
        a.corner = corner_of(a.gain, frequency{from_.log_between(1e6, 100e6)});
        if (from_.one_in(3)) a.second_corner = frequency{from_.log_between(10e6, 300e6)};
        if (from_.one_in(2)) a.input_resistance = ohms(50e3, 1e9);
        if (from_.one_in(2)) a.input_capacitance = farads(1e-12, 30e-12);
        if (from_.one_in(2)) a.output_resistance = ohms(1.0, 200.0);
        return a;
    }
    /// A network of RIAA's constants, within a factor, at an impedance.
    auto feedback_riaa()
    {
        const double r1 = value(5e3, 1e6), off = from_.log_between(0.8, 1.25);
        return series{parallel{resistor{resistance{r1}}, capacitor{capacitance{off * 3.18e-3 / r1}}},
                      parallel{resistor{resistance{r1 / (11.78 * off)}}, capacitor{capacitance{75e-6 / (r1 / 11.78)}}}};
    }
    curve equaliser()
    {
        const double off[]{from_.between(0.8, 1.25), from_.between(0.8, 1.25), from_.between(0.8, 1.25)};
        curve c = disc_curve(duration{off[0] * 3.18e-3}, duration{off[1] * 318e-6}, duration{off[2] * 75e-6});
        if (from_.one_in(3)) c.high_passes = {duration{from_.log_between(1e-3, 0.1)}};
        return c;
    }
    /// Any curve at all: up to four of each constant, from 0.5 us to 1 s.
    curve any_curve()
    {
        curve c;
        for (time_constants* list : {&c.lags, &c.leads, &c.high_passes})
            for (duration& t : *list)
                if (from_.one_in(2)) t = duration{from_.log_between(0.5e-6, list == &c.high_passes ? 1.0 : 10e-3)};
        c.level = gain{from_.between(-20.0, 60.0)};
        return c;
    }

private:
    double value(double low, double high) { return from_.log_between(low / beyond_, high * beyond_); }

    generator& from_;
    double beyond_;
};

/// How many families there are.
inline constexpr int linear_families = 24;

/// Calls use(schematic) with the schematic of a family, whose values come from a generator.
void with_schematic(int family, generator& from, auto&& use)
{
    parts_bin p{from};
    const auto section = [&](double ohms) {
        return std::pair{series_arm{resistor{resistance{ohms}}},
                         shunt_arm{capacitor{capacitance{1.0 / (6.283 * from.log_between(10.0, 200e3) * ohms)}}}};
    };
    switch (family) {
        case 0: use(chain{p.magnetic(), p.load(), p.equaliser()}); break;
        case 1:
            use(chain{p.magnetic(), p.load(), series_arm{p.r()}, shunt_arm{p.c()}, series_arm{p.r()}, shunt_arm{p.c()}, p.equaliser()});
            break;
        case 2: use(chain{p.moving_coil(), p.transformer(), p.load(), p.equaliser()}); break;
        case 3:
            use(chain{p.ceramic(), network_loading{parallel{p.r(1e5, 1e7), series{p.r(), p.c()}}}, series_arm{p.r()}, shunt_arm{p.c()}});
            break;
        case 4:   // one op-amp with feedback equalisation
            use(chain{p.magnetic(), p.load(), feedback_stage{p.amplifier(), p.feedback_riaa(), series{p.r(50.0, 5e3), p.c(1e-6, 500e-6)}},
                      series_arm{p.c(0.1e-6, 50e-6)}, shunt_arm{p.r(10e3, 1e6)}});
            break;
        case 5:   // two op-amps with passive equalisation between them
            use(chain{p.magnetic(), p.load(), feedback_stage{p.amplifier(), p.r(1e3, 100e3), series{p.r(10.0, 3e3), p.c(10e-6, 500e-6)}},
                      series_arm{p.r(500.0, 50e3)}, shunt_arm{parallel{p.c(1e-9, 100e-9), series{p.r(500.0, 20e3), p.c(10e-9, 1e-6)}}},
                      feedback_stage{p.amplifier(), p.r(1e3, 100e3), series{p.r(100.0, 10e3), p.c(1e-6, 500e-6)}},
                      series_arm{p.c(0.1e-6, 50e-6)}, shunt_arm{p.r(10e3, 1e6)}});
            break;
        case 6:   // two inverting stages
            use(chain{p.magnetic(), p.load(), inverting_stage{p.amplifier(), p.feedback_riaa(), series{p.r(1e3, 100e3), p.c(1e-6, 100e-6)}},
                      inverting_stage{p.amplifier(), parallel{p.r(1e3, 1e6), p.c(1e-12, 1e-9)}, p.r(500.0, 100e3)}});
            break;
        case 7: use(chain{p.moving_coil(), transimpedance_stage{p.amplifier(), p.feedback_riaa()}}); break;
        case 8:
            use(chain{p.magnetic(), transimpedance_stage{p.amplifier(), parallel{p.r(1e3, 1e6), p.c(1e-12, 10e-9)}},
                      feedback_stage{p.amplifier(), p.r(1e3, 100e3), p.r(100.0, 10e3)}, p.equaliser()});
            break;
        case 9: use(chain{voltage_source{}, p.any_curve()}); break;
        case 10: use(chain{voltage_source{}, p.any_curve(), inverse(p.equaliser())}); break;
        case 11: use(chain{voltage_source{}, inverse(p.any_curve())}); break;
        case 12: use(chain{voltage_source{}, inverse(p.equaliser()), inverse(p.any_curve())}); break;
        case 13:   // a ladder of RC sections
            use(chain{voltage_source{}, series_arm{p.r()}, shunt_arm{p.c()}, series_arm{p.r()}, shunt_arm{p.c()}, series_arm{p.r()},
                      shunt_arm{p.c()}, series_arm{p.r()}, shunt_arm{p.c()}, series_arm{p.r()}, shunt_arm{p.c()}, series_arm{p.r()},
                      shunt_arm{p.c()}});
            break;
        case 14: {   // a twin T, exact or off
            const double r = from.log_between(100.0, 1e6), c = 1.0 / (6.283 * r * from.log_between(10.0, 30e3));
            const double off = from.one_in(3) ? 1.0 : from.between(0.5, 2.0);
            use(chain{voltage_source{}, tap{1}, series_arm{resistor{resistance{r}}}, shunt_arm{capacitor{capacitance{2.0 * c}}},
                      series_arm{resistor{resistance{r}}}, tap{2}, series_arm{capacitor{capacitance{c}}},
                      shunt_arm{resistor{resistance{0.5 * r * off}}}, bridge{1, capacitor{capacitance{c}}}, p.equaliser()});
            break;
        }
        case 15:   // a bridged T
            use(chain{voltage_source{}, series_arm{p.r()}, tap{1}, series_arm{p.r()}, shunt_arm{p.c()}, series_arm{p.r()},
                      bridge{1, parallel{p.r(), p.c()}}, shunt_arm{p.r()}});
            break;
        case 16:   // a Sallen-Key section around a real amplifier
            use(chain{voltage_source{}, series_arm{p.r()}, tap{1}, series_arm{p.r()}, shunt_arm{p.c()},
                      feedback_stage{p.amplifier(), p.r(10.0, 10e3)}, bridge{1, p.c()}, p.equaliser()});
            break;
        case 17:   // an LC ladder
            use(chain{voltage_source{}, series_arm{p.r()}, series_arm{p.l()}, shunt_arm{p.c()}, series_arm{p.l()}, shunt_arm{p.c()},
                      series_arm{p.l()}, shunt_arm{parallel{p.c(), p.r()}}});
            break;
        case 18:   // a trap and a resonance
            use(chain{p.magnetic(), p.load(), series_arm{parallel{p.l(), p.c(), p.r()}}, shunt_arm{series{p.r(), p.l(), p.c()}},
                      series_arm{p.c(0.1e-6, 10e-6)}, shunt_arm{p.r()}});
            break;
        case 19:   // deep networks
            use(chain{voltage_source{}, series_arm{parallel{series{p.r(), p.c()}, series{p.r(), parallel{p.c(), series{p.r(), p.c()}}}}},
                      shunt_arm{parallel{p.r(), series{p.c(), parallel{p.r(), series{p.l(), p.r()}}}}}, series_arm{p.r()},
                      shunt_arm{p.c()}});
            break;
        case 20: {   // curves whose poles stand close together
            const double ratio = from.between(1.0, 1.4);
            double t = from.log_between(10e-6, 1e-3);
            const auto lags = [&] {
                const auto next = [&] { return duration{t *= ratio}; };
                return curve{.lags = {next(), next(), next(), next()}};
            };
            const auto a = lags(), b = lags(), c = lags(), d = lags(), e = from.one_in(2) ? lags() : curve{};
            use(chain{voltage_source{}, a, b, c, d, e});
            break;
        }
        case 21: {   // buffered RC sections, close together or not
            const auto s1 = section(1e3), s2 = section(1e4), s3 = section(1e5), s4 = section(1e3), s5 = section(1e4), s6 = section(1e5);
            use(chain{voltage_source{}, s1.first, s1.second, buffer{}, s2.first, s2.second, buffer{}, s3.first, s3.second, buffer{},
                      s4.first, s4.second, buffer{}, s5.first, s5.second, buffer{}, s6.first, s6.second});
            break;
        }
        case 22:   // three op-amps: a head amplifier, passive bass, active treble
            use(chain{p.moving_coil(), p.load(), feedback_stage{p.amplifier(), p.r(100.0, 10e3), p.r(3.0, 300.0)}, series_arm{p.r()},
                      shunt_arm{series{p.r(), p.c()}}, feedback_stage{p.amplifier(), parallel{p.r(), p.c()}, p.r(100.0, 10e3)},
                      series_arm{p.c(0.1e-6, 10e-6)}, shunt_arm{p.r()}, feedback_stage{p.amplifier(), p.r(), p.r()}});
            break;
        default:   // a moving coil, a transformer and an op-amp
            use(chain{p.moving_coil(), p.transformer(), p.load(), feedback_stage{p.amplifier(), p.feedback_riaa(), p.r(50.0, 5e3)},
                      series_arm{p.c(0.1e-6, 10e-6)}, shunt_arm{p.r()}});
    }
}

}   // namespace robustness
