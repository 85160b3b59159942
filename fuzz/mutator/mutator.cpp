// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Fresh programs, and the small mutation for engines that offer none.
#include "fuzz/mutator/mutator.h"

#include <algorithm>
#include <utility>

#include "properties/oracle/generate/repeats.h"
#include "properties/oracle/program/bytes/codec_bytes.h"
#include "properties/oracle/program/repeat.h"

namespace hobnail {
namespace {

using oracle::Random;

// What an op takes of a generated program is between 3 and 5 bytes on average, by the ops that the
// program has: as many as nearly always have room, because the end of a boot is a part of it.
constexpr std::size_t kHeadBytes = 3;
constexpr std::size_t kOpBytes = 5;

// A boot with hundreds of HOBs costs as much as 30 others. Chosen as often as others, such units
// took 40 % of the time.
constexpr std::uint64_t kHobsOfLongBoot = 20'000;  // hobs_looked_at()
constexpr std::uint64_t kLongOneIn = 8;

std::size_t ops_for(std::size_t max_size) {
  return max_size <= kHeadBytes ? 0 : (max_size - kHeadBytes + kOpBytes - 1) / kOpBytes;
}

// The longest front part of the program that has room, or a part of its head.
std::vector<std::uint8_t> cut_to(oracle::Program program, std::size_t max_size) {
  std::vector<std::uint8_t> bytes = encode_front(std::move(program), max_size);
  if (bytes.size() > max_size) bytes.resize(max_size);
  return bytes;
}

bool is_long(std::span<const std::uint8_t> bytes) {
  return hobs_looked_at(oracle::decode_bytes(bytes).ops) > kHobsOfLongBoot;
}

bool wants_fresh(Random& random, std::span<const std::uint8_t> unit, std::uint64_t fresh_one_in) {
  if (fresh_one_in == 0) return false;
  if (random.one_in(fresh_one_in)) return true;
  return is_long(unit) && !random.one_in(kLongOneIn);
}

// The buffer of one mutation, and how much of it is used.
class Buffer {
 public:
  Buffer(Random& random, std::span<std::uint8_t> all, std::size_t size)
      : random_(random), all_(all), size_(std::min(size, all.size())) {}

  [[nodiscard]] std::size_t size() const { return size_; }
  void change();

 private:
  [[nodiscard]] std::size_t below(std::size_t bound) {
    return static_cast<std::size_t>(random_.below(bound));
  }
  void flip_bit();
  void set_byte();
  void insert();
  void erase();
  void copy_part();

  Random& random_;
  std::span<std::uint8_t> all_;
  std::size_t size_;
};

void Buffer::flip_bit() {
  const std::size_t at = below(size_);
  const std::size_t bit = below(8);
  all_[at] = static_cast<std::uint8_t>(all_[at] ^ (1u << bit));
}

void Buffer::set_byte() {
  const std::size_t at = below(size_);
  all_[at] = static_cast<std::uint8_t>(below(256));
}

// One to eight bytes by chance, anywhere.
void Buffer::insert() {
  const std::size_t count = 1 + below(std::min<std::size_t>(8, all_.size() - size_));
  const std::size_t at = below(size_ + 1);
  const std::span<std::uint8_t> used = all_.first(size_ + count);
  std::copy_backward(used.begin() + static_cast<std::ptrdiff_t>(at),
                     used.end() - static_cast<std::ptrdiff_t>(count), used.end());
  for (std::uint8_t& byte : used.subspan(at, count)) {
    byte = static_cast<std::uint8_t>(below(256));
  }
  size_ = used.size();
}

// One to eight bytes, but not the last one.
void Buffer::erase() {
  const std::size_t count = 1 + below(std::min<std::size_t>(8, size_ - 1));
  const std::size_t at = below(size_ - count + 1);
  const std::span<std::uint8_t> rest = all_.first(size_).subspan(at + count);
  std::copy(rest.begin(), rest.end(), all_.begin() + static_cast<std::ptrdiff_t>(at));
  size_ -= count;
}

// A part over another, which may overlap it; what is copied was there before.
void Buffer::copy_part() {
  const std::size_t count = 1 + below(std::min<std::size_t>(16, size_));
  const std::size_t from = below(size_ - count + 1);
  const std::size_t to = below(size_ - count + 1);
  const std::span<const std::uint8_t> source = all_.subspan(from, count);
  const std::vector<std::uint8_t> part(source.begin(), source.end());
  std::copy(part.begin(), part.end(), all_.begin() + static_cast<std::ptrdiff_t>(to));
}

void Buffer::change() {
  const std::uint64_t kind = random_.below(5);
  if (size_ == 0 || (kind == 0 && size_ < all_.size())) return insert();
  if (kind == 1 && size_ > 1) return erase();
  if (kind == 2) return flip_bit();
  if (kind == 3) return copy_part();
  set_byte();
}

}  // namespace

std::vector<std::uint8_t> fresh_program_bytes(Random& random, std::size_t max_size,
                                              oracle::BoardSet boards) {
  oracle::Program program = generate_program(random, ops_for(max_size), boards);
  return cut_to(with_repeats(random, std::move(program), boards), max_size);
}

std::size_t mutate_bytes(Random& random, std::span<std::uint8_t> buffer, std::size_t size) {
  if (buffer.empty()) return 0;
  Buffer changed(random, buffer, size);
  const std::uint64_t times = 1 + random.below(4);
  for (std::uint64_t i = 0; i < times; ++i) changed.change();
  return changed.size();
}

std::size_t mutate(std::span<std::uint8_t> buffer, std::size_t size, std::uint64_t seed,
                   std::uint64_t fresh_one_in, ByteMutation engine, oracle::BoardSet boards) {
  if (buffer.empty()) return 0;
  Random random(seed);
  size = std::min(size, buffer.size());
  if (wants_fresh(random, buffer.first(size), fresh_one_in)) {
    const std::vector<std::uint8_t> bytes = fresh_program_bytes(random, buffer.size(), boards);
    std::copy(bytes.begin(), bytes.end(), buffer.begin());
    return bytes.size();
  }
  if (engine == nullptr) return mutate_bytes(random, buffer, size);
  return engine(buffer.data(), size, buffer.size());
}

}  // namespace hobnail
