// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// One child of a symbolizer for all places, which it reads on stdin; answers are kept.
#include "fuzz/crash/symbolizer.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <map>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "fuzz/crash/stack_frame.h"
#include "fuzz/process/child_process.h"

namespace hobnail {
namespace {

struct SourceFrame {
  std::string function;
  SourceLine source;
};

struct ModuleOffset {
  std::string module;
  std::string offset;  // "0x12"

  auto operator<=>(const ModuleOffset&) const = default;
};

using Answers = std::map<ModuleOffset, std::vector<SourceFrame>>;

std::optional<ModuleOffset> place_of(const std::string& frame) {
  const std::size_t plus = frame.rfind("+0x");
  if (plus == std::string::npos) return {};
  return ModuleOffset{frame.substr(0, plus), frame.substr(plus + 1)};
}

// "/src/core/pages.cpp:70:9", "??:0", and with addr2line "pages.cpp:70 (discriminator 2)".
SourceLine source_of(std::string_view place) {
  if (place.starts_with("??")) return {};
  // A path may hold a colon; what follows the last ones are numbers.
  for (std::size_t at = place.find(':'); at != std::string_view::npos;
       at = place.find(':', at + 1)) {
    unsigned line = 0;
    const char* const digits = place.data() + at + 1;
    const auto [end, error] = std::from_chars(digits, place.data() + place.size(), line);
    const std::string_view rest(end, static_cast<std::size_t>(place.data() + place.size() - end));
    const bool ends = rest.empty() || rest.front() == ':' || rest.front() == ' ';
    if (error == std::errc() && ends && at != 0) return {std::string(place.substr(0, at)), line};
  }
  return {};
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// Each function is followed by its place in the sources.
void add_frame(std::vector<SourceFrame>& frames, const std::string& function,
               const std::string& place) {
  if (function != "??") frames.push_back({function, source_of(place)});
}

constexpr double kSecondsMax = 60;

// The answer to each line of input ends with an empty line.
bool ask_llvm(const std::string& tool, const std::vector<ModuleOffset>& places, Answers& answers) {
  ChildStreams streams;
  streams.output = true;
  for (const ModuleOffset& place : places) {
    streams.input += "\"" + place.module + "\" " + place.offset + "\n";
  }
  const Run run = run_child({tool}, {}, kSecondsMax, streams);
  if (run.code != 0) return false;
  std::size_t place = 0;
  const std::vector<std::string> lines = lines_of(run.output);
  for (std::size_t i = 0; i < lines.size() && place < places.size(); ++i) {
    if (lines[i].empty()) {
      ++place;
    } else if (i + 1 < lines.size()) {
      add_frame(answers[places[place]], lines[i], lines[i + 1]);
      ++i;
    }
  }
  return true;
}

// The answer begins with the address; the tool knows one module at a time.
void ask_addr2line(const ModuleOffset& place, Answers& answers) {
  ChildStreams streams;
  streams.output = true;
  const Run run = run_child({"addr2line", "-f", "-C", "-i", "-e", place.module, place.offset}, {},
                            kSecondsMax, streams);
  if (run.code != 0) return;
  const std::vector<std::string> lines = lines_of(run.output);
  for (std::size_t i = 0; i + 1 < lines.size(); i += 2) {
    add_frame(answers[place], lines[i], lines[i + 1]);
  }
}

// A quote in a path would end it on the tool's stdin.
bool is_askable(const ModuleOffset& place) {
  return place.module.find_first_of("\"\n") == std::string::npos;
}

void look_up(const std::vector<std::string>& frames, Answers& answers) {
  std::vector<ModuleOffset> places;
  for (const std::string& frame : frames) {
    const auto place = place_of(frame);
    if (place && answers.try_emplace(*place).second && is_askable(*place)) places.push_back(*place);
  }
  if (places.empty()) return;
  if (!ask_llvm("llvm-symbolizer-14", places, answers)) {
    (void)ask_llvm("llvm-symbolizer", places, answers);
  }
  for (const ModuleOffset& place : places) {
    if (answers[place].empty()) ask_addr2line(place, answers);
  }
}

// Of this process: a place is looked up once.
Answers& kept_answers() {
  static Answers answers;
  return answers;
}

}  // namespace

NamedFrames named_frames(const std::vector<std::string>& frames) {
  Answers& answers = kept_answers();
  look_up(frames, answers);
  NamedFrames named;
  const auto add = [&](std::string function, SourceLine source) {
    named.functions.push_back(std::move(function));
    named.sources.push_back(std::move(source));
  };
  for (const std::string& frame : frames) {
    const auto place = place_of(frame);
    if (!place) {
      add(frame, {});
      continue;
    }
    const std::vector<SourceFrame>& known = answers[*place];
    if (known.empty()) add(frame.substr(place->module.rfind('/') + 1), {});
    for (const auto& [function, source] : known) {
      if (calls_the_target(" in " + function + " ")) return named;
      std::string plain = frame_of("0x0 in " + function);
      if (!plain.empty()) add(std::move(plain), source);
    }
  }
  return named;
}

namespace {

// "    #1 0x7f00  (/x/core.so+0x12) (BuildId: 00)" -> "/x/core.so+0x12"; runtimes have none.
std::optional<ModuleOffset> place_of_line(const std::string& line) {
  return is_stack_frame(line) ? place_of(frame_of(line)) : std::nullopt;
}

// The lines of one stack, numbered from 0.
class NamedStack {
 public:
  void add(const std::string& line, const std::vector<SourceFrame>& named) {
    if (named.empty()) add_line(line, " " + line.substr(std::min(line.find("0x"), line.size())));
    for (const auto& [function, source] : named) {
      const bool harness = calls_the_target(" in " + function + " ");
      if (number_ == 0) only_harness_ = harness;
      over_ = over_ || (harness && !only_harness_);
      add_line(line, " in " + function + text_of(source));
    }
  }
  [[nodiscard]] const std::string& lines() const { return lines_; }

 private:
  void add_line(const std::string& like, const std::string& rest) {
    if (over_) return;
    lines_ += like.substr(0, like.find('#') + 1) + std::to_string(number_++) + rest + "\n";
  }
  static std::string text_of(const SourceLine& source) {
    if (source.file.empty()) return {};
    return " " + source.file + ":" + std::to_string(source.line);
  }

  std::string lines_;
  std::size_t number_ = 0;
  bool only_harness_ = false;
  bool over_ = false;  // the rest is the harness, which called the target
};

std::vector<std::string> places_in(const std::vector<std::string>& lines) {
  std::vector<std::string> places;
  for (const std::string& line : lines) {
    if (place_of_line(line)) places.push_back(frame_of(line));
  }
  return places;
}

}  // namespace

std::string with_symbols(const std::string& text) {
  const std::vector<std::string> lines = lines_of(text);
  const std::vector<std::string> places = places_in(lines);
  if (places.empty()) return text;
  Answers& answers = kept_answers();
  look_up(places, answers);
  std::string named;
  NamedStack stack;
  for (const std::string& line : lines) {
    if (is_stack_frame(line)) {
      const auto place = place_of_line(line);
      stack.add(line, place ? answers[*place] : std::vector<SourceFrame>());
      continue;
    }
    named += std::exchange(stack, NamedStack()).lines() + line + "\n";
  }
  named += stack.lines();
  if (!text.ends_with('\n')) named.pop_back();
  return named;
}

}  // namespace hobnail
