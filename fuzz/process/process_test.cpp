// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Processes: programs beside us, work in children, workers that crash, hang, or take all memory.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "fuzz/process/child_process.h"
#include "fuzz/process/in_child.h"
#include "fuzz/process/worker_channel.h"
#include "fuzz/process/worker_pool.h"
#include "fuzz/process/worker_process.h"

namespace hobnail {
namespace {

constexpr double kSecondsMax = 30;

TEST(ChildProcess, ReadsStderrOrStdout) {
  const Run errors = run_child({"sh", "-c", "echo out; echo err >&2; exit 3"}, {}, kSecondsMax);
  EXPECT_EQ(errors.output, "err\n");
  EXPECT_EQ(errors.code, 3);
  ChildStreams streams;
  streams.input = "a\nb\n";
  streams.output = true;
  EXPECT_EQ(run_child({"cat"}, {}, kSecondsMax, streams).output, "a\nb\n");
}

TEST(ChildProcess, HasNoInputByDefaultAndItsOwnEnvironment) {
  const Run run =
      run_child({"sh", "-c", "cat; echo $WORD >&2"}, {{"WORD", "two words"}}, kSecondsMax);
  EXPECT_EQ(run.output, "two words\n");
}

TEST(ChildProcess, NamesAProgramThatIsNotThere) {
  const Run run = run_child({"/no/such/program"}, {}, kSecondsMax);
  EXPECT_EQ(run.code, 127);
  EXPECT_NE(run.output.find("/no/such/program: No such file"), std::string::npos) << run.output;
}

TEST(ChildProcess, EndsWhatTakesTooLong) {
  EXPECT_EQ(run_child({"sleep", "60"}, {}, 0.1).code, -1);
}

TEST(OwnProcess, GivesTheAnswerOrTheEnd) {
  EXPECT_EQ(in_own_process([] { return std::string("answer"); }).answer, "answer");
  EXPECT_EQ(in_own_process([]() -> std::string { std::raise(SIGKILL), std::abort(); }).death,
            "the process died: Killed");
  EXPECT_EQ(in_own_process([]() -> std::string { _exit(3); }).death, "the process ended with 3");
  EXPECT_EQ(in_own_process([]() -> std::string { throw std::runtime_error("no"); }).death,
            "the process ended with 2");
}

TEST(Pool, TakesEachNumberOnceWhateverDies) {
  constexpr std::size_t kCount = 10;
  std::vector<int> taken(kCount);
  in_pool(
      kCount, 2,
      [](std::size_t i) {
        if (i % 4 == 3) _exit(static_cast<int>(i));
        return std::to_string(i);
      },
      [&](std::size_t i, const PoolAnswer& answer) {
        ++taken[i];
        EXPECT_EQ(answer.bytes.has_value(), i % 4 != 3);
        if (answer.bytes) {
          EXPECT_EQ(*answer.bytes, std::to_string(i));
        } else {
          EXPECT_EQ(WEXITSTATUS(answer.status), static_cast<int>(i));
        }
      });
  EXPECT_EQ(taken, std::vector<int>(kCount, 1));
}

// Answers in the same bytes; 1 raises a signal, 2 never comes back.
void be_echo() {
  WorkerRequest request;
  while (receive_request(request)) {
    std::fputs("worked\n", stderr);
    if (request.bytes == std::vector<std::uint8_t>{1}) std::raise(SIGKILL);
    if (request.bytes == std::vector<std::uint8_t>{2}) pause();
    if (!send_reply(request.bytes, request.trace)) return;
  }
}

TEST(Worker, AnswersUntilARequestEndsIt) {
  WorkerProcess worker(be_echo, {kSecondsMax, 2048});
  const std::vector<std::uint8_t> bytes{7, 8, 9};
  WorkerReply reply = worker.ask(bytes, false);
  EXPECT_EQ(reply.heard, Heard::Reply);
  EXPECT_EQ(reply.bytes, bytes);
  EXPECT_FALSE(reply.last);
  const std::vector<std::uint8_t> deadly{1};
  reply = worker.ask(deadly, false);
  EXPECT_EQ(reply.heard, Heard::Nothing);
  const WorkerEnd end = worker.reap(reply.heard);
  EXPECT_TRUE(WIFSIGNALED(end.status));
  EXPECT_EQ(end.output, "worked\n");
  EXPECT_TRUE(worker.ask(bytes, true).last);  // a new child
}

TEST(Worker, IsKilledWhenItHangs) {
  WorkerProcess worker(be_echo, {0, 2048});  // and three seconds of patience
  const std::vector<std::uint8_t> endless{2};
  const WorkerReply reply = worker.ask(endless, false);
  EXPECT_EQ(reply.heard, Heard::TooLong);
  EXPECT_EQ(WTERMSIG(worker.reap(reply.heard).status), SIGKILL);
}

}  // namespace
}  // namespace hobnail
