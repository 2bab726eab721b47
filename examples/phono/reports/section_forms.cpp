// SPDX-License-Identifier: BSL-1.0
#include "reports/section_forms.hpp"

#include "support/json.hpp"
#include "support/number.hpp"

#include <string_view>
#include <utility>

namespace command {

namespace {

using phono::biquad_cascade;

// Two comment lines, each behind the mark that a language has for them.
std::string comments(std::string_view mark, const section_heading& heading)
{
    const std::string begin{mark};
    return begin + ' ' + heading.title + '\n' + begin + " sample rate " + shortest(heading.rate) + " Hz, " + heading.level + '\n';
}

std::string csv(const section_heading& heading, const biquad_cascade& sections)
{
    auto text = comments("#", heading) + "# y = b0 x + b1 x[-1] + b2 x[-2] - a1 y[-1] - a2 y[-2]\nb0,b1,b2,a1,a2\n";
    for (const auto& s : sections)
        text += exact(s.b0) + ',' + exact(s.b1) + ',' + exact(s.b2) + ',' + exact(s.a1) + ',' + exact(s.a2) + '\n';
    return text;
}

std::string as_json(const section_heading& heading, const biquad_cascade& sections)
{
    std::vector<json> all;
    for (const auto& s : sections)
        all.push_back(json::short_object({{"b0", s.b0}, {"b1", s.b1}, {"b2", s.b2}, {"a1", s.a1}, {"a2", s.a2}}));
    return json::object({{"title", heading.title}, {"rate_hz", heading.rate}, {"level", heading.level}, {"sections", json::array(all)}})
               .text() +
           '\n';
}

// The text of its advanced mode, without comments. The sign of a1 and a2 is turned: its sections add what they feed back.
std::string minidsp(const section_heading&, const biquad_cascade& sections)
{
    std::string text;
    int number = 0;
    for (const auto& s : sections) {
        text += (text.empty() ? "" : ",\n") + std::string{"biquad"} + std::to_string(++number) + ",\nb0=" + plain(s.b0) +
                ",\nb1=" + plain(s.b1) + ",\nb2=" + plain(s.b2) + ",\na1=" + plain(-s.a1) + ",\na2=" + plain(-s.a2);
    }
    return text + '\n';
}

std::string equalizer_apo(const section_heading& heading, const biquad_cascade& sections)
{
    auto text = comments("#", heading);
    int number = 0;
    for (const auto& s : sections)
        text += "Filter " + std::to_string(++number) + ": ON IIR Order 2 Coefficients " + plain(s.b0) + ' ' + plain(s.b1) + ' ' +
                plain(s.b2) + " 1 " + plain(s.a1) + ' ' + plain(s.a2) + '\n';
    return text;
}

// A filter for each section, and a pipeline that has all channels go through them.
std::string camilladsp(const section_heading& heading, const biquad_cascade& sections)
{
    auto text = comments("#", heading) + "filters:\n";
    std::string names;
    for (int i = 0; i < sections.size(); ++i) {
        const auto& s = *(sections.begin() + i);
        const auto name = "phono_" + std::to_string(i + 1);
        names += (names.empty() ? "" : ", ") + name;
        text += "  " + name + ":\n    type: Biquad\n    parameters:\n      type: Free\n      b0: " + plain(s.b0) +
                "\n      b1: " + plain(s.b1) + "\n      b2: " + plain(s.b2) + "\n      a1: " + plain(s.a1) + "\n      a2: " + plain(s.a2) +
                '\n';
    }
    return text + "pipeline:\n  - type: Filter\n    channels: [0, 1]\n    names: [" + names + "]\n";
}

// biquad-m has the sign of a1 and a2 as here; biquad has the other.
std::string nyquist(const section_heading& heading, const biquad_cascade& sections)
{
    const auto rate = plain(heading.rate);
    auto text = ";nyquist plug-in\n;version 4\n;type process\n;name \"phono\"\n" + comments(";", heading) +
                "(if (> (abs (- *sound-srate* " + rate + ")) 0.01)\n    \"This filter is for a sample rate of " + rate +
                " Hz\"\n    (let ((sound *track*))\n";
    for (const auto& s : sections)
        text += "      (setf sound (biquad-m sound " + plain(s.b0) + ' ' + plain(s.b1) + ' ' + plain(s.b2) + " 1.0 " + plain(s.a1) + ' ' +
                plain(s.a2) + "))\n";
    return text + "      sound))\n";
}

// A title that ends no comment of C, and begins none in it: with blanks where it would.
std::string in_c_comment(std::string_view title)
{
    std::string text;
    for (const char c : title) {
        if (!text.empty() && ((text.back() == '*' && c == '/') || (text.back() == '/' && c == '*'))) text += ' ';
        text += c;
    }
    return text;
}

// Transposed direct form II.
std::string plain_c(const section_heading& heading, const biquad_cascade& sections)
{
    const auto count = std::to_string(sections.size());
    std::string text = "/* " + in_c_comment(heading.title) + "\n   sample rate " + shortest(heading.rate) + " Hz, " + heading.level +
                       "\n   One phono_filter for each channel, all zero before the first sample. */\n"
                       "static const double phono_sections[" +
                       count + "][5] = {   /* b0, b1, b2, a1, a2 */\n";
    for (const auto& s : sections)
        text += "    {" + exact(s.b0) + ", " + exact(s.b1) + ", " + exact(s.b2) + ", " + exact(s.a1) + ", " + exact(s.a2) + "},\n";
    return text + "};\n\ntypedef struct { double state[" + count +
           "][2]; } phono_filter;\n\n"
           "static double phono_sample(phono_filter *filter, double x)\n{\n    int i;\n    for (i = 0; i < " +
           count +
           "; ++i) {\n"
           "        const double *c = phono_sections[i];\n"
           "        double *s = filter->state[i];\n"
           "        const double y = c[0] * x + s[0];\n"
           "        s[0] = c[1] * x - c[3] * y + s[1];\n"
           "        s[1] = c[2] * x - c[4] * y;\n"
           "        x = y;\n"
           "    }\n    return x;\n}\n";
}

using writer = std::string (*)(const section_heading&, const biquad_cascade&);
constexpr std::pair<std::string_view, writer> forms[] = {{"csv", csv},           {"json", as_json},          {"minidsp", minidsp},
                                                         {"apo", equalizer_apo}, {"camilladsp", camilladsp}, {"nyquist", nyquist},
                                                         {"c", plain_c}};

}   // namespace

std::vector<std::string> section_form_names()
{
    std::vector<std::string> names;
    for (const auto& form : forms) names.emplace_back(form.first);
    return names;
}

std::string section_text(const std::string& form, const section_heading& heading, const biquad_cascade& sections)
{
    for (const auto& [name, write] : forms)
        if (name == form) return write(heading, sections);
    return csv(heading, sections);
}

}   // namespace command
