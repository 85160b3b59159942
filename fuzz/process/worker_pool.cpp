// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Children that take the next number from a counter they share, and a pipe from each.
#include "fuzz/process/worker_pool.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <new>
#include <stdexcept>
#include <vector>

#include "properties/oracle/isolation/write_all.h"

namespace hobnail {
namespace {

using pei::oracle::write_all;

using Counter = std::atomic<std::uint32_t>;  // 32 bit has no lock-free wider one
static_assert(Counter::is_always_lock_free, "processes share it");

struct Head {
  std::uint64_t number = 0;
  std::uint64_t size = 0;
};

struct Job {
  pid_t id = -1;
  int pipe = -1;
  std::string bytes;  // of an answer that is not complete
};

[[noreturn]] void be_job(int pipe, Counter& next, std::size_t count,
                         const std::function<std::string(std::size_t)>& work) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  int code = 0;
  try {
    for (;;) {
      const std::uint32_t number = next.fetch_add(1);
      if (number >= count) break;
      const std::string answer = work(static_cast<std::size_t>(number));
      const Head head{number, answer.size()};
      if (!write_all(pipe, &head, sizeof head) || !write_all(pipe, answer.data(), answer.size())) {
        break;
      }
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "hobnail: %s\n", error.what());
    code = 2;
  }
  _exit(code);
}

class Jobs {
 public:
  Jobs(std::size_t count, const std::function<std::string(std::size_t)>& work)
      : count_(count), work_(work), done_(count) {
    void* const memory =
        mmap(nullptr, sizeof(Counter), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::runtime_error("no memory to share with children");
    next_ = new (memory) Counter(0);
  }
  ~Jobs() {
    for (const Job& job : jobs_) {
      if (job.pipe < 0) continue;
      kill(job.id, SIGTERM);
      waitpid(job.id, nullptr, 0);
      close(job.pipe);
    }
    munmap(next_, sizeof(Counter));
  }
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  void start() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe for a child");
    std::fflush(nullptr);
    const pid_t id = fork();
    if (id < 0) throw std::runtime_error("no child process");
    if (id == 0) {
      close(ends[0]);
      be_job(ends[1], *next_, count_, work_);
    }
    close(ends[1]);
    jobs_.push_back({id, ends[0], {}});
  }

  // Until all children are gone.
  void listen(const std::function<void(std::size_t, std::optional<std::string>)>& take) {
    for (;;) {
      std::vector<pollfd> wait;
      std::vector<Job*> of;
      for (Job& job : jobs_) {
        if (job.pipe < 0) continue;
        wait.push_back({job.pipe, POLLIN, 0});
        of.push_back(&job);
      }
      if (wait.empty()) return;
      if (poll(wait.data(), wait.size(), -1) < 0 && errno != EINTR) return;
      for (std::size_t i = 0; i < wait.size(); ++i) {
        if (wait[i].revents != 0) hear(*of[i], take);
      }
    }
  }

  // There are numbers that no child took.
  [[nodiscard]] bool left() const { return next_->load() < count_; }
  [[nodiscard]] const std::vector<bool>& done() const { return done_; }

 private:
  void hear(Job& job, const std::function<void(std::size_t, std::optional<std::string>)>& take) {
    std::array<char, 65536> block;
    const ssize_t got = read(job.pipe, block.data(), block.size());
    if (got < 0 && errno == EINTR) return;
    if (got <= 0) {
      close(job.pipe);
      job.pipe = -1;
      waitpid(job.id, nullptr, 0);
      return;
    }
    job.bytes.append(block.data(), static_cast<std::size_t>(got));
    Head head;
    while (job.bytes.size() >= sizeof head) {
      std::memcpy(&head, job.bytes.data(), sizeof head);
      const auto size = static_cast<std::size_t>(head.size);
      if (job.bytes.size() < sizeof head + size) return;
      std::string answer = job.bytes.substr(sizeof head, size);
      job.bytes.erase(0, sizeof head + size);
      done_[static_cast<std::size_t>(head.number)] = true;
      take(static_cast<std::size_t>(head.number), std::move(answer));
    }
  }

  std::size_t count_;
  const std::function<std::string(std::size_t)>& work_;
  std::vector<bool> done_;
  std::vector<Job> jobs_;
  Counter* next_ = nullptr;
};

}  // namespace

void in_jobs(std::size_t count, unsigned jobs, const std::function<std::string(std::size_t)>& work,
             const std::function<void(std::size_t, std::optional<std::string>)>& take) {
  Jobs all(count, work);
  const std::size_t most = std::min<std::size_t>(std::max(jobs, 1U), count);
  for (std::size_t i = 0; i < most; ++i) all.start();
  all.listen(take);
  // One that died has left its number undone; when all did, the rest has nobody left to take it.
  while (all.left()) {
    all.start();
    all.listen(take);
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (!all.done()[i]) take(i, std::nullopt);
  }
}

}  // namespace hobnail
