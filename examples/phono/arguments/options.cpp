// SPDX-License-Identifier: BSL-1.0
#include "arguments/options.hpp"

#include "arguments/part_value.hpp"
#include "support/number.hpp"

namespace command {

CLI::Validator within(double lowest, double highest, const std::string& unit)
{
    const auto refine = [lowest, highest, unit](std::string& text) -> std::string {
        const auto value = parse_quantity(text, unit);
        if (!value || !(*value >= lowest && *value <= highest))
            return "'" + text + "' is not a number from " + brief(lowest) + " to " + brief(highest) + (unit.empty() ? "" : ' ' + unit);
        text = exact(*value);
        return {};
    };
    return CLI::Validator{refine, ""};
}

void add_subject(CLI::App& app, std::string& curve, preamp_options& preamp, const std::string& about_preamp, preamp_options::nodes names)
{
    auto& subject = *app.add_option_group("subject");
    subject.add_option("--curve,--label", curve, "name (see phono list), time constants in us, or label and year")->type_name("CURVE");
    preamp.add_to(app, subject, about_preamp, false, names);
    subject.require_option(1);
}

void add_phase(CLI::App& app, std::string& text)
{
    app.add_option("--phase", text, "minimum, as the design has it, or corrected to the analogue circuit's by an all-pass")
        ->check(CLI::IsMember({"minimum", "corrected"}))
        ->type_name("PHASE")
        ->capture_default_str();
}

phono::phase parse_phase(const std::string& text) noexcept { return text == "corrected" ? phono::phase::corrected : phono::phase::minimum; }

void file_options::add_to(CLI::App& app)
{
    app.add_option("--format", format_, "pcm16, pcm24, pcm32 (or 16, 24, 32), float or double (default: that of IN)")->type_name("FORMAT");
    app.add_option("--precision", precision_, "number type of the filter")
        ->check(CLI::IsMember({"double", "float"}))
        ->type_name("TYPE")
        ->capture_default_str();
    add_phase(app, phase_);
    app.add_flag("--no-dither", no_dither_, "write 16 bits without dither");
    app.add_flag("--recover", recover_, "take what is there of a damaged or unfinished IN, and say what was assumed");
    app.add_flag("--again", again_, "no warning where IN says that it already has a playback curve");
}

transformation file_options::settings() const
{
    transformation what;
    if (!format_.empty()) what.format = parse_sample_format(format_);
    what.dither = !no_dither_;
    what.recover = recover_;
    what.again = again_;
    return what;
}

kernel_options file_options::kernel() const
{
    return {precision_ == "float" ? precision::float32 : precision::float64, parse_phase(phase_)};
}

}   // namespace command
