// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/documents.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

/// A table that a test measures and a document shows.
namespace documents {

/// What a cell must say: words, or a number and the words behind it.
struct cell {
    std::string text;
    double value = 0.0, within = 0.0;   ///< the largest difference of what is printed from the value; 0: the text as it is

    cell(std::string words) : text(std::move(words)) {}
    cell(const char* words) : text(words) {}
    cell(std::string printed, double measured, double tolerance) : text(std::move(printed)), value(measured), within(tolerance) {}
};

/// A figure with few enough digits that another compiler measures the same: within half a unit of the last digit, and a tenth of a unit.
inline cell figure_cell(const char* format, double measured, double unit, const char* behind = "")
{
    char number[32];
    std::snprintf(number, sizeof number, format, measured);
    return {number + std::string{behind}, measured, 0.6 * unit};
}

/// A table of measured figures. It is printed as it should appear in its document, and must appear there, marked with its name and its
/// test.
class readme_table {
public:
    readme_table(std::string name, std::string test, const std::vector<std::string>& header)
        : name_(std::move(name)), test_(std::move(test))
    {
        std::string names = "|", rule = "|";
        for (const std::string& text : header) names += ' ' + text + " |", rule += " --- |";
        header_ = {names, rule};
    }

    void add(std::vector<cell> row) { rows_.push_back(std::move(row)); }

    void print() const
    {
        std::printf("%s%s\n%s\n", table_mark(name_, test_).c_str(), header_[0].c_str(), header_[1].c_str());
        for (const auto& row : rows_) {
            std::printf("|");
            for (const cell& c : row) std::printf(" %s |", c.text.c_str());
            std::printf("\n");
        }
        std::printf("<!-- end -->\n");
    }

    /// Checks that the document that has this table shows these figures.
    void is_shown() const { is_shown_in(document_with_table(name_, test_)); }

    /// Checks that a document shows this table, cell by cell.
    void is_shown_in(const fs::path& document) const
    {
        print();
        const std::vector<std::string> lines = marked_table(document, name_, test_);
        CHECK(lines[0] == header_[0]);
        CHECK(lines[1] == header_[1]);
        REQUIRE(lines.size() == 2 + rows_.size());
        for (std::size_t n = 0; n < rows_.size(); ++n) {
            INFO(document.string() << " has " << lines[n + 2]);
            const std::vector<std::string> printed = cells_of(lines[n + 2]);
            REQUIRE(printed.size() == rows_[n].size());
            for (std::size_t k = 0; k < printed.size(); ++k) compare(printed[k], rows_[n][k]);
        }
    }

private:
    static void compare(const std::string& printed, const cell& measured)
    {
        INFO("it has \"" << printed << "\", measured is \"" << measured.text << "\"");
        char *words = nullptr, *own_words = nullptr;
        const double number = std::strtod(printed.c_str(), &words);
        std::strtod(measured.text.c_str(), &own_words);
        if (measured.within == 0.0) {
            CHECK(printed == measured.text);
        } else {
            CHECK(words != printed.c_str());
            CHECK(std::string{words} == own_words);
            CHECK(std::fabs(number - measured.value) <= measured.within);
        }
    }

    std::string name_, test_;
    std::vector<std::string> header_;
    std::vector<std::vector<cell>> rows_;
};

}   // namespace documents
