// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The main of a fuzz target in ordinary builds: runs each file (or each file of each directory)
// once, with any compiler, under gdb or valgrind. A finding ends the process as it would under an
// engine. No input is an error, never a pass.
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

// The files that the arguments name, directories opened; options of engines are skipped.
std::vector<fs::path> inputs_of(int argc, char** argv) {
  std::vector<fs::path> inputs;
  for (int i = 1; i < argc; ++i) {
    const fs::path path = argv[i];
    if (path.native().starts_with("-")) continue;
    if (!fs::is_directory(path)) {
      inputs.push_back(path);
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
      if (entry.is_regular_file()) inputs.push_back(entry.path());
    }
  }
  return inputs;
}

bool play(const fs::path& path) {
  std::FILE* const file = std::fopen(path.c_str(), "rb");
  std::vector<std::uint8_t> bytes;
  for (int byte = 0; file != nullptr && (byte = std::getc(file)) != EOF;) {
    bytes.push_back(static_cast<std::uint8_t>(byte));
  }
  const bool complete = file != nullptr && std::ferror(file) == 0;
  if (file != nullptr) std::fclose(file);
  if (!complete) {
    std::fprintf(stderr, "hobnail: %s: cannot be read\n", path.c_str());
    return false;
  }
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  return true;
}

int replay(int argc, char** argv) {
  LLVMFuzzerInitialize(&argc, &argv);
  const std::vector<fs::path> inputs = inputs_of(argc, argv);
  if (inputs.empty()) {
    std::fprintf(stderr, "hobnail: no input; usage: %s FILE_OR_DIRECTORY...\n", argv[0]);
    return 2;
  }
  for (const fs::path& path : inputs) {
    if (!play(path)) return 2;
  }
  std::printf("%zu inputs run, no finding\n", inputs.size());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return replay(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "hobnail: %s\n", error.what());
    return 2;
  }
}
