// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The parent's side: requests, time and memory limits, the end.
#include "fuzz/process/worker_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "fuzz/process/spawn.h"
#include "fuzz/process/worker_channel.h"
#include "properties/oracle/isolation/child_watch.h"

namespace hobnail {
namespace {

constexpr std::size_t kOutputMax = 0x10000;
constexpr int kTick = 20;  // milliseconds between two looks at the child's memory

void be_the_child(const WorkerProcess::Work& work, int channel, int output) {
  redirect(output, STDOUT_FILENO);
  redirect(output, STDERR_FILENO);
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);  // its end is expected
  begin_worker(channel);
  work();
}

}  // namespace

WorkerProcess::WorkerProcess(Work work, const Limits& limits)
    : work_(std::move(work)),
      limits_(limits),
      progress_(oracle::make_shared_object<oracle::BootProgress>()) {}

WorkerProcess::~WorkerProcess() { stop(); }

void WorkerProcess::start() {
  std::array<int, 2> channel{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel.data()) != 0) {
    throw std::runtime_error(fmt::format("no socket for a child: {}", std::strerror(errno)));
  }
  const PipeEnds output = open_pipe();
  child_ = fork_child([&] {
    close(channel[0]);
    close(output.read);
    oracle::report_progress_to(progress_.get());
    be_the_child(work_, channel[1], output.write);
  });
  close(channel[1]);
  close(output.write);
  channel_ = channel[0];
  output_ = output.read;
  fcntl(output_, F_SETFL, O_NONBLOCK);
  memory_before_mb_ = 0;
}

void WorkerProcess::forget_child() {
  close(channel_);
  close(output_);
  child_ = -1;
}

void WorkerProcess::stop() {
  if (child_ < 0) return;
  kill_and_wait(child_);
  forget_child();
}

void WorkerProcess::take_output() {
  std::array<char, 4096> block;
  for (;;) {
    const ssize_t got = read(output_, block.data(), block.size());
    if (got <= 0) return;
    if (text_.size() < kOutputMax) text_.append(block.data(), static_cast<std::size_t>(got));
  }
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
  oracle::ChildWatch watch(child_);
  std::array<pollfd, 2> wait{{{channel_, POLLIN, 0}, {output_, POLLIN, 0}}};
  for (;;) {
    const int ready = poll(wait.data(), wait.size(), kTick);
    if (ready < 0 && errno != EINTR) return {};
    if ((wait[1].revents & POLLIN) != 0) take_output();
    if (ready > 0 && wait[0].revents != 0) {
      WorkerMessage reply;
      if (!receive_reply(channel_, reply)) return {};
      return {Heard::Reply, reply.last, std::move(reply.bytes)};
    }
    if (ready > 0 && (wait[1].revents & POLLHUP) != 0) wait[1].fd = -1;
    const bool lives =
        watch.look(std::max(limits_.seconds, 0.001), *progress_) == oracle::ChildState::Lives;
    if (ready > 0 && lives) continue;  // it prints much
    if (memory_mb() > memory_before_mb_ + limits_.memory_mb) return {Heard::TooMuch, false, {}};
    if (!lives) return {Heard::TooLong, false, {}};
  }
}

int WorkerProcess::wait_for_end() {
  int status = 0;
  // It prints its last line a moment before it is dead; a sanitizer prints several.
  for (int tries = 0; tries < 3000; ++tries) {
    take_output();  // or it would wait for a reader
    if (waitpid(child_, &status, WNOHANG) == child_) return status;
    usleep(tries < 100 ? 100 : 1000);
  }
  kill(child_, SIGKILL);
  return wait_for(child_);
}

WorkerEnd WorkerProcess::reap(Heard heard) {
  if (heard == Heard::TooLong || heard == Heard::TooMuch) kill(child_, SIGKILL);
  const int status = wait_for_end();
  take_output();
  forget_child();
  return {status, heard, text_};
}

WorkerReply WorkerProcess::ask(std::span<const std::uint8_t> bytes, bool trace) {
  // Memory that a target leaked before does not count for this request, nor may it fill the
  // machine.
  if (child_ >= 0 && asked_ % 64 == 0) {
    memory_before_mb_ = memory_mb();
    if (memory_before_mb_ > limits_.memory_mb / 2) stop();
  }
  if (child_ < 0) start();
  ++asked_;
  text_.clear();
  if (!send_request(channel_, bytes, trace)) return {};
  return listen();
}

}  // namespace hobnail
