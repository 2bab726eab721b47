// SPDX-License-Identifier: BSL-1.0
#include "support/progress.hpp"

#include "support/number.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
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

progress::progress(std::optional<std::int64_t> frames, int sample_rate)
    : frames_{frames}, sample_rate_{sample_rate}, terminal_{::isatty(STDERR_FILENO) != 0}
{
}

progress::~progress()
{
    if (drawn_) std::fputs("\r\033[K", stderr);   // back to the beginning of the line, erase it
}

void progress::at(std::int64_t frame)
{
    if (!terminal_) return;
    const auto now = steady::now();
    if (now - last_ < std::chrono::milliseconds{100}) return;
    last_ = now;
    draw(frame, std::chrono::duration<double>(now - begin_).count());
}

void progress::draw(std::int64_t frame, double elapsed_seconds)
{
    const double seconds = double(frame) / sample_rate_;
    std::string text = "  " + fixed(seconds / elapsed_seconds, 0) + " x real time  ";
    if (frames_) {
        const double part = std::min(1.0, double(frame) / double(*frames_));
        const auto percent = fixed(100.0 * part, 0);
        text = std::string(4 - std::min<std::size_t>(4, percent.size()), ' ') + percent + " %" + text +
               clock(elapsed_seconds * (1.0 - part) / std::max(part, 1e-9)) + " left";
        const auto width = terminal_width();
        if (width > text.size() + 12) text = bar(part, std::min<std::size_t>(40, width - text.size() - 4)) + text;
    } else {
        text = clock(seconds) + " done" + text;
    }
    std::fputs(("\r" + text + "\033[K").c_str(), stderr);
    std::fflush(stderr);
    drawn_ = true;
}

}   // namespace command
