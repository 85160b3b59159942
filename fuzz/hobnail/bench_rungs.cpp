// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Each rung is a process of its own, whose processor time the kernel has counted. It is run twice,
// with and without executions after the seeds, so that start and seeds do not count.
#include "fuzz/hobnail/bench_rungs.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <iterator>

#include "properties/oracle/codec_bytes.h"
#include "properties/oracle/generate.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

// A folder of this process alone, gone with it.
class Scratch {
 public:
  Scratch() : path_(fs::temp_directory_path() / fmt::format("hobnail-bench-{}", getpid())) {
    fs::create_directories(path_ / "seeds");
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

void write_seeds(const RungPlan& plan, const fs::path& folder) {
  pei::oracle::Random random(plan.seed);
  for (std::size_t written = 0; written < plan.programs;) {
    const pei::oracle::Program program = generate_program(random, plan.ops);
    if (program.ops.size() != plan.ops) continue;
    const std::vector<std::uint8_t> bytes = encode_bytes(program);
    std::ofstream out(folder / fmt::format("{:05}", written++), std::ios::binary);
    out.write(reinterpret_cast<const char*>(bytes.data()),
              static_cast<std::streamsize>(bytes.size()));
  }
}

struct Run {
  int code = -1;
  double cpu_seconds = 0;
  std::string said;  // on stderr
};

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

std::string read_all(const fs::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

// In the child: everything it says goes to `log`.
[[noreturn]] void become(const std::vector<std::string>& words, const char* rung,
                         const fs::path& log) {
  const int file = open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  dup2(file, STDERR_FILENO);
  dup2(file, STDOUT_FILENO);
  setenv("HOBNAIL_RUNG", rung, 1);
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  execv(arguments[0], arguments.data());
  _exit(127);
}

Run run(const RungPlan& plan, const char* rung, std::uint64_t executions, const fs::path& scratch) {
  const std::vector<std::string> words{plan.engine.string(),
                                       fmt::format("-runs={}", executions),
                                       fmt::format("-seed={}", plan.seed),
                                       "-max_len=512",
                                       "-len_control=0",
                                       "-detect_leaks=0",
                                       fmt::format("-artifact_prefix={}/", scratch.string()),
                                       (scratch / "seeds").string()};
  const fs::path log = scratch / "log";
  const pid_t child = fork();
  if (child == 0) become(words, rung, log);
  Run run;
  int status = 0;
  rusage usage{};
  if (child < 0 || wait4(child, &status, 0, &usage) != child) return run;
  run.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  run.cpu_seconds = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
  run.said = read_all(log);
  return run;
}

std::uint64_t ops_in(const std::string& said) {
  constexpr std::string_view kWord = "stat::ops: ";
  const std::size_t at = said.rfind(kWord);
  return at == std::string::npos ? 0 : std::stoull(said.substr(at + kWord.size()));
}

std::string first_lines(const std::string& text) { return text.substr(0, 400); }

}  // namespace

double RungMeasure::rate() const {
  return cpu_seconds > 0 ? static_cast<double>(executions) / cpu_seconds : 0;
}

RungReport measure_rungs(const RungPlan& plan) {
  constexpr std::array<const char*, 4> kRungs{"empty", "decode", "model", "all"};
  RungReport report;
  const Scratch scratch;
  write_seeds(plan, scratch.path() / "seeds");
  for (const char* const rung : kRungs) {
    // What is cheap is run for longer, so that its time is a time.
    const std::uint64_t executions =
        plan.executions * (rung == kRungs[0] || rung == kRungs[1] ? 20 : 1);
    const std::uint64_t seeds = plan.programs + 1;  // and the empty input
    const Run start = run(plan, rung, seeds, scratch.path());
    const Run whole = run(plan, rung, seeds + executions, scratch.path());
    if (start.code != 0 || whole.code != 0) {
      report.error = fmt::format("{} ended with code {} on rung {}: {}", plan.engine.string(),
                                 whole.code != 0 ? whole.code : start.code, rung,
                                 first_lines(whole.code != 0 ? whole.said : start.said));
      return report;
    }
    RungMeasure measure{rung, executions, ops_in(whole.said) - ops_in(start.said),
                        whole.cpu_seconds - start.cpu_seconds, 1};
    if (!report.rungs.empty()) measure.share_of_empty = measure.rate() / report.rungs[0].rate();
    report.rungs.push_back(measure);
  }
  return report;
}

nlohmann::json to_json(const std::vector<RungMeasure>& rungs) {
  nlohmann::json rows = nlohmann::json::array();
  for (const RungMeasure& rung : rungs) {
    rows.push_back({{"rung", rung.name},
                    {"executions", rung.executions},
                    {"ops", rung.ops},
                    {"cpu_seconds", rung.cpu_seconds},
                    {"executions_per_cpu_second", rung.rate()},
                    {"share_of_empty", rung.share_of_empty}});
  }
  return rows;
}

void print_rungs(const std::vector<RungMeasure>& rungs, const RungPlan& plan) {
  fmt::print("\n{} under libFuzzer, seeds of {} ops\n\n{:<10} {:>14} {:>10} {:>10}\n",
             plan.engine.filename().string(), plan.ops, "", "per CPU-second", "of empty",
             "ops/exec");
  for (const RungMeasure& rung : rungs) {
    fmt::print("{:<10} {:>14.0f} {:>9.1f}% {:>10.1f}\n", rung.name, rung.rate(),
               100 * rung.share_of_empty,
               static_cast<double>(rung.ops) / static_cast<double>(rung.executions));
  }
}

fs::path engine_beside_command() {
  std::error_code error;
  const fs::path command = fs::read_symlink("/proc/self/exe", error);
  if (error) return {};
  const fs::path engine = command.parent_path() / "services_fuzz";
  const std::string bytes = fs::exists(engine) ? read_all(engine) : std::string();
  return bytes.find("libFuzzer") != std::string::npos ? engine : fs::path();
}

}  // namespace hobnail
