// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/rational.hpp>

#include <cstdio>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// A value to 17 significant digits, which read back as the same double.
[[nodiscard]] inline std::string spice_number(double value)
{
    char digits[32];   // not std::to_chars: the libc++ of older systems has none for floating-point numbers
    std::snprintf(digits, sizeof digits, "%.17g", value);
    std::string text;
    for (const char* c = digits; *c != '\0'; ++c) {
        if (std::string_view{"0123456789+-einfa"}.find(*c) != std::string_view::npos) text += *c;
        else if (text.empty() || text.back() != '.') text += '.';   // the locale's own decimal point, of one byte or of several
    }
    return text;
}

/// Unique names for SPICE, which does not distinguish upper and lower case: letters, digits and underscores.
class spice_names {
public:
    static std::string plain(std::string_view wanted)
    {
        std::string name;
        for (const char c : wanted) name += is_digit(c) || is_letter(c) ? c : is_letter(lower(c)) ? lower(c) : '_';
        return name;
    }

    /// The wanted name, with a number appended if it is already taken.
    std::string take(std::string_view wanted)
    {
        const std::string first = plain(wanted);
        std::string name = first;
        for (int n = 2; !taken_.insert(name).second; ++n) name = first + '_' + std::to_string(n);
        return name;
    }

private:
    [[nodiscard]] static constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
    [[nodiscard]] static constexpr bool is_letter(char c) noexcept { return c >= 'a' && c <= 'z'; }
    [[nodiscard]] static constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

    std::set<std::string> taken_;
};

/// The lines of a SPICE netlist in order: comments, and one card per part.
class spice_cards {
public:
    void line(std::string_view words)
    {
        for (const char c : words) text_ += c == '\n' || c == '\r' ? ' ' : c;
        text_ += '\n';
    }
    void comment(std::string_view words) { line("* " + std::string{words}); }

    /// A part: its letter, name, nodes, and value.
    void card(char letter, std::string_view name, std::initializer_list<std::string_view> nodes, std::string_view value)
    {
        std::string words = letter + parts_.take(std::string{letter} + std::string{name}).substr(1);
        for (const std::string_view node : nodes) (words += ' ') += node;
        (words += ' ') += value;
        line(words);
    }
    void card(char letter, std::string_view name, std::initializer_list<std::string_view> nodes, double value)
    {
        card(letter, name, nodes, spice_number(value));
    }

    /// A resistor that makes no thermal noise.
    void silent_resistor(std::string_view name, std::initializer_list<std::string_view> nodes, double value)
    {
        card('R', name, nodes, spice_number(value) + " noisy=0");
    }

    std::string node(std::string_view wanted) { return nodes_.take(wanted); }

    /// A buffered transfer function from one node to another, one section per root: a pole is a current into R parallel to C, a zero is a
    /// current into R in series with L. R is 1 kOhm without noise; a root at 0 has no R, and its time constant is that of 1 kHz. A zero in the right
    /// half-plane gives a negative L, which cannot oscillate because a current source sets its current.
    void transfer(const math::rational& h, std::string at, std::string_view out, const std::string& name)
    {
        double gain = h.gain;
        for (int i = 0; i < h.zeros.count || i < h.poles.count; ++i) {
            if (i < h.zeros.count) gain *= at_zero_frequency(h.zeros[i]), at = zero(h.zeros[i], at, name);
            if (i < h.poles.count) gain /= at_zero_frequency(h.poles[i]), at = pole(h.poles[i], at, name);
        }
        card('E', name, {out, "0", at, "0"}, gain);
    }

    /// A path to ground that is closed at DC and open to every signal: at 10 Hz it is 6e16 ohms.
    void dc_path(std::string_view from)
    {
        comment("a DC path, for ngspice's operating point; no part of the circuit");
        const std::string between = node(std::string{from} + "_dc");
        silent_resistor(between, {from, between}, 1e6);
        card('L', between, {between, "0"}, 1e15);
    }

    const std::string& text() const noexcept { return text_; }

private:
    static constexpr double r = 1e3, siemens = 1e-3;

    /// The time constant of a real root, or of a pair's magnitude.
    static double time_constant(math::complex root) noexcept
    {
        if (root == math::complex{}) return 1.0 / (2.0 * math::pi * 1000.0);
        return root.im == 0.0 ? -1.0 / root.re : 1.0 / math::abs(root);
    }
    /// The factor between s - root, or the product for a pair, and its section of unit gain.
    static double at_zero_frequency(math::complex root) noexcept
    {
        const double tau = time_constant(root);
        return root.im == 0.0 ? 1.0 / tau : 1.0 / (tau * tau);
    }

    /// 1/(1 + s tau); 1/(1 + 2 damping s tau + s^2 tau^2) as a series circuit. Returns its output node.
    std::string pole(math::complex root, const std::string& from, const std::string& name)
    {
        std::string out = node(name + "_pole");
        const double tau = time_constant(root);
        if (root.im == 0.0) {
            card('G', out, {"0", out, from, "0"}, siemens);
            if (root.re != 0.0) silent_resistor(out, {out, "0"}, r);
        } else {
            const std::string in = node(out + "_in"), between = node(out + "_between");
            card('E', out, {in, "0", from, "0"}, 1.0);
            silent_resistor(out, {in, between}, -2.0 * root.re * tau * r);
            card('L', out, {between, out}, tau * r);
        }
        card('C', out, {out, "0"}, tau / r);
        return out;
    }

    /// 1 + s tau; 1 + 2 damping s tau + s^2 tau^2 as the sum of a voltage and its first two derivatives. Returns its output node.
    std::string zero(math::complex root, const std::string& from, const std::string& name)
    {
        std::string out = node(name + "_zero");
        const double tau = time_constant(root);
        if (root.im == 0.0) {
            const std::string coil = root.re == 0.0 ? out : node(out + "_coil");
            card('G', out, {"0", out, from, "0"}, siemens);
            if (root.re != 0.0) silent_resistor(out, {out, coil}, r);
            card('L', out, {coil, "0"}, tau * r);
        } else {
            const std::string first = derivative(from, out + "_first", tau), second = derivative(first, out + "_second", tau);
            card('G', out, {"0", out, from, "0"}, siemens);
            card('G', out, {"0", out, first, "0"}, -2.0 * root.re * tau * siemens);
            card('G', out, {"0", out, second, "0"}, siemens);
            silent_resistor(out, {out, "0"}, r);
        }
        return out;
    }

    /// s tau.
    std::string derivative(const std::string& from, const std::string& name, double tau)
    {
        std::string out = node(name);
        card('G', out, {"0", out, from, "0"}, siemens);
        card('L', out, {out, "0"}, tau * r);
        return out;
    }

    std::string text_;
    spice_names parts_, nodes_;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
