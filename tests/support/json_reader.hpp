// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/catch.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>

namespace programs {

/// A JSON document as values by path, `voltage.rules.0.grade`: strings without their quotes, anything else as it stands.
class json_reader {
public:
    explicit json_reader(const std::string& text) : text_{text}
    {
        value("");
        skip();
        CHECK(at_ == text_.size());
    }

    const std::string& at(const std::string& path) const
    {
        INFO(path);
        REQUIRE(values_.count(path) == 1);
        return values_.at(path);
    }
    double number(const std::string& path) const { return std::stod(at(path)); }
    bool has(const std::string& path) const { return values_.count(path) == 1; }

private:
    char peek()
    {
        skip();
        REQUIRE(at_ < text_.size());
        return text_[at_];
    }
    void skip() { at_ = std::min(text_.find_first_not_of(" \n", at_), text_.size()); }
    void take(char expected)
    {
        INFO("character " << at_ << " of " << text_);
        REQUIRE(peek() == expected);
        ++at_;
    }
    std::string quoted()
    {
        take('"');
        std::string result;
        for (; text_.at(at_) != '"'; ++at_) {
            if (text_[at_] == '\\') ++at_;
            result += text_.at(at_);
        }
        ++at_;
        return result;
    }
    void members(char open, char close, const auto& member)
    {
        take(open);
        for (int i = 0; peek() != close; ++i) {
            if (i > 0) take(',');
            member(i);
        }
        take(close);
    }
    void value(const std::string& path)
    {
        const std::string within = path.empty() ? path : path + '.';
        if (peek() == '{') {
            members('{', '}', [&](int) {
                const std::string name = quoted();
                CHECK(values_.count(within + name) == 0);
                take(':');
                value(within + name);
            });
        } else if (peek() == '[') {
            members('[', ']', [&](int i) { value(within + std::to_string(i)); });
        } else if (peek() == '"') {
            values_[path] = quoted();
        } else {
            const auto end = text_.find_first_of(",]} \n", at_);
            const std::string word = text_.substr(at_, end - at_);
            INFO(word);
            std::size_t read = 0;
            if (word != "null" && word != "true" && word != "false") CHECK((std::stod(word, &read), read == word.size()));
            values_[path] = word;
            at_ += word.size();
        }
    }

    std::string text_;
    std::size_t at_ = 0;
    std::map<std::string, std::string> values_;
};

}   // namespace programs
