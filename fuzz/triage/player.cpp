// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The parent's side: asking, waiting, and what is made of an end.
#include "fuzz/triage/player.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <stdexcept>

#include "fuzz/triage/death.h"
#include "properties/oracle/codec_bytes.h"
#include "properties/oracle/outcome_bytes.h"

namespace hobnail {
namespace {

using pei::oracle::Outcome;
using pei::oracle::Program;

constexpr std::uint64_t kLongest = std::uint64_t{1} << 30;  // of a reply
constexpr std::size_t kWordsMax = 0x10000;
constexpr int kTick = 20;  // milliseconds between two looks at the child's memory

}  // namespace

Player::Player(const hobnail_target& target, const pei::oracle::RunOptions& run,
               const Limits& limits)
    : target_(target), run_(run), limits_(limits) {
  void* const memory =
      mmap(nullptr, sizeof(Blackboard), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::runtime_error("no memory to share with a child");
  board_ = new (memory) Blackboard;
}

Player::~Player() {
  stop();
  munmap(board_, sizeof(Blackboard));
}

void Player::start() {
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
    be_worker({&target_, run_, limits_.seconds, board_, channel[1], words[1]});
  }
  close(channel[1]);
  close(words[1]);
  channel_ = channel[0];
  words_ = words[0];
  fcntl(words_, F_SETFL, O_NONBLOCK);
  memory_before_mb_ = 0;
}

void Player::stop() {
  if (child_ < 0) return;
  kill(child_, SIGKILL);
  waitpid(child_, nullptr, 0);
  close(channel_);
  close(words_);
  child_ = -1;
}

void Player::start_afresh() { stop(); }

bool Player::ask(const Program& program, bool trace) {
  const std::vector<std::uint8_t> bytes = pei::oracle::encode_bytes(program);
  const RequestHead head{bytes.size(), trace ? 1U : 0U};
  return send_all(channel_, &head, sizeof head) && send_all(channel_, bytes.data(), bytes.size());
}

bool Player::read_reply(Outcome& outcome, bool& last) const {
  ReplyHead head;
  if (!receive_all(channel_, &head, sizeof head) || head.size > kLongest) return false;
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(head.size));
  if (!receive_all(channel_, bytes.data(), bytes.size())) return false;
  std::optional<Outcome> read = pei::oracle::outcome_of(bytes);
  if (!read) return false;
  outcome = std::move(*read);
  last = head.last != 0;
  return true;
}

void Player::take_words() {
  std::array<char, 4096> block;
  for (;;) {
    const ssize_t got = read(words_, block.data(), block.size());
    if (got <= 0) return;
    if (said_.size() < kWordsMax) said_.append(block.data(), static_cast<std::size_t>(got));
  }
}

// Resident, of the child; 0 when that cannot be known.
std::uint64_t Player::memory_mb() const {
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

Player::Heard Player::listen(Outcome& outcome, bool& last) {
  using Clock = std::chrono::steady_clock;
  // The child's own timer comes first; a target may have taken that away.
  const auto patience = std::chrono::duration<double>(limits_.seconds * 2 + 3);
  const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(patience);
  std::array<pollfd, 2> wait{{{channel_, POLLIN, 0}, {words_, POLLIN, 0}}};
  for (;;) {
    const int ready = poll(wait.data(), wait.size(), kTick);
    if (ready < 0 && errno != EINTR) return Heard::Nothing;
    if ((wait[1].revents & POLLIN) != 0) take_words();
    if (ready > 0 && wait[0].revents != 0) {
      return read_reply(outcome, last) ? Heard::Reply : Heard::Nothing;
    }
    if (ready > 0 && (wait[1].revents & POLLHUP) != 0) wait[1].fd = -1;
    if (ready > 0 && Clock::now() < end) continue;  // it talks much
    if (memory_mb() > memory_before_mb_ + limits_.memory_mb) return Heard::TooMuch;
    if (Clock::now() >= end) return Heard::TooLong;
  }
}

// The child is dead, or is to die: what its end says.
void Player::bury(Trial& trial, Heard heard) {
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
  trial.death = read_death(status, said_);
  if (heard == Heard::TooMuch) trial.death.how = "out of memory";
  if (heard == Heard::TooLong) trial.death.how = "timeout";
  name_end(trial, limits_.seconds, limits_.memory_mb);
}

Trial Player::play(const Program& program, bool trace) {
  // What a target has leaked in other boots is not this one's; nor may it fill the machine.
  if (child_ >= 0 && executions % 64 == 0) {
    memory_before_mb_ = memory_mb();
    if (memory_before_mb_ > limits_.memory_mb / 2) stop();
  }
  if (child_ < 0) start();
  ++executions;
  said_.clear();
  board_->scene = {};
  Trial trial;
  bool last = false;
  const Heard heard = ask(program, trace) ? listen(trial.outcome, last) : Heard::Nothing;
  trial.scene = board_->scene;
  if (heard != Heard::Reply || last) {
    bury(trial, heard);
  } else {
    take_words();
    const bool stopped =
        trial.found() && trial.outcome.finding->evidence.starts_with("the target stopped: ");
    if (stopped) trial.kind = FindingKind::Stop;
  }
  ops += trial.outcome.ops_run;
  return trial;
}

}  // namespace hobnail
