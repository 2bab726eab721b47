// SPDX-License-Identifier: BSL-1.0
#include "support/progress.hpp"

#include "support/number.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <ostream>
#include <string>

namespace command {

namespace {

std::size_t terminal_width()
{
    winsize size{};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

std::string bar(double part, std::size_t width)
{
    const auto full = static_cast<std::size_t>(part * double(width));
    return '[' + std::string(full, '#') + std::string(width - full, '.') + ']';
}

}   // namespace

progress::progress(std::size_t files, std::optional<double> work) : files_{files}, work_{work}, terminal_{::isatty(STDERR_FILENO) != 0} {}

progress::~progress() { wipe(); }

void progress::advance(double work, double seconds_of_sound)
{
    if (!terminal_) return;
    const std::lock_guard held{mutex_};
    done_ += work;
    seconds_of_sound_ += seconds_of_sound;
    const auto now = steady::now();
    if (now - last_ < std::chrono::milliseconds{100}) return;
    last_ = now;
    std::fputs(("\r" + text(std::chrono::duration<double>(now - begin_).count()) + "\033[K").c_str(), stderr);
    std::fflush(stderr);
    drawn_ = true;
}

void progress::end_file()
{
    const std::lock_guard held{mutex_};
    ++files_done_;
}

void progress::print(std::ostream& out, std::string_view line)
{
    const std::lock_guard held{mutex_};
    wipe();
    out << line << '\n' << std::flush;
}

void progress::wipe()
{
    if (!drawn_) return;
    std::fputs("\r\033[K", stderr);   // back to the beginning of the line, erase it
    std::fflush(stderr);
    drawn_ = false;
}

std::string progress::text(double elapsed_seconds) const
{
    std::string text = "  " + fixed(seconds_of_sound_ / elapsed_seconds, 0) + " x real time  ";
    if (files_ > 1) text = "  " + std::to_string(files_done_) + " of " + std::to_string(files_) + " files" + text;
    if (!work_) return clock(seconds_of_sound_) + " done" + text;
    const double part = std::min(1.0, done_ / std::max(*work_, 1e-9));
    const auto percent = fixed(100.0 * part, 0);
    text = std::string(4 - std::min<std::size_t>(4, percent.size()), ' ') + percent + " %" + text +
           clock(elapsed_seconds * (1.0 - part) / std::max(part, 1e-9)) + " left";
    const auto width = terminal_width();
    if (width > text.size() + 12) text = bar(part, std::min<std::size_t>(40, width - text.size() - 4)) + text;
    return text;
}

}   // namespace command
