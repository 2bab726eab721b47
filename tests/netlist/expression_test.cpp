// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/ngspice.hpp"

#include <phono/netlist/expression.hpp>

#include <cmath>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

// Expressions of netlists against values worked out beside them, and against ngspice.
namespace {

using namespace phono::detail;

/// Parameters a = 2, b = 3, u1 = 1e-6 and r.x = 7; functions sq and softplus, and one that calls itself; voltages by the name of the node.
template <class Value>
struct names {
    constexpr evaluation<Value> parameter(std::string_view name) const
    {
        const auto is = [name](std::string_view other) { return is_same_word(name, other); };
        for (const auto& [known, value] :
             {given{"a", 2.0}, {"b", 3.0}, {"u1", 1e-6}, {"r.x", 7.0}, {"kp", 600.0}, {"mu", 100.0}, {"kvb", 300.0}})
            if (is(known)) return {value_of_constant<Value>(value), mistake_kind::none, {}};
        return {Value{}, mistake_kind::unknown_parameter, name};
    }
    constexpr bool function(std::string_view name, function_text& f) const
    {
        if (is_same_word(name, "sq")) return f = {"x", "x*x"}, true;
        if (is_same_word(name, "softplus")) return f = {"x", "x > 40 ? x : x < -18 ? exp(x) : ln(1 + exp(x))"}, true;
        if (is_same_word(name, "hyp")) return f = {" p , q ", "sqrt(sq(p) + sq(q))"}, true;
        if (is_same_word(name, "fac")) return f = {"n", "n < 1 ? 1 : n*fac(n - 1)"}, true;
        if (is_same_word(name, "forever")) return f = {"n", "forever(n + 1) + forever(n + 1)"}, true;
        return false;
    }
    constexpr evaluation<Value> voltage(std::string_view plus, std::string_view minus) const
    {
        if constexpr (requires { Value::of(0.0); }) {
            Value v = node(plus);
            if (minus.empty()) return {v, mistake_kind::none, {}};
            Value other = node(minus);
            other.scale(-1.0);
            static_cast<void>(v.add(other));
            return {v, mistake_kind::none, {}};
        } else return {0.0, mistake_kind::voltage_in_parameter, plus};
    }
    constexpr evaluation<Value> current(std::string_view source) const { return {Value{}, mistake_kind::no_such_source, source}; }

private:
    struct given {
        std::string_view name;
        double value;
    };
    static constexpr Value node(std::string_view name)
    {
        if (name == "vcc") return Value::of(250.0);
        if (name == "0") return Value::of(0.0);
        return Value::of_unknown(name == "p" ? 1 : name == "g" ? 2 : name == "Net-(U1-Pad2)" ? 3 : 4);
    }
};

constexpr evaluation<double> value(std::string_view text)
{
    names<double> all;
    return evaluate<double>(text, all);
}
constexpr evaluation<affine> linear(std::string_view text)
{
    names<affine> all;
    return evaluate<affine>(text, all);
}

}   // namespace

TEST_CASE("An expression has the value that ngspice gives it, where it is not a matter of taste")
{
    struct written {
        const char* text;
        double value;
    };
    const written all[] = {{"1+2*3", 7.0},
                           {"-2^2", -4.0},
                           {"-2**2", -4.0},
                           {"2^-1", 0.5},
                           {"2 ** - 1", 0.5},
                           {"(2^3)^2", 64.0},
                           {"2-3-4", -5.0},
                           {"8/4/2", 1.0},
                           {"8/2*3", 12.0},
                           {"2*3^2", 18.0},
                           {"-7%4", -3.0},
                           {"1+2<4", 1.0},
                           {"1!=1", 0.0},
                           {"1<>2", 1.0},
                           {"3>=3", 1.0},
                           {"(1||0)&&0", 0.0},
                           {"!0+1", 2.0},
                           {"1 ? 2 : 3", 2.0},
                           {"0?2:1?5:6", 5.0},
                           {"1?(0?7:8):9", 8.0},
                           {"2+1?5:6", 5.0},
                           {"--2", 2.0},
                           {"2*-3", -6.0},
                           {"2--3", 5.0},
                           {"log(100)", 4.605170185988091},
                           {"LN(10)", 2.302585092994046},
                           {"log10(1000)", 3.0},
                           {"pow(-2,2)", 4.0},
                           {"pwrs(-2,3)", -8.0},
                           {"abs(-3)", 3.0},
                           {"sgn(-3)+sgn(0)", -1.0},
                           {"int(-2.7)", -2.0},
                           {"nint(2.5)", 2.0},
                           {"nint(-1.5)", -2.0},
                           {"floor(-2.5)", -3.0},
                           {"ceil(-2.5)", -2.0},
                           {"min(1,2)+max(3,4)", 5.0},
                           {"if(1, 2, 3)", 2.0},
                           {"ternary_fcn(0, 2, 3)", 3.0},
                           {"uramp(-1)+uramp(2)", 2.0},
                           {"u(1)", 1.0},
                           {"atan(1)", 0.7853981633974483},
                           {"tan(1)", 1.557407724654902},
                           {"sinh(1)", 1.1752011936438014},
                           {"tanh(1)", 0.7615941559557649},
                           {"asinh(1)", 0.881373587019543},
                           {"acos(0.5)", 1.0471975511965979},
                           {"hypot(3, 4)", 5.0},
                           {"atan2(1, -1)", 2.356194490192345},
                           {"exp(1)", 2.718281828459045},
                           {"sqrt(2)", 1.4142135623730951},
                           {"2^0.5", 1.4142135623730951},
                           {"sqr(3)", 9.0},
                           {"2k*3meg", 6e9},
                           {"10uF", 10e-6},
                           {"47kOhm/2", 23.5e3},
                           {"2\xc2\xb5*2", 4e-6},
                           {"1e-3-1", -0.999},
                           {"2e3k", 2e6},
                           {"{a}*{b+1}", 8.0},
                           {"A*B", 6.0},
                           {"r.x", 7.0},
                           {"1/(2*pi*{a})", 0.07957747154594767},
                           {"e", 2.718281828459045},
                           {"sq(3)+sq(a)", 13.0},
                           {"hyp(3, 4)", 5.0},
                           {"softplus(800)", 800.0},
                           {"softplus(0)", 0.6931471805599453},
                           {"fac(5)", 120.0},
                           {"0 ? 1/0 : 5", 5.0},
                           {"if(0, exp(1000), 5)", 5.0},
                           {"2^10", 1024.0},
                           {"10**-3", 1e-3},
                           {"10**15", 1e15}};
    for (const written& w : all) {
        INFO(w.text);
        const evaluation<double> found = value(w.text);
        CHECK(std::string{sentence_of(found.wrong)} == "");
        CHECK(std::fabs(found.value - w.value) <= 4e-16 * std::fabs(w.value));
    }
}

TEST_CASE("What ngspice and LTspice read differently is refused, and a mistake tells its word")
{
    struct refused {
        const char* text;
        mistake_kind kind;
        const char* word;
    };
    const refused all[] = {{"2^3^2", mistake_kind::doubtful_order, "2^3^"},
                           {"2**3**2", mistake_kind::doubtful_order, "2**3**"},
                           {"1||0&&0", mistake_kind::doubtful_order, nullptr},
                           {"1|0&0", mistake_kind::doubtful_order, nullptr},
                           {"1<2<3", mistake_kind::doubtful_order, nullptr},
                           {"1?0?7:8:9", mistake_kind::doubtful_order, nullptr},
                           {"(-2)^3", mistake_kind::doubtful_power, "(-2)^3"},
                           {"(0-a)^0.5", mistake_kind::doubtful_power, "(0-a)^0.5"},
                           {"pwr(-2,2)", mistake_kind::doubtful_power, "pwr"},
                           {"pow(-2,3)", mistake_kind::doubtful_power, "pow"},
                           {"0.3?1:2", mistake_kind::doubtful_condition, "0.3"},
                           {"if(-1,1,2)", mistake_kind::doubtful_condition, "-1"},
                           {"!0.3", mistake_kind::doubtful_condition, "!0.3"},
                           {"u(0)", mistake_kind::doubtful_condition, "u"},
                           {"limit(5,1,3)", mistake_kind::doubtful_limit, "limit"},
                           {"gauss(1,2,3)", mistake_kind::random_value, "gauss"},
                           {"ddt(a)", mistake_kind::depends_on_time, "ddt"},
                           {"sin(time)", mistake_kind::depends_on_time, "time"},
                           {"4k7+1", mistake_kind::doubtful_value, "4k7"},
                           {"1R5", mistake_kind::doubtful_value, "1R5"},
                           {"1e999", mistake_kind::number_out_of_range, "1e999"},
                           {"1.2.3", mistake_kind::not_a_number, nullptr},
                           {"1/0", mistake_kind::not_finite, "1/0"},
                           {"a/(b-3)", mistake_kind::not_finite, "a/(b-3)"},
                           {"sqrt(-4)", mistake_kind::not_finite, "sqrt"},
                           {"log(0)", mistake_kind::not_finite, "log"},
                           {"exp(1000)", mistake_kind::not_finite, "exp"},
                           {"1e200*1e200", mistake_kind::not_finite, "1e200*1e200"},
                           {"0^-1", mistake_kind::not_finite, "0^-1"},
                           {"c+1", mistake_kind::unknown_parameter, "c"},
                           {"nosuch(1)", mistake_kind::unknown_function, "nosuch"},
                           {"sqrt(1,2)", mistake_kind::wrong_arguments, "sqrt"},
                           {"max(1)", mistake_kind::wrong_arguments, "max"},
                           {"sq(1,2)", mistake_kind::wrong_arguments, "sq"},
                           {"if(1,2)", mistake_kind::wrong_arguments, "if"},
                           {"", mistake_kind::bad_expression, ""},
                           {"2+", mistake_kind::bad_expression, "2+"},
                           {"*2", mistake_kind::bad_expression, "*"},
                           {"2 3", mistake_kind::bad_expression, "3"},
                           {"2)", mistake_kind::bad_expression, ")"},
                           {"(2", mistake_kind::bad_expression, "(2"},
                           {"max(1,2", mistake_kind::bad_expression, "max(1,2"},
                           {"2 $$ 3", mistake_kind::bad_expression, "$$"},
                           {"forever(1)", mistake_kind::expression_too_deep, nullptr},
                           {"v(p)", mistake_kind::voltage_in_parameter, "p"},
                           {"i(v1)", mistake_kind::no_such_source, "v1"}};
    for (const refused& r : all) {
        INFO(r.text);
        const evaluation<double> found = value(r.text);
        CHECK(std::string{sentence_of(found.wrong)} == std::string{sentence_of(r.kind)});
        if (r.word != nullptr) CHECK(std::string{found.word} == r.word);
    }
    for (const char c : {'(', '-', '!', '{'}) CHECK(value(std::string(5000, c) + "1").wrong == mistake_kind::expression_too_deep);
    CHECK(value(std::string(5000, '(')).wrong == mistake_kind::expression_too_deep);
}

TEST_CASE("The sentence on an unknown function names all that there are, and none that is refused")
{
    std::string_view sentence = phono::detail::sentence_of(phono::detail::mistake_kind::unknown_function);
    constexpr std::string_view begin = "there are ", end = " and those";
    sentence = sentence.substr(sentence.find(begin) + begin.size());
    sentence = sentence.substr(0, sentence.find(end));
    std::set<std::string> told;
    for (std::istringstream words{std::string{sentence}}; words;)
        if (std::string word; words >> word) told.insert(word);
    std::set<std::string> known{"if", "u"};
    for (const auto& f : phono::detail::functions_of_one) known.emplace(f.name);
    for (const auto& f : phono::detail::functions_of_two) known.emplace(f.name);
    for (const char* other_name : {"arcsin", "arccos", "arctan"}) known.erase(other_name);
    CHECK(told == known);
    for (const auto& f : phono::detail::refused_functions) CHECK(told.count(std::string{f.name}) == 0);
}

TEST_CASE("A linear source is a sum of voltages, each times a factor")
{
    const affine x = linear("2*(V(p, g) - v(Net-(U1-Pad2))/4) + V(vcc)*a - V(p)").value;
    REQUIRE(x.count == 3);
    CHECK(x.constant == 500.0);
    CHECK(x.term[0].unknown == 1);
    CHECK(x.term[0].factor == 1.0);
    CHECK(x.term[1].unknown == 2);
    CHECK(x.term[1].factor == -2.0);
    CHECK(x.term[2].unknown == 3);
    CHECK(x.term[2].factor == -0.5);
    CHECK(linear("V(p)*V(vcc)").value.term[0].factor == 250.0);
    CHECK(linear("(V(p) - V(p))*V(g)").wrong == mistake_kind::none);
    CHECK(linear("V(p)*V(g)").wrong == mistake_kind::not_linear);
    CHECK(linear("1/V(p)").wrong == mistake_kind::not_linear);
    CHECK(linear("V(p)^2").wrong == mistake_kind::not_linear);
    CHECK(linear("sqrt(V(p))").wrong == mistake_kind::not_linear);
    CHECK(linear("V(p) > 0 ? 1 : 2").wrong == mistake_kind::not_linear);
    CHECK(linear("V(vcc) > 0 ? V(p) : V(p)*V(g)").wrong == mistake_kind::none);
    CHECK(linear("V()").wrong == mistake_kind::bad_expression);
    CHECK(linear("V(p").wrong == mistake_kind::bad_expression);
}

namespace {

/// Every function at arguments of every size: where it has no value it says so, and the compiler can compute it all the same.
constexpr int computable_functions()
{
    constexpr double sizes[] = {0.0, 1e-300, 1e-9, 0.3, 0.5, 1.0, 2.5, 17.0, 700.0, 1e6, 1e17, 1e160, 1e300};
    int count = 0;
    for (const function_of_one& f : functions_of_one)
        for (const double size : sizes) count += is_in_range(f.value(size)) + is_in_range(f.value(-size));
    for (const function_of_two& f : functions_of_two)
        for (const double x : sizes)
            for (const double y : {0.0, -1e-300, 0.5, -1.0, 3.0, 1e3, -1e300})
                count += is_in_range(f.value(x, y).value) + is_in_range(f.value(-x, y).value);
    return count;
}

}   // namespace

TEST_CASE("A constant expression gives the bits that run time gives")
{
    constexpr int computable = computable_functions();
    CHECK(computable == computable_functions());

    constexpr std::string_view texts[] = {"log(7)*exp(2.5)", "600*(1/100 - 1.5/sqrt(300 + 250^2))",
                                          "2.3**1.7",        "sin(1)+atan(0.7)+tanh(0.2)",
                                          "softplus(1.5)",   "hyp(1.1, 2.2)"};
    constexpr double compiled[] = {value(texts[0]).value, value(texts[1]).value, value(texts[2]).value,
                                   value(texts[3]).value, value(texts[4]).value, value(texts[5]).value};
    for (std::size_t i = 0; i < std::size(texts); ++i) CHECK(value(std::string{texts[i]}).value == compiled[i]);
    static_assert(value("1/0").wrong == mistake_kind::not_finite);
    static_assert(value("1e200*1e200").wrong == mistake_kind::not_finite);
    static_assert(value("sqrt(-1)").wrong == mistake_kind::not_finite);
    static_assert(value("forever(1)").wrong == mistake_kind::expression_too_deep);
}

TEST_CASE("Functions are those of the C library within rounding, and square roots are its bits")
{
    std::mt19937_64 random{5};
    std::uniform_real_distribution<double> any{-5.0, 5.0};
    double worst = 0.0;
    int wrong_roots = 0;
    const auto with = [&](double x, double expected) { worst = std::max(worst, std::fabs(x - expected) / std::fabs(expected)); };
    for (int n = 0; n < 20000; ++n) {
        const double x = any(random), size = std::pow(10.0, 20.0 * any(random)) * std::fabs(x);
        wrong_roots += repeatable::sqrt(size) != std::sqrt(size);
        with(repeatable::exp(100.0 * x), std::exp(100.0 * x));
        if (std::fabs(size - 1.0) > 0.1) with(repeatable::log(size), std::log(size));
        with(repeatable::power(std::fabs(x), 1.4), std::pow(std::fabs(x), 1.4));
        with(repeatable::sinh(x), std::sinh(x));
        with(repeatable::cosh(x), std::cosh(x));
        with(repeatable::tanh(x), std::tanh(x));
        with(repeatable::atan(x), std::atan(x));
        with(repeatable::asin(x / 5.0), std::asin(x / 5.0));
        with(repeatable::asinh(x), std::asinh(x));
        with(repeatable::acosh(1.1 + std::fabs(x)), std::acosh(1.1 + std::fabs(x)));
        with(repeatable::atanh(x / 5.1), std::atanh(x / 5.1));
        with(repeatable::log1p(x / 5.1), std::log1p(x / 5.1));
        CHECK(repeatable::nearest(x) == std::nearbyint(x));
        CHECK(repeatable::floor(x) == std::floor(x));
        CHECK(repeatable::remainder(x, 0.7) == std::fmod(x, 0.7));
        CHECK(repeatable::remainder(size, 1.5) == std::fmod(size, 1.5));
    }
    measure::figure("functions against the C library, relative", worst, "", 2e-15);
    CHECK(worst <= 2e-15);
    CHECK(wrong_roots == 0);
}

namespace {

/// A random expression, with the value that its tree has.
struct random_expression {
    std::mt19937_64 random;

    struct with_value {
        std::string text;
        double value;
    };
    int below(int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); }

    /// A difference of what is nearly equal says little about who computes it.
    static bool cancels(double x, double y) { return std::fabs(x - y) < 0.01 * (std::fabs(x) + std::fabs(y)); }

    with_value make(int depth)
    {
        static constexpr struct {
            const char* text;
            double value;
        } leaves[] = {{"2", 2.0},   {"4.7k", 4.7e3}, {"1.5e-3", 1.5e-3}, {"a", 2.0},
                      {"{b}", 3.0}, {"10u", 10e-6},  {"0.75", 0.75},     {"100MEG", 1e8}};
        if (depth == 0) {
            const auto& leaf = leaves[below(8)];
            return {leaf.text, leaf.value};
        }
        const with_value x = make(depth - 1), y = make(below(depth));
        const std::string a = '(' + x.text + ')', b = '(' + y.text + ')', space = below(2) == 0 ? " " : "";
        switch (below(11)) {
            case 0: return cancels(x.value, -y.value) ? y : with_value{a + space + '+' + space + b, x.value + y.value};
            case 1: return cancels(x.value, y.value) ? x : with_value{a + '-' + b, x.value - y.value};
            case 2: return {a + space + "*" + b, x.value * y.value};
            case 3: return y.value != 0.0 ? with_value{a + '/' + b, x.value / y.value} : x;
            case 4: return {"-" + a, -x.value};
            case 5: return {"sqrt(abs(" + x.text + "))", std::sqrt(std::fabs(x.value))};
            case 6: return {"max(" + x.text + ',' + space + y.text + ')', std::max(x.value, y.value)};
            case 7: return {"abs(" + x.text + ")**0.3", std::pow(std::fabs(x.value), 0.3)};
            case 8: return {"ln(1+abs(" + x.text + "))", std::log(1.0 + std::fabs(x.value))};
            case 9: return {a + ">" + b + " ? " + a + " : " + b, x.value > y.value ? x.value : y.value};
            default: return {"atan(" + x.text + ')', std::atan(x.value)};
        }
    }
};

}   // namespace

TEST_CASE("Random expressions have their values, to ngspice too")
{
    random_expression any{std::mt19937_64{99}};
    std::string netlist = "random expressions\n.param a=2 b=3\n";
    std::vector<double> expected;
    double worst = 0.0;
    for (int n = 0; n < 4000; ++n) {
        const auto made = any.make(1 + n % 5);
        const evaluation<double> found = value(made.text);
        INFO(made.text);
        CHECK(found.wrong == mistake_kind::none);
        const double exact = made.value;
        if (exact == 0.0 || std::fabs(exact) > 1e9) continue;
        worst = std::max(worst, std::fabs(found.value - exact) / std::fabs(exact));
        if (expected.size() == 300 || made.text.size() > 300) continue;
        const std::string number = std::to_string(expected.size());
        // ngspice's braces have no room for braces.
        std::string text = made.text;
        for (char& c : text) c = c == '{' ? '(' : c == '}' ? ')' : c;
        netlist += 'V' + number + " n" + number + " 0 {" + text + "}\n";
        expected.push_back(found.value);
    }
    netlist += ".control\nset numdgt=15\nop\nprint all\nquit\n.endc\n.end\n";
    double worst_to_ngspice = 0.0;
    const auto voltages = ngspice::values(ngspice::run({netlist})[0]);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const auto at = voltages.find('n' + std::to_string(i));
        REQUIRE(at != voltages.end());
        worst_to_ngspice = std::max(worst_to_ngspice, std::fabs(at->second - expected[i]) / std::fabs(expected[i]));
    }
    measure::figure("values of random expressions, relative", worst, "", 5e-15);
    measure::figure("the same in ngspice, relative", worst_to_ngspice, "", 1e-14);
    CHECK(worst <= 5e-15);
    CHECK(worst_to_ngspice <= 1e-14);
}
