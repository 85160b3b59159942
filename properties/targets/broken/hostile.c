/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * first-fit, which turns on its harness where and how the environment says:
 *
 *   HOSTILE=WHERE:HOW    WHERE: constructor, get_target, enter, pool, destructor
 *                        HOW: see act()
 *
 * `pool` is the first AllocatePool of a boot. Without HOSTILE it is first-fit.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "properties/abi/hobnail_target.h"
#include "properties/targets/first_fit/pei.h"

/* first-fit's own hobnail_get_target, under another name. */
const hobnail_target* first_fit_get_target(void);

static volatile int g_forever = 1;

static void block_signals(void) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, NULL);
}

static void act(const char* how) {
  if (strcmp(how, "exit0") == 0) exit(0);
  if (strcmp(how, "exit2") == 0) exit(2);
  if (strcmp(how, "_exit0") == 0) _exit(0);
  if (strcmp(how, "_exit1") == 0) _exit(1);
  if (strcmp(how, "_exit2") == 0) _exit(2);
  if (strcmp(how, "quick_exit0") == 0) quick_exit(0);
  /* What no other code in this tree may do. */
  int (*const replace)(const char*, const char*, ...) = execl;
  if (strcmp(how, "exec") == 0) replace("/bin/true", "true", (char*)NULL);
  if (strcmp(how, "kill") == 0) raise(SIGKILL);
  if (strcmp(how, "stop") == 0) raise(SIGSTOP);
  if (strcmp(how, "trap") == 0) raise(SIGTRAP);
  if (strcmp(how, "ill") == 0) raise(SIGILL);
  if (strcmp(how, "abort") == 0) abort();
  if (strcmp(how, "pipe") == 0) raise(SIGPIPE);
  if (strcmp(how, "usr1") == 0) raise(SIGUSR1);
  if (strcmp(how, "spin") == 0) {
    while (g_forever) continue;
  }
  if (strcmp(how, "blocked") == 0) {
    block_signals();
    while (g_forever) continue;
  }
  if (strcmp(how, "sleep") == 0) {
    while (g_forever) sleep(1000);
  }
  if (strcmp(how, "descriptors") == 0) {
    while (open("/dev/null", O_RDONLY) >= 0) continue;
  }
  if (strcmp(how, "closes") == 0) {
    for (int file = 0; file < 1024; ++file) close(file);
  }
}

/* HOSTILE begins with `where`. */
static void at(const char* where) {
  const char* const when = getenv("HOSTILE");
  const size_t size = strlen(where);
  if (when == NULL || strncmp(when, where, size) != 0 || when[size] != ':') return;
  act(when + size + 1);
}

static EFI_PEI_SERVICES g_services;
static const EFI_PEI_SERVICES* g_table = &g_services;
static EFI_STATUS(EFIAPI* g_allocate_pool)(const EFI_PEI_SERVICES** services, uintptr_t size,
                                           void** buffer);

static EFI_STATUS EFIAPI allocate_pool(const EFI_PEI_SERVICES** services, uintptr_t size,
                                       void** buffer) {
  at("pool");
  return g_allocate_pool(services, size, buffer);
}

static void* enter(const hobnail_host* host, const void* hand_off, const void* ppis) {
  at("enter");
  void* const entered = first_fit_get_target()->enter(host, hand_off, ppis);
  if (entered == NULL) return NULL;
  g_services = **(const EFI_PEI_SERVICES**)entered;
  g_allocate_pool = g_services.AllocatePool;
  g_services.AllocatePool = allocate_pool;
  return &g_table;
}

__attribute__((constructor)) static void construct(void) { at("constructor"); }
__attribute__((destructor)) static void destroy(void) { at("destructor"); }

__attribute__((visibility("default"))) const hobnail_target* hobnail_get_target(void) {
  at("get_target");
  static hobnail_target target;
  target = *first_fit_get_target();
  target.name = "hostile";
  target.enter = enter;
  return &target;
}
