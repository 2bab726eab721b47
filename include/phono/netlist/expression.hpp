// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/evaluation.hpp>
#include <phono/netlist/expression_values.hpp>
#include <phono/netlist/netlist_functions.hpp>
#include <phono/netlist/number.hpp>
#include <phono/netlist/traced.hpp>
#include <phono/netlist/words.hpp>

#include <cstddef>
#include <string_view>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// Reads an expression by recursive descent.
///
/// Operators, the weakest first: a ? b : c, ||, &&, comparisons, + and -, * / and %, signs and !, ^ and **, which are the same power. What ngspice and
/// LTspice read in two ways, or ngspice in two, is refused: powers of powers, && beside ||, comparisons of comparisons and a condition
/// between ? and : without parentheses; a condition that is not clearly true or false; odd powers of what is below 0. Braces and quotes
/// within are parentheses.
template <class Value, class Names>
class expression_reader : expression_values<Value> {
    using values = expression_values<Value>;

public:
    static constexpr int most_arguments = 8, most_depth = 24;

    /// The arguments of the function whose body is read.
    struct argument_list {
        std::string_view name[most_arguments]{};
        Value value[most_arguments]{};
        int count = 0;
    };

    constexpr expression_reader(std::string_view text, Names& names, int& steps, int depth = 0,
                                const argument_list* arguments = nullptr) noexcept
        : values(text), names_(names), steps_(steps), arguments_(arguments), depth_(depth)
    {
    }

    [[nodiscard]] constexpr evaluation<Value> read() noexcept
    {
        const Value value = condition();
        if (!is_wrong() && !at_end()) fail(mistake_kind::bad_expression, next_word());
        if (is_wrong()) return wrong_;
        return {value, mistake_kind::none, {}};
    }

private:
    using infix = typename values::infix;
    using order = typename values::order;
    using values::answered, values::checked, values::chosen, values::combined, values::expect, values::fail, values::fail_if_wanted;
    using values::at_, values::text_, values::unwanted_, values::wrong_, values::is_traced, values::is_wrong, values::truth;
    using values::at_end, values::next_infix, values::next_word, values::peek, values::skip_spaces, values::take, values::take_name;
    using values::is_behind_operator, values::take_node, values::take_power, values::text_from;

    /// Goes one level deeper for as long as it lives.
    class deeper {
    public:
        constexpr explicit deeper(expression_reader& reader) noexcept : reader_(reader)
        {
            if (++reader_.depth_ > most_depth || --reader_.steps_ < 0)
                reader_.fail(mistake_kind::expression_too_deep, without_spaces_around(reader_.text_));
        }
        constexpr ~deeper() { --reader_.depth_; }
        deeper(const deeper&) = delete;
        deeper& operator=(const deeper&) = delete;

    private:
        expression_reader& reader_;
    };

    // Operators.

    /// a, or a ? b : c
    constexpr Value condition() noexcept
    {
        const deeper level{*this};
        if (is_wrong()) return {};
        const std::size_t begin = at_;
        const Value asked = operation(order::either);
        const std::string_view word = text_from(begin);
        if (is_wrong() || !take('?')) return asked;
        if (!is_constant(asked)) {
            const Value yes = branch(true, [this] { return operation(order::either); });
            if (!is_wrong() && take('?')) fail(mistake_kind::doubtful_order, text_from(begin));
            expect(':');
            const Value no = branch(true, [this] { return condition(); });
            return chosen(asked, yes, no, word);
        }
        const bool is_true = truth(asked, word);
        const Value yes = branch(is_true, [this] { return operation(order::either); });
        if (!is_wrong() && take('?')) fail(mistake_kind::doubtful_order, text_from(begin));
        expect(':');
        const Value no = branch(!is_true, [this] { return condition(); });
        return is_true ? yes : no;
    }

    constexpr Value branch(bool is_wanted, auto&& read_it) noexcept
    {
        if (is_wrong()) return {};
        if (!is_wanted) ++unwanted_;
        const Value value = read_it();
        if (!is_wanted) --unwanted_;
        return value;
    }

    /// Operands with operators between them that bind as strongly as this or more.
    constexpr Value operation(order least) noexcept
    {
        const std::size_t begin = at_;
        Value left = signed_operand();
        order before{};
        for (;;) {
            if (is_wrong()) return {};
            const infix next = next_infix();
            if (next.sign.empty() || next.strength < least) return left;
            const bool is_doubtful = (before == order::both && next.strength == order::either) ||
                                     (least == order::both && next.strength == order::both) ||   // behind ||
                                     (before == order::comparison && next.strength == order::comparison);
            if (is_doubtful) return fail(mistake_kind::doubtful_order, text_from(begin));
            before = next.strength;
            at_ += next.sign.size();
            const Value right = operation(static_cast<order>(static_cast<int>(next.strength) + 1));
            if (is_wrong()) return {};
            left = combined(next, left, right, text_from(begin));
        }
    }

    /// A sign or ! before an operand; both are weaker than a power: -2^2 is -4. But 3*-2^2 is 3*(-2)^2 to ngspice's braces.
    constexpr Value signed_operand() noexcept
    {
        skip_spaces();
        const char sign = peek();
        if (sign != '-' && sign != '+' && sign != '!' && sign != '~') return power();
        const deeper level{*this};
        if (is_wrong()) return {};
        const std::size_t begin = at_++;
        Value value = signed_operand();
        if (is_wrong() || sign == '+') return value;
        if (sign == '-') {
            if (!is_traced && power_end_ == at_ && is_behind_operator(begin)) return fail(mistake_kind::doubtful_order, text_from(begin));
            static_cast<void>(scale_by(value, -1.0));
            return value;
        }
        if constexpr (is_traced) {
            if (!is_constant(value)) return recorded(trace_operation::negation, value);
        }
        return value_of_constant<Value>(truth(value, text_from(begin)) ? 0.0 : 1.0);
    }

    constexpr Value power() noexcept
    {
        const std::size_t begin = at_;
        const Value base = operand();
        if (is_wrong() || !take_power()) return base;
        skip_spaces();
        const char sign = peek();
        if (sign == '-' || sign == '+') ++at_;
        Value exponent = operand();
        if (is_wrong()) return {};
        power_end_ = at_;
        if (take_power()) return fail(mistake_kind::doubtful_order, text_from(begin));
        if constexpr (is_traced) {
            if (!is_constant(base) || !is_constant(exponent)) {
                if (sign == '-') static_cast<void>(scale_by(exponent, -1.0));
                return recorded(trace_operation::power, base, exponent);
            }
        }
        if (!is_constant(base) || !is_constant(exponent)) return fail_if_wanted(mistake_kind::not_linear, text_from(begin));
        const evaluation<double> raised = power_of(constant_of(base), sign == '-' ? -constant_of(exponent) : constant_of(exponent));
        return checked(raised, text_from(begin));
    }

    // Operands.

    constexpr Value operand() noexcept
    {
        skip_spaces();
        const char c = peek();
        if (is_digit(c) || c == '.') return number();
        if (begins_name(c)) return named();
        for (const auto& [open, close] : {bracket{'(', ')'}, bracket{'{', '}'}}) {
            if (!take(open)) continue;
            const Value value = condition();
            expect(close);
            return value;
        }
        return fail(mistake_kind::bad_expression, next_word());
    }
    struct bracket {
        char open, close;
    };

    constexpr Value number() noexcept
    {
        const netlist_number read = number_at(text_.substr(at_));
        const std::string_view word = text_.substr(at_, read.length > 0 ? read.length : 1);
        if (read.mistake == number_mistake::suffix_as_point || read.mistake == number_mistake::digits_behind_letters)
            return fail(mistake_kind::doubtful_value, word);
        if (read.mistake == number_mistake::too_large || read.mistake == number_mistake::too_small)
            return fail(mistake_kind::number_out_of_range, word);
        if (read.mistake != number_mistake::none) return fail(mistake_kind::not_a_number, word);
        at_ += read.length;
        if (is_in_name(peek())) return fail(mistake_kind::not_a_number, text_.substr(at_ - read.length, read.length + 1));
        if (has_mil(word)) return fail(mistake_kind::doubtful_mil, word);
        return checked({read.value, mistake_kind::none, {}}, word);
    }

    constexpr Value named() noexcept
    {
        if (--steps_ < 0) return fail(mistake_kind::expression_too_deep, without_spaces_around(text_));
        const std::string_view name = take_name();
        if (take('(')) {
            if (is_same_word(name, "v")) return voltage();
            if (is_same_word(name, "i")) return current();
            return call(name);
        }
        for (int i = 0; arguments_ != nullptr && i < arguments_->count; ++i)
            if (same_name(arguments_->name[i], name)) return arguments_->value[i];
        for (const std::string_view varying : {"time", "freq", "hertz", "omega"})
            if (is_same_word(name, varying)) return given(name, mistake_kind::depends_on_time);
        return given(name, mistake_kind::unknown_parameter);
    }

    /// A parameter of the netlist; failing that pi and e, which it may define itself.
    constexpr Value given(std::string_view name, mistake_kind otherwise) noexcept
    {
        evaluation<Value> found = names_.parameter(name);
        if (found.wrong == mistake_kind::none) return found.value;
        if (found.wrong != mistake_kind::unknown_parameter) return fail(found.wrong, found.word.empty() ? name : found.word);
        if (is_same_word(name, "pi")) return value_of_constant<Value>(math::pi);
        if (is_same_word(name, "e")) return value_of_constant<Value>(2.718281828459045235);
        return fail(otherwise, name);
    }

    /// The name of a node or a source, which there must be.
    constexpr std::string_view node_name() noexcept
    {
        const std::string_view name = take_node();
        if (name.empty()) fail(mistake_kind::bad_expression, next_word());
        return name;
    }
    constexpr Value voltage() noexcept
    {
        const std::string_view plus = node_name(), minus = !is_wrong() && take(',') ? node_name() : std::string_view{};
        expect(')');
        if (is_wrong()) return {};
        return answered(names_.voltage(plus, minus), plus);
    }
    constexpr Value current() noexcept
    {
        const std::string_view source = node_name();
        expect(')');
        if (is_wrong()) return {};
        return answered(names_.current(source), source);
    }
    // Functions.

    constexpr Value call(std::string_view name) noexcept
    {
        function_text own;
        const bool is_own = names_.function(name, own);
        if (!is_own && (is_same_word(name, "if") || is_same_word(name, "ternary_fcn"))) return choice(name);
        argument_list arguments;
        if (!take(')')) {
            do {
                if (arguments.count == most_arguments) return fail(mistake_kind::wrong_arguments, name);
                arguments.value[arguments.count++] = condition();
                if (is_wrong()) return {};
            } while (take(','));
            expect(')');
        }
        if (is_wrong()) return {};
        return is_own ? own_function(name, own, arguments) : known(name, arguments);
    }

    /// if(a, b, c)
    constexpr Value choice(std::string_view name) noexcept
    {
        const std::size_t begin = at_;
        const Value asked = condition();
        const std::string_view word = text_from(begin);
        const bool is_decided = is_constant(asked), is_true = !is_decided || truth(asked, word);
        if (!is_wrong() && !take(',')) fail(mistake_kind::wrong_arguments, name);
        const Value yes = branch(is_true, [this] { return condition(); });
        if (!is_wrong() && !take(',')) fail(mistake_kind::wrong_arguments, name);
        const Value no = branch(!is_true || !is_decided, [this] { return condition(); });
        expect(')');
        if (!is_decided) return chosen(asked, yes, no, word);
        return is_true ? yes : no;
    }

    constexpr Value known(std::string_view name, const argument_list& arguments) noexcept
    {
        const known_function function = find_function(name, arguments.count);
        if (function.wrong != mistake_kind::none) return fail(function.wrong, name);
        const bool are_constant = is_constant(arguments.value[0]) && is_constant(arguments.value[1]);
        if constexpr (is_traced) {
            if (!are_constant) return recorded(trace_operation::function, arguments.value[0], arguments.value[1], {}, function);
        }
        if (!are_constant) return fail_if_wanted(mistake_kind::not_linear, name);
        const double numbers[] = {constant_of(arguments.value[0]), constant_of(arguments.value[1])};
        return checked(value_of_function(function, numbers), name);
    }

    constexpr Value own_function(std::string_view name, const function_text& own, argument_list& arguments) noexcept
    {
        int count = 0;
        for (std::string_view rest = own.parameters; !without_spaces_around(rest).empty() && count < most_arguments;) {
            const std::size_t comma = rest.find(',');
            arguments.name[count++] = without_spaces_around(rest.substr(0, comma));
            rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
        }
        if (count != arguments.count) return fail(mistake_kind::wrong_arguments, name);
        if (unwanted_ > 0) return {};
        const deeper level{*this};
        if (is_wrong()) return {};
        expression_reader body{own.body, names_, steps_, depth_, &arguments};
        return answered(body.read(), name);
    }

    Names& names_;
    int& steps_;   ///< of this expression and the functions in it, that are left
    const argument_list* arguments_;
    int depth_;
    std::size_t power_end_ = 0;   ///< behind the power that was read last
};

/// The value of an expression of a netlist, its text without braces or quotes around it.
///
/// Names tells what stands for what: parameter(name), function(name, text), voltage(plus, minus) and current(source); all words as they are
/// written.
template <class Value, class Names>
[[nodiscard]] constexpr evaluation<Value> evaluate(std::string_view text, Names& names) noexcept
{
    int steps = 4000;
    return expression_reader<Value, Names>{text, names, steps}.read();
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
