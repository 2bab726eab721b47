// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "netlist/nodal_solver.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

/// Random netlists as people and programs write them, each with the flat circuit that it is. ngspice 39 runs their texts as they are.
namespace random_netlists {

using nodal::real;
using scope = std::map<std::string, real>;

/// Draws; the same with every compiler, since the standard leaves the distributions open but not the engine.
class dice {
public:
    explicit dice(std::uint64_t seed) : engine_(seed) {}
    int below(int n) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(n)); }
    int from_to(int from, int to) { return from + below(to - from + 1); }
    bool one_in(int n) { return below(n) == 0; }
    real uniform() { return static_cast<real>(engine_() >> 11U) / 9007199254740992.0L; }
    real log_uniform(real from, real to) { return from * std::pow(to / from, uniform()); }
    template <class T, std::size_t n>
    const T& of(const std::array<T, n>& all)
    {
        return all[static_cast<std::size_t>(below(static_cast<int>(n)))];
    }
    template <class T>
    const T& of(const std::vector<T>& all)
    {
        return all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
    }
    template <class T>
    void shuffle(std::vector<T>& all)
    {
        for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[static_cast<std::size_t>(below(static_cast<int>(i)))]);
    }

private:
    std::mt19937_64 engine_;
};

/// A value as it is written, and what it is where it stands.
struct value {
    std::string text{};
    std::function<real(const scope&)> of{};
};

struct definition;

/// A line: a part, or an X with its subcircuit.
struct card {
    nodal::part what{};
    value amount{};
    std::vector<std::string> words{};   ///< the line
    std::shared_ptr<definition> callee{};
    std::vector<std::pair<std::string, value>> arguments{};
};

/// A subcircuit, or the whole.
struct definition {
    std::string name{};
    std::vector<std::string> ports{};
    std::vector<std::pair<std::string, value>> parameters{}, locals{};
    std::vector<card> cards{};
    std::vector<std::shared_ptr<definition>> inner{};
    scope usual{};                      ///< the parameters as they are by default, for whoever chooses values
    std::vector<std::string> nodes{};   ///< that may be bridged
    int numbers = 0;
};

/// A netlist and its circuit.
struct netlist {
    std::string text{}, output{};
    std::vector<nodal::part> parts{};
};

/// The parts of a subcircuit, with the names of nodes and parts that they have within the whole.
inline void flatten(const definition& of, const std::string& prefix, std::map<std::string, std::string> names, scope values,
                    std::vector<nodal::part>& parts)
{
    const auto node = [&](const std::string& local) {
        return local == "0" ? local : names.try_emplace(local, prefix + local).first->second;
    };
    for (const auto& [name, what] : of.locals) values[name] = what.of(values);
    for (const card& one : of.cards) {
        if (one.callee) {
            std::map<std::string, std::string> inside;
            for (std::size_t i = 0; i < one.what.nodes.size(); ++i) inside[one.callee->ports[i]] = node(one.what.nodes[i]);
            scope given = values;
            for (const auto& [name, what] : one.callee->parameters) given[name] = what.of(values);
            for (const auto& [name, what] : one.arguments) given[name] = what.of(values);
            flatten(*one.callee, prefix + one.what.name + '.', inside, given, parts);
            continue;
        }
        nodal::part p = one.what;
        p.name = prefix + p.name;
        for (std::string& name : p.of) name = prefix + name;
        for (std::string& name : p.nodes) name = node(name);
        if (one.amount.of) p.value = one.amount.of(values);
        parts.push_back(p);
    }
}

/// Numbers as they are written: 4.7k, 4700, 4.7E+03, 4.7kOhm, 0.0047meg.
class numbers {
public:
    explicit numbers(dice& d) : d_(d) {}

    /// A number of two to four digits near `about`; the unit is one whose letters SPICE passes over.
    value literal(real about, const char* unit = "")
    {
        int power = static_cast<int>(std::floor(std::log10(about))) - d_.from_to(1, 3);
        long digits = std::lround(std::pow(10.0L, std::log10(about) - static_cast<real>(power)));
        while (digits % 10 == 0 && d_.below(4) != 0) digits /= 10, ++power;
        const std::string text = written(digits, power, unit);
        const real exact = std::strtold((std::to_string(digits) + 'e' + std::to_string(power)).c_str(), nullptr);
        return {text, [exact](const scope&) { return exact; }};
    }

private:
    /// Digits with a point so many places from their end.
    static std::string pointed(long digits, int places)
    {
        std::string text = std::to_string(digits);
        if (places <= 0) return text + std::string(static_cast<std::size_t>(-places), '0');
        const auto behind = static_cast<std::size_t>(places);
        if (text.size() <= behind) text.insert(0, behind - text.size() + 1, '0');
        text.insert(text.size() - behind, ".");
        while (text.back() == '0') text.pop_back();
        if (text.back() == '.') text.pop_back();
        return text;
    }
    std::string written(long digits, int power, const char* unit)
    {
        struct suffix {
            const char* letters;
            int power;
        };
        static constexpr std::array<suffix, 10> suffixes{
            {{"f", -15}, {"p", -12}, {"n", -9}, {"u", -6}, {"m", -3}, {"k", 3}, {"meg", 6}, {"Meg", 6}, {"g", 9}, {"t", 12}}};
        const int size = power + static_cast<int>(std::to_string(digits).size()) - 1;
        const int how = d_.below(10);
        if (how == 0 || (how < 3 && std::abs(size) > 5)) {
            const int shift = d_.below(3) - 1;
            return pointed(digits, size - power + shift) + (d_.one_in(2) ? "e" : "E") + (size + shift >= 0 && d_.one_in(3) ? "+" : "") +
                   std::to_string(size + shift);
        }
        if (std::abs(size) <= 5 && how < 3) return pointed(digits, -power);
        std::vector<suffix> near;
        for (const suffix& s : suffixes)
            if (std::abs(size - s.power - 1) <= (d_.one_in(4) ? 4 : 1)) near.push_back(s);
        if (near.empty()) return pointed(digits, -power);
        const suffix chosen = d_.of(near);
        return pointed(digits, chosen.power - power) + chosen.letters + (d_.one_in(3) ? unit : "");
    }

    dice& d_;
};

/// Writes a circuit stage by stage.
class author {
public:
    explicit author(std::uint64_t seed) : d_(seed), write_(d_) {}

    /// The circuit as a definition without ports. Its output has a load, every node a way to ground that DC can take, and no loop is made
    /// of ideal sources and inductors.
    std::shared_ptr<definition> circuit(const std::string& output)
    {
        auto all = std::make_shared<definition>();
        here_ = all;
        style_ = d_.below(4);
        for (int i = d_.below(4); i > 0; --i) add_parameter(all->locals, d_.log_uniform(0.1L, 1e5L), d_.one_in(3));
        std::string at = input();
        for (int i = d_.from_to(2, 5); i > 0; --i) at = i == 1 ? stage(at, output, 0) : stage(at, node(), 0);
        two('R', output, "0", d_.log_uniform(1e4L, 1e6L), "Ohm");
        for (int i = d_.below(3); i > 0; --i) bridge();
        return all;
    }
    dice& draws() { return d_; }

private:
    // Names.
    std::string node()
    {
        const int n = ++here_->numbers;
        const std::string digits = std::to_string(n);
        std::string name;
        switch (here_->ports.empty() ? style_ : d_.below(4)) {
            case 0: name = std::to_string(n); break;
            case 1: name = 'N' + std::string(3 - std::min<std::size_t>(3, digits.size()), '0') + digits; break;
            case 2: name = d_.one_in(3) ? "/amp/n" + digits : "Net-_R" + digits + "-Pad" + std::to_string(d_.from_to(1, 2)) + '_'; break;
            default: name = d_.of(std::array<std::string, 4>{"grid", "Mid", "x_", "a.b"}) + digits; break;
        }
        here_->nodes.push_back(name);
        return name;
    }
    std::string name_of(char letter)
    {
        return letter + d_.of(std::array<std::string, 4>{"", "", "_a", "Load"}) + std::to_string(++here_->numbers);
    }
    std::string ground() { return here_->ports.empty() && d_.one_in(6) ? d_.of(std::array<std::string, 2>{"GND", "gnd"}) : "0"; }

    // Values.
    void add_parameter(std::vector<std::pair<std::string, value>>& list, real about, bool is_expression)
    {
        const std::string name = d_.of(std::array<std::string, 4>{"pa", "rq", "gain_", "Kx"}) + std::to_string(++parameters_);
        const value what = is_expression && !here_->usual.empty() ? expression(about) : write_.literal(about);
        here_->usual[name] = what.of(here_->usual);
        list.emplace_back(name, what);
    }

    static value joined(const value& a, const std::string& between, const value& b, const std::function<real(real, real)>& what)
    {
        return {a.text + between + b.text, [a, b, what](const scope& s) { return what(a.of(s), b.of(s)); }};
    }
    value parameter()
    {
        auto at = here_->usual.begin();
        std::advance(at, d_.below(static_cast<int>(here_->usual.size())));
        const std::string name = at->first;
        return {name, [name](const scope& s) { return s.at(name); }};
    }
    /// An expression in braces or quotes that is near `about` while the parameters have their usual values.
    value expression(real about)
    {
        value p = here_->usual.empty() ? write_.literal(d_.log_uniform(0.5L, 2e3L)) : parameter();
        const real now = p.of(here_->usual);
        value all;
        switch (d_.below(6)) {
            case 0: all = joined(p, d_.one_in(2) ? "*" : " * ", write_.literal(about / now), std::multiplies<real>{}); break;
            case 1: all = joined(write_.literal(about * now), "/", p, std::divides<real>{}); break;
            case 2: {
                const value share = joined(p, "*", write_.literal(0.3L * about / now), std::multiplies<real>{});
                all = joined(write_.literal(0.7L * about), "+", share, std::plus<real>{});
                break;
            }
            case 3: {
                const value c = write_.literal(about * about / now);
                all = {"sqrt(" + p.text + '*' + c.text + ')', [p, c](const scope& s) { return std::sqrt(p.of(s) * c.of(s)); }};
                break;
            }
            case 4: {
                const value small = write_.literal(0.01L * about),
                            other = joined(p, "*", write_.literal(about / now), std::multiplies<real>{});
                all = {"max(" + small.text + ", " + other.text + ')',
                       [small, other](const scope& s) { return std::max(small.of(s), other.of(s)); }};
                break;
            }
            default: {
                const value limit = write_.literal(now), high = write_.literal(about), low = write_.literal(1.5L * about);
                all = {p.text + " > " + limit.text + " ? " + high.text + " : " + low.text,
                       [p, limit, high, low](const scope& s) { return (p.of(s) > limit.of(s) ? high : low).of(s); }};
                // So that the comparison does not hang on the last bit.
                if (std::abs(now / limit.of(here_->usual) - 1.0L) < 1e-6L)
                    all = joined(p, "*", write_.literal(about / now), std::multiplies<real>{});
                break;
            }
        }
        all.text = d_.one_in(4) ? '\'' + all.text + '\'' : '{' + all.text + '}';
        return all;
    }
    value some(real about, const char* unit = "") { return d_.one_in(4) ? expression(about) : write_.literal(about, unit); }

    // Parts.
    card& put(card one, std::vector<std::string> words)
    {
        one.words = {one.what.name};
        for (std::string& word : words) one.words.push_back(std::move(word));
        for (std::string& n : one.what.nodes)
            if (n == "GND" || n == "gnd") n = "0";
        here_->cards.push_back(std::move(one));
        return here_->cards.back();
    }
    std::string two(char kind, const std::string& a, const std::string& b, real about, const char* unit)
    {
        const std::string name = name_of(kind), one = b == "0" ? ground() : b;
        const value v = some(about, unit);
        put({{kind, name, {a, one}}, v}, {a, one, v.text});
        return name;
    }
    void resistor(const std::string& a, const std::string& b, real low = 100.0L, real high = 1e6L)
    {
        two('R', a, b, d_.log_uniform(low, high), d_.of(std::array<const char*, 3>{"Ohm", "ohms", "R"}));
    }
    void capacitor(const std::string& a, const std::string& b, real low = 1e-11L, real high = 1e-6L)
    {
        two('C', a, b, d_.log_uniform(low, high), d_.of(std::array<const char*, 2>{"F", "Farad"}));
    }
    std::string inductor(const std::string& a, const std::string& b, real low = 1e-4L, real high = 1.0L)
    {
        return two('L', a, b, d_.log_uniform(low, high), "H");
    }
    std::string sensed(const std::string& a, const std::string& b)
    {
        const std::string name = name_of('V');
        put({{'V', name, {a, b}}}, d_.one_in(2) ? std::vector<std::string>{a, b, "0"} : std::vector<std::string>{a, b, "DC", "0"});
        return name;
    }
    /// E, G, or the same as B or by an expression of voltages.
    void controlled(char kind, const std::string& a, const std::string& b, const std::string& plus, const std::string& minus, real about,
                    real sign = 1.0L)
    {
        value v = some(about);
        if (sign < 0.0L) {
            const value whole = write_.literal(about);
            v = {'-' + whole.text, [whole](const scope& s) { return -whole.of(s); }};
        }
        // ngspice takes a sign in the name of a node for an operator, so that only plain names stand in expressions.
        const bool is_plain = (plus + minus).find_first_of("-/.") == std::string::npos;
        const int how = is_plain ? d_.below(6) : 0;
        const std::string name = name_of(how == 5 ? 'B' : kind);
        std::string factor = v.text;
        if (factor.front() == '{' || factor.front() == '\'') factor = '(' + factor.substr(1, factor.size() - 2) + ')';
        const std::string sum = factor + "*V(" + plus + (minus == "0" ? ")" : ',' + minus + ')');
        const card one{{kind, name, {a, b, plus, minus}}, v};
        if (how < 3) put(one, {a, b, plus, minus, v.text});
        else if (how == 3) put(one, {a, b, "value={" + sum + '}'});
        else if (how == 4) put(one, {a, b, (kind == 'E' ? "vol='" : "cur='") + sum + '\''});
        else put(one, {a, b, (kind == 'E' ? "V=" : "I=") + sum});
    }

    // Stages.
    std::string input()
    {
        const std::string at = node();
        const bool is_current = d_.one_in(5);
        const std::string name = name_of(is_current ? 'I' : 'V'), low = ground();
        nodal::part source{is_current ? 'I' : 'V', name, {at, low}};
        source.drives = true;
        std::vector<std::string> words{at, low};
        if (is_current) std::swap(words[0], words[1]), std::swap(source.nodes[0], source.nodes[1]);
        static const std::array<std::vector<const char*>, 5> ways{
            {{"DC", "0", "AC", "1"}, {"AC", "1"}, {"0", "AC", "1"}, {"dc", "0", "ac", "1", "0"}, {"AC", "1", "SIN(0", "1", "1k)"}}};
        for (const char* word : d_.of(ways)) words.emplace_back(word);
        put({source}, words);
        if (is_current) resistor(at, "0", 1e2L, 1e5L);
        else if (d_.one_in(2)) {
            const std::string behind = node();
            resistor(at, behind, 10.0L, 1e4L);
            return behind;
        }
        return at;
    }
    std::string stage(const std::string& in, const std::string& out, int depth)
    {
        switch (d_.below(depth < 2 ? 13 : 9)) {
            case 0: ladder(in, out); break;
            case 1: coupling(in, out); break;
            case 2: coil(in, out); break;
            case 3: tee(in, out); break;
            case 4: amplifier(in, out); break;
            case 5: current_output(in, out); break;
            case 6: current_sensing(in, out); break;
            case 7: transformer(in, out); break;
            case 8: supplied(in, out); break;
            default: subcircuit(in, out, depth + 1); break;
        }
        return out;
    }
    void ladder(const std::string& in, const std::string& out)
    {
        resistor(in, out, 100.0L, 1e5L);
        capacitor(out, "0");
        if (d_.one_in(2)) resistor(out, "0", 1e4L, 1e6L);
    }
    void coupling(const std::string& in, const std::string& out)
    {
        capacitor(in, out, 1e-8L, 1e-5L);
        resistor(out, "0", 1e4L, 1e6L);
    }
    void coil(const std::string& in, const std::string& out)
    {
        const std::string mid = node();
        resistor(in, mid, 10.0L, 1e4L);
        inductor(mid, out);
        resistor(out, "0", 1e3L, 1e6L);
        if (d_.one_in(2)) capacitor(mid, out, 1e-12L, 1e-9L);
    }
    void tee(const std::string& in, const std::string& out)
    {
        const std::string mid = node();
        resistor(in, mid, 100.0L, 1e5L);
        capacitor(mid, "0");
        resistor(mid, out, 100.0L, 1e5L);
        capacitor(in, out);
    }
    void amplifier(const std::string& in, const std::string& out)
    {
        const std::string fast = node(), slow = node(), minus = node();
        controlled('E', fast, "0", in, minus, d_.log_uniform(1e3L, 1e6L));
        resistor(fast, slow, 1e3L, 1e4L);
        capacitor(slow, "0", 1e-9L, 1e-5L);
        const std::string strong = node();
        controlled('E', strong, "0", slow, "0", 1.0L);
        resistor(strong, out, 1.0L, 100.0L);
        resistor(out, minus, 1e3L, 1e5L);
        if (d_.one_in(2)) capacitor(out, minus, 1e-11L, 1e-8L);
        resistor(minus, "0", 1e2L, 1e4L);
    }
    void current_output(const std::string& in, const std::string& out)
    {
        controlled('G', out, "0", in, "0", d_.log_uniform(1e-4L, 1e-2L), d_.one_in(2) ? -1.0L : 1.0L);
        resistor(out, "0", 1e3L, 1e5L);
        if (d_.one_in(2)) capacitor(out, "0", 1e-11L, 1e-8L);
    }
    void current_sensing(const std::string& in, const std::string& out)
    {
        const std::string mid = node(), far = node();
        resistor(in, mid, 1e2L, 1e5L);
        const std::string by = sensed(mid, far);
        resistor(far, "0", 1e2L, 1e4L);
        if (d_.one_in(2)) {
            const value v = some(d_.log_uniform(0.5L, 100.0L));
            put({{'F', name_of('F'), {out, "0"}, 0.0L, {by}}, v}, {out, "0", by, v.text});
            resistor(out, "0", 1e2L, 1e5L);
        } else {
            const std::string strong = node();
            const value v = some(d_.log_uniform(1e2L, 1e5L));
            put({{'H', name_of('H'), {strong, "0"}, 0.0L, {by}}, v}, {strong, "0", by, v.text});
            resistor(strong, out, 10.0L, 1e4L);
        }
    }
    void transformer(const std::string& in, const std::string& out)
    {
        const std::string primary = node(), secondary = node();
        resistor(in, primary, 1.0L, 1e3L);
        std::vector<std::string> windings{inductor(primary, "0", 1e-3L, 1.0L), inductor(secondary, "0", 1e-3L, 10.0L)};
        resistor(secondary, out, 1.0L, 1e3L);
        resistor(out, "0", 1e3L, 1e5L);
        const bool has_third = d_.one_in(3);
        if (has_third) {
            const std::string third = node();
            windings.push_back(inductor(third, "0", 1e-3L, 10.0L));
            resistor(third, "0", 1e2L, 1e5L);
        }
        for (std::size_t a = 0; a < windings.size(); ++a)
            for (std::size_t b = a + 1; b < windings.size(); ++b) {
                // Three windings with any k below one need not be a transformer that there can be.
                const value k = write_.literal(has_third      ? 0.5L + 0.2L * d_.uniform()
                                               : d_.one_in(4) ? 0.999L
                                                              : 0.5L + 0.45L * d_.uniform());
                put({{'K', name_of('K'), {}, 0.0L, {windings[a], windings[b]}}, k}, {windings[a], windings[b], k.text});
            }
    }
    /// A stage on a supply, which is ground to the signal.
    void supplied(const std::string& in, const std::string& out)
    {
        const std::string rail = node(), name = name_of('V'), low = ground();
        const value v = write_.literal(d_.log_uniform(5.0L, 300.0L), "V");
        put({{'V', name, {rail, low}}},
            d_.one_in(2) ? std::vector<std::string>{rail, low, v.text} : std::vector<std::string>{rail, low, "DC", v.text});
        resistor(in, out, 100.0L, 1e5L);
        resistor(out, rail, 1e3L, 1e6L);
        if (d_.one_in(2)) capacitor(out, rail);
    }
    /// An X. Its subcircuit is written here, or is one that another X has already.
    void subcircuit(const std::string& in, const std::string& out, int depth)
    {
        std::shared_ptr<definition> called;
        for (const auto& known : here_->inner)
            if (d_.one_in(2)) called = known;
        if (!called) {
            called = std::make_shared<definition>();
            called->name = d_.of(std::array<std::string, 4>{"stage", "Amp_", "filter", "x2_"}) + std::to_string(++subcircuits_);
            called->ports = {"in", "out"};
            if (d_.one_in(3)) called->ports = {"1", "2"};
            called->nodes = called->ports;
            called->usual = here_->usual;
            called->numbers = 10;
            const auto outer = std::exchange(here_, called);
            for (int i = d_.below(4); i > 0; --i) add_parameter(called->parameters, d_.log_uniform(0.1L, 1e5L), false);
            if (d_.one_in(3)) add_parameter(called->locals, d_.log_uniform(0.1L, 1e5L), true);
            std::string at = called->ports[0];
            for (int i = d_.from_to(1, 2); i > 0; --i) at = i == 1 ? stage(at, called->ports[1], depth) : stage(at, node(), depth);
            if (d_.one_in(3)) bridge();
            here_ = outer;
            here_->inner.push_back(called);
        }
        card one{{'X', name_of('X'), {in, out}}, {}, {}, called, {}};
        std::vector<std::string> words{in, out, called->name};
        bool is_first = true;
        for (const auto& [name, usual] : called->parameters) {
            if (d_.one_in(2)) continue;
            const value given = some(called->usual[name] * d_.log_uniform(0.6L, 1.6L));
            if (is_first && d_.one_in(4)) words.emplace_back("params:");
            is_first = false;
            words.push_back(name + (d_.one_in(4) ? " = " : "=") + given.text);
            one.arguments.emplace_back(name, given);
        }
        put(one, words);
    }
    void bridge()
    {
        if (here_->nodes.size() < 2) return;
        const std::string a = d_.of(here_->nodes), b = d_.of(here_->nodes);
        if (a == b) return;
        if (d_.one_in(2)) resistor(a, b, 1e5L, 1e7L);
        else capacitor(a, b, 1e-12L, 1e-9L);
    }

    dice d_;
    numbers write_;
    std::shared_ptr<definition> here_{};
    int style_ = 0, parameters_ = 0, subcircuits_ = 0;
};

}   // namespace random_netlists
