// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "player.hpp"
#include "require.hpp"
#include "response_error.hpp"
#include "table.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

template <class T>
std::vector<T> noise(std::size_t count)
{
    std::mt19937 generator(1);
    std::uniform_real_distribution<double> amplitude(-0.5, 0.5);
    std::vector<T> samples(count);
    for (T& s : samples) s = static_cast<T>(amplitude(generator));
    return samples;
}

/// A line in which a contender plays noise: at least 2048 samples a pass, and whole blocks of a length.
template <class T>
line line_of_noise(const std::string& name, const std::string& reading, player<T> play, std::size_t whole = 1)
{
    const auto in = std::make_shared<std::vector<T>>(noise<T>((2048 + whole - 1) / whole * whole));
    const auto out = std::make_shared<std::vector<T>>(*in);
    line one;
    one.name = name;
    one.reading = reading;
    one.items = static_cast<double>(in->size());
    one.before = [in, out] { std::copy(in->begin(), in->end(), out->begin()); };
    one.pass = [out, play = std::move(play)] {
        play(*out);
        require(std::isfinite(out->back()), "the output is finite");
    };
    one.is_float = std::is_same_v<T, float>;
    return one;
}

/// The same of a linear contender, whose response has been compared with `wanted(hertz)`: it may be off by at most so many decibels.
template <class T>
line checked_line(const std::string& name, const std::string& reading, const player<T>& play, auto wanted, double error_at_most,
                  std::size_t whole = 1, bool at_1_khz = false)
{
    const double error = error_in_decibels(play, wanted, at_1_khz);
    require(error <= error_at_most, name + ", " + reading + " follows its circuit within " + std::to_string(error_at_most) + " dB; it is " +
                                        std::to_string(error) + " dB off");
    line one = line_of_noise(name, reading, play, whole);
    one.error = error;
    return one;
}
