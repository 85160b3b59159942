/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * What U-Boot's readers of HOBs use of the rest of U-Boot: types, the global data, and functions
 * that have nothing to do with HOBs. Included before each of their files; the headers that would
 * declare it are empty (CMakeLists.txt).
 */
#ifndef HOBNAIL_UBOOT_HOST_H_
#define HOBNAIL_UBOOT_HOST_H_

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

typedef int16_t s16;
typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef uint32_t __u32;
typedef uint64_t __u64;
typedef u64 phys_addr_t;
typedef u64 phys_size_t;
typedef u64 fdt64_t;

#define asmlinkage
#define __packed __attribute__((packed))
#define __aligned(x) __attribute__((aligned(x)))
#define __always_inline inline
#define ARRAY_SIZE(array) (sizeof(array) / sizeof(*(array)))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define BIT(n) (1UL << (n))
#define SIGNATURE_16(a, b) ((a) | (b) << 8)
#define SIGNATURE_32(a, b, c, d) (SIGNATURE_16(a, b) | SIGNATURE_16(c, d) << 16)
#define SIGNATURE_64(a, b, c, d, e, f, g, h) \
  (SIGNATURE_32(a, b, c, d) | (u64)SIGNATURE_32(e, f, g, h) << 32)

#define IS_ENABLED(option) 0
#define CONFIG_IS_ENABLED(...) 0
#define CONFIG_NR_DRAM_BANKS 8
#define CONFIG_PCIE_ECAM_BASE 0xe0000000
#define CONFIG_PCIE_ECAM_SIZE 0x10000000
#define CONFIG_STACK_SIZE_RESUME 0x1000

#define POST_DRAM 0
#define post_code(code) ((void)0)
#define debug(...) ((void)0)
#define log_debug(...) ((void)0)
#define ll_boot_init() true
#define MTRR_TYPE_WRBACK 6
#define mtrr_add_request(...) ((void)0)
#define ofnode_read_chosen_prop(name, size) ((void)(size), (const void*)NULL)
#define fdt64_to_cpu(value) __builtin_bswap64(value)
#define guidcmp(a, b) memcmp(a, b, 16)
#define UUID_STR_LEN 36
#define UUID_STR_FORMAT_GUID 1
#define uuid_bin_to_str(from, to, format) ((void)(from), strcpy(to, "GUID"))
#define simple_strtol strtol
#define printf uboot_printf
int uboot_printf(const char* format, ...);

struct bd_info {
  struct {
    phys_addr_t start;
    phys_size_t size;
  } bi_dram[CONFIG_NR_DRAM_BANKS];
};
typedef struct global_data {
  struct {
    void* hob_list;
  } arch;
  struct bd_info* bd;
  phys_size_t ram_size;
  u64 ram_top;
  u64 start_addr_sp;
} gd_t;
extern gd_t* gd;
#define DECLARE_GLOBAL_DATA_PTR extern gd_t* gd

/* The command `hob`, as its table has it. */
struct cmd_tbl;
typedef int uboot_command(struct cmd_tbl*, int, int, char* const[]);
#define U_BOOT_CMD(name, args, repeat, function, ...) uboot_command* const uboot_##name = function
extern uboot_command* const uboot_hob;

#endif
