// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The parent's side: asking, waiting, and what is made of an end.
#include "fuzz/process/worker_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <stdexcept>

#include "fuzz/crash/crash_report.h"
#include "fuzz/triage/boot/worker.h"

namespace hobnail {
namespace {

constexpr std::uint64_t kLongest = std::uint64_t{1} << 30;  // of a reply
constexpr std::size_t kWordsMax = 0x10000;
constexpr int kTick = 20;  // milliseconds between two looks at the child's memory

}  // namespace

WorkerProcess::WorkerProcess(Work work, const Limits& limits)
    : work_(std::move(work)), limits_(limits) {}

WorkerProcess::~WorkerProcess() { stop(); }

void WorkerProcess::start() {
  std::array<int, 2> channel{};
  std::array<int, 2> words{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel.data()) != 0 ||
      pipe2(words.data(), O_CLOEXEC) != 0) {
    throw std::runtime_error("no pipe for a child");
  }
  std::fflush(nullptr);  // what is in a buffer now would be printed twice
  child_ = fork();
  if (child_ < 0) throw std::runtime_error("no child process");
  if (child_ == 0) {
    close(channel[0]);
    close(words[0]);
    work_(channel[1], words[1]);
    _exit(0);
  }
  close(channel[1]);
  close(words[1]);
  channel_ = channel[0];
  words_ = words[0];
  fcntl(words_, F_SETFL, O_NONBLOCK);
  memory_before_mb_ = 0;
}

void WorkerProcess::stop() {
  if (child_ < 0) return;
  kill(child_, SIGKILL);
  waitpid(child_, nullptr, 0);
  close(channel_);
  close(words_);
  child_ = -1;
}

WorkerReply WorkerProcess::read_reply() const {
  WorkerReply reply;
  ReplyHead head;
  if (!receive_all(channel_, &head, sizeof head) || head.size > kLongest) return reply;
  reply.bytes.resize(static_cast<std::size_t>(head.size));
  if (!receive_all(channel_, reply.bytes.data(), reply.bytes.size())) return reply;
  reply.heard = Heard::Reply;
  reply.last = head.last != 0;
  return reply;
}

void WorkerProcess::take_words() {
  std::array<char, 4096> block;
  for (;;) {
    const ssize_t got = read(words_, block.data(), block.size());
    if (got <= 0) return;
    if (said_.size() < kWordsMax) said_.append(block.data(), static_cast<std::size_t>(got));
  }
}

const std::string& WorkerProcess::said() {
  if (child_ >= 0) take_words();
  return said_;
}

// Resident, of the child; 0 when that cannot be known.
std::uint64_t WorkerProcess::memory_mb() const {
  std::FILE* const file = std::fopen(fmt::format("/proc/{}/statm", child_).c_str(), "r");
  if (file == nullptr) return 0;
  unsigned long all = 0;
  unsigned long resident = 0;
  const int read = std::fscanf(file, "%lu %lu", &all, &resident);
  std::fclose(file);
  return read == 2 ? std::uint64_t{resident} * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)) /
                         0x100000
                   : 0;
}

WorkerReply WorkerProcess::listen() {
  using Clock = std::chrono::steady_clock;
  // The child's own timer comes first; a target may have taken that away.
  const auto patience = std::chrono::duration<double>(limits_.seconds * 2 + 3);
  const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(patience);
  std::array<pollfd, 2> wait{{{channel_, POLLIN, 0}, {words_, POLLIN, 0}}};
  for (;;) {
    const int ready = poll(wait.data(), wait.size(), kTick);
    if (ready < 0 && errno != EINTR) return {};
    if ((wait[1].revents & POLLIN) != 0) take_words();
    if (ready > 0 && wait[0].revents != 0) return read_reply();
    if (ready > 0 && (wait[1].revents & POLLHUP) != 0) wait[1].fd = -1;
    if (ready > 0 && Clock::now() < end) continue;  // it talks much
    if (memory_mb() > memory_before_mb_ + limits_.memory_mb) return {Heard::TooMuch, false, {}};
    if (Clock::now() >= end) return {Heard::TooLong, false, {}};
  }
}

ProcessEnd WorkerProcess::bury(Heard heard) {
  if (heard == Heard::TooLong || heard == Heard::TooMuch) kill(child_, SIGKILL);
  int status = 0;
  bool gone = false;
  // It says its last word a moment before it is dead, a sanitizer takes some.
  for (int tries = 0; tries < 3000 && !gone; ++tries) {
    take_words();  // or it would wait for somebody to read them
    gone = waitpid(child_, &status, WNOHANG) == child_;
    if (!gone) usleep(tries < 100 ? 100 : 1000);
  }
  if (!gone) {
    kill(child_, SIGKILL);
    waitpid(child_, &status, 0);
  }
  take_words();
  close(channel_);
  close(words_);
  child_ = -1;
  ProcessEnd end = read_death(status, said_);
  if (heard == Heard::TooMuch) end.how = "out of memory";
  if (heard == Heard::TooLong) end.how = "timeout";
  return end;
}

WorkerReply WorkerProcess::ask(std::span<const std::uint8_t> bytes, bool trace) {
  // What a target has leaked before is not of this question; nor may it fill the machine.
  if (child_ >= 0 && asked_ % 64 == 0) {
    memory_before_mb_ = memory_mb();
    if (memory_before_mb_ > limits_.memory_mb / 2) stop();
  }
  if (child_ < 0) start();
  ++asked_;
  said_.clear();
  const RequestHead head{bytes.size(), trace ? 1U : 0U};
  if (!send_all(channel_, &head, sizeof head) || !send_all(channel_, bytes.data(), bytes.size())) {
    return {};
  }
  return listen();
}

}  // namespace hobnail
