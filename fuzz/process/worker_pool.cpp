// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Children that take the next number from a shared counter, and a pipe from each:
//
//   [number, begins] [number, size, answer] [number, begins] ...
#include "fuzz/process/worker_pool.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <map>
#include <utility>
#include <vector>

#include "fuzz/process/spawn.h"
#include "properties/oracle/isolation/child_watch.h"
#include "properties/oracle/isolation/shared_object.h"
#include "properties/oracle/isolation/write_all.h"

namespace hobnail {
namespace {

using oracle::write_all;

using Counter = std::atomic<std::uint32_t>;  // 32 bit has no lock-free wider one
static_assert(Counter::is_always_lock_free, "processes share it");

struct AnswerHead {
  std::uint64_t number = 0;
  std::uint64_t size = 0;    // of the answer that follows
  std::uint64_t begins = 0;  // 1: the child takes the number; no answer follows
};

struct Child {
  pid_t id = -1;
  int pipe = -1;
  std::string bytes;                  // of an answer that is not complete
  std::optional<std::size_t> number;  // that it works on
  oracle::ChildWatch watch;
  bool too_long = false;
};

void work_on_numbers(int pipe, Counter& next, std::size_t count, const PoolWork& work) {
  for (;;) {
    const std::uint32_t number = next.fetch_add(1);
    if (number >= count) return;
    const AnswerHead begin{number, 0, 1};
    if (!write_all(pipe, &begin, sizeof begin)) return;
    const std::string answer = work(static_cast<std::size_t>(number));
    const AnswerHead head{number, answer.size(), 0};
    if (!write_all(pipe, &head, sizeof head) || !write_all(pipe, answer.data(), answer.size())) {
      return;
    }
  }
}

class WorkerPool {
 public:
  using Take = std::function<void(std::size_t, PoolAnswer)>;

  WorkerPool(std::size_t count, const PoolWork& work, const Take& take, double seconds)
      : count_(count), work_(work), take_(take), seconds_(seconds), done_(count) {}
  ~WorkerPool() {
    for (const Child& child : children_) {
      if (child.pipe < 0) continue;
      kill_and_wait(child.id);
      close(child.pipe);
    }
  }
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  void run(std::size_t processes) {
    for (std::size_t i = 0; i < processes; ++i) start();
    listen();
    // A child that died leaves its number undone; when all died, no child is left for the rest.
    while (next_->load() < count_) {
      start();
      listen();
    }
    for (std::size_t i = 0; i < count_; ++i) {
      if (!done_[i]) take_(i, std::move(undone_[i]));
    }
  }

 private:
  void start() {
    const PipeEnds ends = open_pipe();
    const pid_t id = fork_child([&] {
      close(ends.read);
      work_on_numbers(ends.write, *next_, count_, work_);
    });
    close(ends.write);
    children_.push_back({id, ends.read, {}, {}, oracle::ChildWatch(id), false});
  }

  // Until all children are gone.
  void listen() {
    for (;;) {
      std::vector<pollfd> wait;
      std::vector<Child*> of;
      for (Child& child : children_) {
        if (child.pipe < 0) continue;
        wait.push_back({child.pipe, POLLIN, 0});
        of.push_back(&child);
      }
      if (wait.empty()) return;
      constexpr int kTick = 100;  // milliseconds
      if (poll(wait.data(), wait.size(), seconds_ > 0 ? kTick : -1) < 0 && errno != EINTR) return;
      for (Child* const child : of) end_in_time(*child);
      for (std::size_t i = 0; i < wait.size(); ++i) {
        if (wait[i].revents != 0) hear(*of[i]);
      }
    }
  }

  void end_in_time(Child& child) const {
    if (seconds_ <= 0 || child.watch.look(seconds_) == oracle::ChildState::Lives) return;
    child.too_long = true;
    kill(child.id, SIGKILL);
  }

  void hear(Child& child) {
    std::array<char, 65536> block;
    const ssize_t got = read(child.pipe, block.data(), block.size());
    if (got < 0 && errno == EINTR) return;
    if (got <= 0) {
      close(child.pipe);
      child.pipe = -1;
      const int status = wait_for(child.id);
      if (child.number) undone_[*child.number] = {std::nullopt, status, child.too_long};
      return;
    }
    child.watch.restart();
    child.bytes.append(block.data(), static_cast<std::size_t>(got));
    while (take_message(child)) {
    }
  }

  // False: there is no complete message.
  bool take_message(Child& child) {
    AnswerHead head;
    if (child.bytes.size() < sizeof head) return false;
    std::memcpy(&head, child.bytes.data(), sizeof head);
    const auto size = static_cast<std::size_t>(head.size);
    if (child.bytes.size() < sizeof head + size) return false;
    std::string answer = child.bytes.substr(sizeof head, size);
    child.bytes.erase(0, sizeof head + size);
    const auto number = static_cast<std::size_t>(head.number);
    if (head.begins != 0) {
      child.number = number;
    } else {
      child.number.reset();
      done_[number] = true;
      take_(number, {std::move(answer), 0, false});
    }
    return true;
  }

  std::size_t count_;
  const PoolWork& work_;
  const Take& take_;
  double seconds_;
  std::vector<bool> done_;
  std::map<std::size_t, PoolAnswer> undone_;  // of the child that had the number
  std::vector<Child> children_;
  oracle::SharedObject<Counter> next_ = oracle::make_shared_object<Counter>();
};

}  // namespace

void in_pool(std::size_t count, unsigned processes, const PoolWork& work,
             const std::function<void(std::size_t, PoolAnswer)>& take, double seconds) {
  WorkerPool(count, work, take, seconds).run(std::min<std::size_t>(std::max(processes, 1U), count));
}

void in_jobs(std::size_t count, unsigned jobs, const PoolWork& work,
             const std::function<void(std::size_t, std::optional<std::string>)>& take) {
  in_pool(count, jobs, work, [&take](std::size_t number, PoolAnswer answer) {
    take(number, std::move(answer.bytes));
  });
}

}  // namespace hobnail
