/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * The target ABI over a coroutine. PeiCore() runs on a stack of its own until the dispatcher calls
 * a PEIM, and goes on from there when that returns.
 */
#define _GNU_SOURCE
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "properties/abi/hobnail_target.h"
#include "properties/targets/edk2/adapter.h"

/* The databases of PPIs and PEIMs lie in the heap. */
#define LEAST_HEAP 0x1000

#define STACK_BYTES ((size_t)0x80000)
/* Far from boards, programs and sanitizers. Its copy lies as far from here as PEI's permanent
   memory lies from temporary RAM. */
#define STACK_PLACE ((uintptr_t)0x380000000000)

/* AddressSanitizer, when the program that loads this has it. */
void __sanitizer_start_switch_fiber(void** fake, const void* bottom, size_t size)
    __attribute__((weak));
void __sanitizer_finish_switch_fiber(void* fake, const void** bottom, size_t* size)
    __attribute__((weak));

typedef enum { YIELDED, STOPPED, ENDED } event;

static const hobnail_host* the_host;
static struct {
  uint8_t* stack; /* STACK_BYTES, for the life of the process */
  bool running;   /* control is on that stack */
  bool alive;     /* a boot waits on it */
  event event;    /* why control came back */
  void* services;
  const void* hand_off;
  const void* ppis;
  uint8_t* copy; /* of the frames in use, mapped for one boot */
  size_t copy_bytes;
  const void* host_bottom; /* the harness's stack, for AddressSanitizer */
  size_t host_bytes;
} core;
static struct {
  char file[256];
  int line;
  char text[512];
} stopped;

typedef void* context;
/* Saves what a call preserves, and the stack pointer to *from; goes on at `to`. */
void hobnail_edk2_switch(context* from, context to);
__asm__(
    ".text\n"
    ".globl hobnail_edk2_switch\n"
    ".hidden hobnail_edk2_switch\n"
    "hobnail_edk2_switch:\n"
    "  pushq %rbp\n  pushq %rbx\n  pushq %r12\n  pushq %r13\n  pushq %r14\n  pushq %r15\n"
    "  movq %rsp, (%rdi)\n"
    "  movq %rsi, %rsp\n"
    "  popq %r15\n  popq %r14\n  popq %r13\n  popq %r12\n  popq %rbx\n  popq %rbp\n"
    "  ret\n");
static context host_side, core_side;

static void prepare(void (*entry)(void)) {
  void** top = (void**)(void*)(core.stack + STACK_BYTES) - 1;
  *top = NULL; /* the return address of `entry`, which does not return */
  *--top = (void*)(uintptr_t)entry;
  for (int i = 0; i < 6; ++i) *--top = NULL;
  core_side = top;
}
static void to_core(void) { hobnail_edk2_switch(&host_side, core_side); }
static void to_host(void) { hobnail_edk2_switch(&core_side, host_side); }

static void arrive(void* fake) {
  const void* bottom = NULL;
  size_t bytes = 0;
  if (__sanitizer_finish_switch_fiber) __sanitizer_finish_switch_fiber(fake, &bottom, &bytes);
  if (core.running && bytes != 0) {
    core.host_bottom = bottom;
    core.host_bytes = bytes;
  }
}

/* On the coroutine: gives control back. Returns when the harness goes on. */
static void leave_core(event why) {
  void* fake = NULL;
  core.event = why;
  core.running = false;
  if (__sanitizer_start_switch_fiber)
    __sanitizer_start_switch_fiber(&fake, core.host_bottom, core.host_bytes);
  to_host();
  arrive(fake);
}

static void core_main(void) {
  arrive(NULL);
  edk2_start(core.hand_off, core.ppis);
  leave_core(ENDED);
}

/* On the harness's stack: runs the core up to the next PEIM. */
static void* run_core(void) {
  void* fake = NULL;
  core.running = true;
  if (__sanitizer_start_switch_fiber)
    __sanitizer_start_switch_fiber(&fake, core.stack, STACK_BYTES);
  to_core();
  arrive(fake);
  core.alive = core.event == YIELDED;
  if (core.event == STOPPED) the_host->stop(stopped.file, stopped.line, stopped.text);
  return core.alive ? core.services : NULL;
}

void adapter_yield(void* services) {
  core.services = services;
  leave_core(YIELDED);
}

void adapter_stop(const char* file, int line, const char* function, const char* text) {
  const char* const inside = strstr(file, "Mde"); /* MdePkg, MdeModulePkg */
  snprintf(stopped.file, sizeof stopped.file, "%s", inside == NULL ? file : inside);
  snprintf(stopped.text, sizeof stopped.text, "%s: %s", function, text);
  stopped.line = line;
  if (core.running) leave_core(STOPPED);
  the_host->stop(stopped.file, stopped.line, stopped.text);
}

/* A function of EDK II that no source defines. */
void adapter_missing(const char* name);
void adapter_missing(const char* name) {
  adapter_stop("edk2", 0, name, "this function has no host version");
}

void adapter_copy_stack(uintptr_t distance) {
  uint8_t* const from = __builtin_frame_address(0);
  const size_t bytes = (size_t)(core.stack + STACK_BYTES - from);
  const uintptr_t to = (uintptr_t)from + distance;
  const uintptr_t base = to & ~(uintptr_t)0xffff;
  core.copy_bytes = (size_t)(to + bytes - base);
  void* const copy = mmap((void*)base, core.copy_bytes, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
  if (copy == MAP_FAILED) {
    adapter_stop("edk2", 0, __func__, "the stack's new place cannot be mapped");
  }
  core.copy = copy;
  memcpy((void*)to, from, bytes);
}

static void drop_core(void) {
  if (core.copy != NULL) munmap(core.copy, core.copy_bytes);
  core.copy = NULL;
  core.alive = false;
}

static void* enter(const hobnail_host* host, const void* sec_core_data, const void* ppi_list) {
  drop_core();
  if (((const size_t*)sec_core_data)[6] < LEAST_HEAP) return NULL; /* PeiTemporaryRamSize */
  the_host = host;
  core.hand_off = sec_core_data;
  core.ppis = (HOBNAIL_EDK2_LACKS & HOBNAIL_LACKS_PLATFORM_MOVE) != 0 ? NULL : ppi_list;
  prepare(core_main);
  return run_core();
}

static void* return_to_dispatcher(void) { return core.alive ? run_core() : NULL; }

static const hobnail_target kTarget = {
    .abi = HOBNAIL_TARGET_ABI,
    .size = sizeof(hobnail_target),
    .name = HOBNAIL_EDK2_NAME,
    .flags = HOBNAIL_TARGET_CONTRACT_ONLY,
    .runtime_page_granularity = HOBNAIL_EDK2_GRANULE ? HOBNAIL_EDK2_GRANULE : 0x1000,
    .enter = enter,
    .return_to_dispatcher = return_to_dispatcher,
    .leave = drop_core,
    .lacks = HOBNAIL_EDK2_LACKS,
    .least_heap = LEAST_HEAP,
};

__attribute__((visibility("default"))) const hobnail_target* hobnail_get_target(void) {
  if (core.stack == NULL) {
    void* const stack = mmap((void*)STACK_PLACE, STACK_BYTES, PROT_READ | PROT_WRITE,
                             MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (stack == MAP_FAILED) return NULL;
    core.stack = stack;
  }
  return &kTarget;
}
