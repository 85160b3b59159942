// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// SharedObject: an object in memory that this process shares with the children it forks.
//
// Invariant: it has no pointer; what parent and child both change is atomic. Of what one of them
// only reads, each word may be a moment old.
#pragma once

#include <sys/mman.h>

#include <memory>
#include <new>
#include <stdexcept>

namespace hobnail::oracle {

template <class T>
void unmap_shared(T* object) {
  object->~T();
  munmap(object, sizeof *object);
}

template <class T>
using SharedObject = std::unique_ptr<T, void (*)(T*)>;

// Throws std::runtime_error when there is no memory.
template <class T>
[[nodiscard]] SharedObject<T> make_shared_object() {
  void* const memory =
      mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::runtime_error("no memory to share with a child process");
  return {new (memory) T, unmap_shared<T>};
}

}  // namespace hobnail::oracle
