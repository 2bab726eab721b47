// SPDX-License-Identifier: BSL-1.0
#include "containers/byte_source.hpp"

#include "support/byte_output.hpp"
#include "support/failure.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace command {

byte_source::byte_source(const std::filesystem::path& file) : name_{file == "-" ? "standard input" : file.string()}
{
    // A copy of the standard input's descriptor, so that closing is the same for both.
    descriptor_ = file == "-" ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) : ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    const int error = errno;
    if (descriptor_ < 0 && error == ENOENT) throw failure{name_ + ": no such file"};
    if (descriptor_ < 0) throw failure{name_ + ": cannot be read: " + std::strerror(error)};
    struct stat about {};
    const bool told = ::fstat(descriptor_, &about) == 0;
    const bool pipe = told && (S_ISFIFO(about.st_mode) || S_ISSOCK(about.st_mode));
    if (!told || !(pipe || S_ISREG(about.st_mode))) {
        ::close(std::exchange(descriptor_, -1));
        throw failure{name_ + (told && S_ISDIR(about.st_mode) ? ": is a folder; give a recording"
                                                              : ": not a regular file; give a sound file on disk or a pipe")};
    }
    // A file as standard input from which somebody else has read the beginning is read like a pipe.
    if (pipe || (file == "-" && ::lseek(descriptor_, 0, SEEK_CUR) != 0)) return;
    size_ = static_cast<std::uint64_t>(about.st_size);
}

byte_source::byte_source(std::string name, std::vector<unsigned char> bytes)
    : name_{std::move(name)}, memory_{std::move(bytes)}, size_{memory_.size()}
{
}

std::unique_ptr<byte_source> byte_source::copy_of(byte_source& pipe)
{
    auto copy = std::make_unique<byte_source>(pipe.name(), std::vector<unsigned char>{});
    auto name = (std::filesystem::temp_directory_path() / "phono-XXXXXX").string();
    copy->descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (copy->descriptor_ < 0) throw failure{pipe.name() + ": cannot be copied to " + name + ": " + std::strerror(errno)};
    ::unlink(name.c_str());
    byte_output out{copy->descriptor_, name + ", the copy of " + pipe.name()};
    std::vector<unsigned char> block(1 << 16);
    while (const auto count = pipe.read(block)) {
        out.write(std::span{block}.first(count));
        *copy->size_ += count;
    }
    return copy;
}

byte_source::~byte_source()
{
    if (descriptor_ >= 0) ::close(descriptor_);
}

std::size_t byte_source::read(std::span<unsigned char> into)
{
    const auto count = size_ ? read_file(into) : read_pipe(into);
    position_ += count;
    return count;
}

std::size_t byte_source::read_file(std::span<unsigned char> into)
{
    const auto left = position_ < *size_ ? *size_ - position_ : 0;
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), left));
    if (descriptor_ < 0) {
        std::copy_n(memory_.begin() + static_cast<std::ptrdiff_t>(wanted > 0 ? position_ : 0), wanted, into.begin());
        return wanted;
    }
    for (std::size_t done = 0; done < wanted;) {
        const auto at = position_ + done;
        const auto count = ::pread(descriptor_, into.data() + done, wanted - done, static_cast<off_t>(at));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw failure{name_ + ": cannot be read at byte " + std::to_string(at) + ": " + std::strerror(errno)};
        if (count == 0)
            throw failure{name_ + ": became shorter while it was read: " + std::to_string(at) + " of " + std::to_string(*size_) +
                          " bytes are left; run again when nothing else writes to it"};
        done += static_cast<std::size_t>(count);
    }
    return wanted;
}

void byte_source::require_same_length() const
{
    struct stat now {};
    if (descriptor_ < 0 || !size_ || ::fstat(descriptor_, &now) != 0 || !S_ISREG(now.st_mode)) return;
    const auto length = static_cast<std::uint64_t>(now.st_size);
    if (length > *size_)
        throw failure{name_ + ": became longer while it was read: it had " + std::to_string(*size_) + " bytes and has " +
                      std::to_string(length) + "; run again when nothing else writes to it"};
}

std::size_t byte_source::read_pipe(std::span<unsigned char> into)
{
    std::size_t done = std::min(into.size(), ahead_.size());
    std::copy_n(ahead_.begin(), done, into.begin());
    ahead_.erase(ahead_.begin(), ahead_.begin() + static_cast<std::ptrdiff_t>(done));
    while (done < into.size()) {
        const auto count = ::read(descriptor_, into.data() + done, into.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw failure{name_ + ": cannot be read at byte " + std::to_string(position_ + done) + ": " + std::strerror(errno)};
        if (count == 0) break;
        done += static_cast<std::size_t>(count);
    }
    return done;
}

std::vector<unsigned char> byte_source::take(std::size_t count)
{
    if (size_) count = static_cast<std::size_t>(std::min<std::uint64_t>(count, position_ < *size_ ? *size_ - position_ : 0));
    std::vector<unsigned char> bytes;
    constexpr std::size_t step = std::size_t{1} << 16;   // a size that lies does not cost its memory
    while (bytes.size() < count) {
        const auto begin = bytes.size();
        bytes.resize(std::min(count, begin + std::max(step, begin)));
        const auto got = read(std::span{bytes}.subspan(begin));
        if (got == bytes.size() - begin) continue;
        bytes.resize(begin + got);
        break;
    }
    return bytes;
}

std::vector<unsigned char> byte_source::peek(std::size_t count)
{
    const auto begin = position_;
    auto bytes = take(count);
    position_ = begin;
    if (!size_) ahead_.insert(ahead_.begin(), bytes.begin(), bytes.end());
    return bytes;
}

bool byte_source::move_to(std::uint64_t position)
{
    if (size_) {
        position_ = position;
        return true;
    }
    std::array<unsigned char, 65'536> forgotten{};
    while (position_ < position) {
        const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(forgotten.size(), position - position_));
        if (read(std::span{forgotten}.first(step)) < step) return false;
    }
    return position_ == position;
}

}   // namespace command
