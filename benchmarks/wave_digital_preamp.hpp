// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <utility>

// Wave digital filters by the textbook (A. Fettweis, Wave digital filters: theory and practice, Proc. IEEE 74, 1986, sections III and IV):
// voltage waves a = v + R i into a port and b = v - R i out of it, elements by the bilinear transform, three-port adaptors whose port
// towards the root reflects nothing.

template <class T>
struct wave_resistor {
    T r;
    T up() noexcept { return T{}; }
    void down(T) noexcept {}
};

/// A source behind a resistor.
template <class T>
struct wave_source {
    T r;
    T emf{};
    T up() noexcept { return emf; }
    void down(T) noexcept {}
};

template <class T>
struct wave_capacitor {
    T r;
    T state{};
    wave_capacitor(double farads, double rate) : r(static_cast<T>(1.0 / (2.0 * farads * rate))) {}
    T up() noexcept { return state; }
    void down(T a) noexcept { state = a; }
};

template <class T>
struct wave_inductor {
    T r;
    T state{};
    wave_inductor(double henries, double rate) : r(static_cast<T>(2.0 * henries * rate)) {}
    T up() noexcept { return -state; }
    void down(T a) noexcept { state = a; }
};

/// Two elements in series: the voltages of the three ports sum to zero.
template <class T, class A, class B>
struct wave_series {
    A one;
    B other;
    T r, share;
    T from_one{}, from_other{};

    wave_series(A a, B b) : one(std::move(a)), other(std::move(b)), r(one.r + other.r), share(one.r / r) {}

    T up() noexcept
    {
        from_one = one.up();
        from_other = other.up();
        return -(from_one + from_other);
    }
    void down(T a) noexcept
    {
        const T to_one = from_one - share * (from_one + from_other + a);
        one.down(to_one);
        other.down(-(a + to_one));
    }
};

/// Two elements in parallel: the voltages of the three ports are equal.
template <class T, class A, class B>
struct wave_parallel {
    A one;
    B other;
    T r, share;
    T from_one{}, from_other{}, reflected{};

    wave_parallel(A a, B b) : one(std::move(a)), other(std::move(b)), r(one.r * other.r / (one.r + other.r)), share(r / one.r) {}

    T up() noexcept
    {
        from_one = one.up();
        from_other = other.up();
        return reflected = from_other + share * (from_one - from_other);
    }
    void down(T a) noexcept
    {
        const T twice_voltage = reflected + a;
        one.down(twice_voltage - from_one);
        other.down(twice_voltage - from_other);
    }
};

/// A magnetic cartridge in its load, a buffer, and RIAA by the usual passive network: R1, then C1 with R2 and C2 across it.
template <class T>
class wave_digital_preamp {
public:
    /// Volts out for volts of EMF in; at low frequencies the gain is that of the divider of cartridge and load.
    explicit wave_digital_preamp(double rate)
        : coil_{wave_source<T>{T(1e3)}, wave_inductor<T>{0.5, rate}},
          input_{coil_, wave_capacitor<T>{150e-12, rate}},
          branch_{wave_resistor<T>{static_cast<T>(r2)}, wave_capacitor<T>{c2, rate}},
          network_{wave_capacitor<T>{c1, rate}, branch_},
          load_reflects_((load - input_.r) / (load + input_.r)),
          source_reflects_((r1 - network_.r) / (r1 + network_.r)),
          source_gives_(T(2) * network_.r / (r1 + network_.r))
    {
    }

    T operator()(T x) noexcept
    {
        input_.one.one.emf = -x;   // a series adaptor turns the sign
        const T a = input_.up(), b = load_reflects_ * a;
        input_.down(b);
        const T buffered = (a + b) / T(2);
        const T from_network = network_.up(), to_network = source_gives_ * buffered + source_reflects_ * from_network;
        network_.down(to_network);
        return (from_network + to_network) / T(2);
    }

private:
    static constexpr T load = T(47e3), r1 = T(10e3);
    // R1 C1 = T1 T3/T2 and R1 C2 = T1 + T3 - T2 - R1 C1, with 3180, 318 and 75 us.
    static constexpr double c1 = 3180e-6 * 75e-6 / 318e-6 / 10e3, c2 = (3180e-6 + 75e-6 - 318e-6) / 10e3 - c1, r2 = 318e-6 / c2;

    using coil = wave_series<T, wave_source<T>, wave_inductor<T>>;
    using branch = wave_series<T, wave_resistor<T>, wave_capacitor<T>>;
    coil coil_;
    wave_parallel<T, coil, wave_capacitor<T>> input_;
    branch branch_;
    wave_parallel<T, wave_capacitor<T>, branch> network_;
    T load_reflects_, source_reflects_, source_gives_;
};
