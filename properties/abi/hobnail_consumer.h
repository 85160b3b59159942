/*
 * Hobnail consumer ABI, version 1: how the harness drives a reader of HOB lists.
 *
 * A consumer is anything that takes a HOB list over from PEI: a DXE core, a payload, a boot loader,
 * a shim. It is built as a shared object and named by --consumer or by the environment variable
 * HOBNAIL_CONSUMER.
 *
 *   list --take_over--> taken --walk--> HOBs --memory_map--> map, key --exit_boot_services--> left
 *              |
 *              +------> refused: offset, reason
 *
 * All functions use the C convention of the platform. Addresses are identity-mapped: a physical
 * address is a pointer into the harness's process. Every call comes from one thread. A process
 * plays many lists: take_over starts each from nothing, whether or not leave was called.
 *
 * Only plain C types appear here, so that a consumer can include its own PI headers beside this one.
 */
#ifndef HOBNAIL_CONSUMER_H_
#define HOBNAIL_CONSUMER_H_

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define HOBNAIL_CONSUMER_ABI 1u

/* The consumer uses the memory that the list describes: it builds its own structures there, or reads
   what HOBs point to. It runs in boots only, where that memory exists. The list stands where PEI left
   it. From take_over on the list and all memory that no allocation HOB claims are the consumer's,
   until leave: it may copy the list and use its place. Nothing of it is changed behind its back
   before leave; what HOBs claim must keep its contents until ExitBootServices has succeeded. Without
   this flag the list is a copy, and only the bytes of the list may be accessed. The harness leaves out
   boots whose PEIMs describe memory, or a firmware volume or capsule, that is not there. A boot's
   list may lack HOBs that PI requires at the hand-off (PI 1.8 Vol 1 9.3), and is not refused for
   that. */
#define HOBNAIL_CONSUMER_NEEDS_MEMORY 0x1u

/* The consumer skips a HOB that is malformed, too short for its type or contradicted by another HOB,
   and goes on behind it. Without this flag it may refuse such a list. PI allows both, and neither is
   a finding. The walk has all HOBs, those that are skipped too. */
#define HOBNAIL_CONSUMER_SKIPS_MALFORMED 0x2u

/* The consumer trusts the list: it is made for lists that a PEI core has written. The harness leaves
   out lists that another reader may refuse, and boots whose PEIMs have written such HOBs. */
#define HOBNAIL_CONSUMER_WELL_FORMED_ONLY 0x4u

/* The consumer reads no firmware volume and no capsule that a HOB names: with NEEDS_MEMORY, it gets
   the boots whose PEIMs name some that are not there, too. */
#define HOBNAIL_CONSUMER_IGNORES_VOLUMES 0x8u

/* What the harness offers a consumer. */
typedef struct hobnail_consumer_host {
  uint32_t abi;  /* HOBNAIL_CONSUMER_ABI as the consumer was built */
  uint32_t size; /* sizeof (hobnail_consumer_host) as the harness was built */
  /* An assertion of the consumer failed, or it would hang on purpose: ends this list or boot. Never
     returns: it unwinds with longjmp. A finding where the list has no flaw; else a refusal. */
  void (*stop)(const char *file, int line, const char *what);
} hobnail_consumer_host;

/* Why a list is refused. */
typedef struct hobnail_refusal {
  uint64_t offset;  /* in bytes from the PHIT, of the HOB or field that is wrong */
  char reason[120]; /* one line, ends with 0 */
} hobnail_refusal;

/* A HOB as the consumer's own walk has seen it. */
typedef struct hobnail_hob {
  uint64_t offset; /* in bytes from the PHIT */
  uint32_t length; /* in bytes, by which the walk goes on */
  uint16_t type;   /* EFI_HOB_TYPE_... */
  uint16_t reserved;
} hobnail_hob;

/* An EFI_MEMORY_DESCRIPTOR (UEFI 2.10 section 7.2). */
typedef struct hobnail_memory {
  uint32_t type; /* EFI_MEMORY_TYPE */
  uint32_t reserved;
  uint64_t base;      /* a multiple of 4 KiB */
  uint64_t pages;     /* of 4 KiB, not 0 */
  uint64_t attribute; /* EFI_MEMORY_... */
} hobnail_memory;

typedef struct hobnail_consumer {
  uint32_t abi;  /* HOBNAIL_CONSUMER_ABI */
  uint32_t size; /* sizeof (hobnail_consumer) as the consumer was built */
  const char *name;
  uint32_t flags; /* HOBNAIL_CONSUMER_... */
  /* With NEEDS_MEMORY: the free memory that the consumer requires between EfiFreeMemoryBottom and
     EfiFreeMemoryTop, in pages of 4 KiB. The harness leaves out boots with less. 0: it looks for
     memory elsewhere too, and refuses no list that has 64 KiB in one piece. */
  uint32_t free_pages;

  /* A new list begins at `list`, a multiple of 8, and `bytes` bytes can be read there; a PHIT may
     claim more. `runtime_granularity`: 4096, or 65536 as on AArch64. Returns 1 when the list was
     taken; 0 when it is refused, and fills in `refusal`. */
  int (*take_over)(const hobnail_consumer_host *host, const void *list, uint64_t bytes,
                   uint32_t runtime_granularity, hobnail_refusal *refusal);

  /* The HOBs of the list, PHIT first, in the order of the walk, up to END and without it: those of
     types that the consumer does not know too. A list that was refused has those before the refusal.
     Stores at most `room` of them and returns how many there are. NULL: the consumer does not walk
     the whole list. */
  uint64_t (*walk)(hobnail_hob *hobs, uint64_t room);

  /* The memory map, in any order, and its key. Stores at most `room` descriptors and returns how many
     there are. Called only after a list was taken. NULL: the consumer has no map. */
  uint64_t (*memory_map)(hobnail_memory *map, uint64_t room, uint64_t *key);

  /* ExitBootServices: returns the EFI_STATUS, EFI_INVALID_PARAMETER (2^63 + 2) for a key that is not
     the map's. NULL: the consumer has no such call. */
  uint64_t (*exit_boot_services)(uint64_t key);

  /* The list or boot is over: the memory goes. Called after ExitBootServices has succeeded, or when
     the boot ends before; not after stop in take_over. May be NULL. */
  void (*leave)(void);
} hobnail_consumer;

/* The one symbol that a consumer exports. Returns a pointer that stays valid for the process. */
const hobnail_consumer *hobnail_get_consumer(void);

#ifdef __cplusplus
}
#endif

#endif /* HOBNAIL_CONSUMER_H_ */
