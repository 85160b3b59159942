/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * From the reset vector to bare_main on AArch64: QEMU's virt begins at address 0, in flash, at EL1.
 * The image is linked for memory at 2 GiB, where no board has any.
 *
 *   reset, in flash --> copies image to memory --> paging --> bare_main
 *
 * The FPU stays off: CPACR_EL1.FPEN is 0 after reset, so every instruction of it is a fault.
 */
        .section .reset, "ax"
        .globl  reset
reset:
        ldr     x0, =rom_image
        ldr     x1, =image_start
        ldr     x2, =image_data_end
1:      ldp     x3, x4, [x0], #16
        stp     x3, x4, [x1], #16
        cmp     x1, x2
        b.lo    1b
        ldr     x1, =zeros_start
        ldr     x2, =zeros_end
2:      stp     xzr, xzr, [x1], #16
        cmp     x1, x2
        b.lo    2b
        ldr     x0, =start_paging
        br      x0
        .ltorg

        .section .text.enter, "ax"
start_paging:
        /* The GiB of the image as it lies, until bare_main has its own tables. */
        ldr     x0, =first_level4
        ldr     x1, =first_level3
        orr     x2, x1, #3
        str     x2, [x0]
        ldr     x2, =0x80000705                 /* block, attribute 1, inner shareable, accessed */
        str     x2, [x1, #16]
        msr     ttbr0_el1, x0
        mov     x2, #0xff00                     /* 0: device, 1: write-back */
        msr     mair_el1, x2
        ldr     x2, =0x200803510                /* 48 bits, 4 KiB, write-back, no TTBR1 */
        msr     tcr_el1, x2
        ldr     x2, =vectors
        msr     vbar_el1, x2
        dsb     sy
        tlbi    vmalle1
        dsb     sy
        isb
        mrs     x2, sctlr_el1
        ldr     x3, =0x1005                     /* MMU, caches */
        orr     x2, x2, x3
        msr     sctlr_el1, x2
        isb
        ldr     x2, =stack_top
        mov     sp, x2
        mov     x29, xzr
        bl      bare_main
        .ltorg

        .balign 2048
vectors:
        .rept   16
        b       fault
        .balign 128
        .endr

fault:
        mrs     x0, esr_el1
        mrs     x1, elr_el1
        mrs     x2, far_el1
        ldr     x3, =stack_top
        mov     sp, x3
        b       report_fault
        .ltorg

        .section .rodata, "a"
        .globl  call_records
        .balign 8
call_records:
        .incbin "records.bin"

        .section .bss, "aw", %nobits
        .balign 4096
first_level4:
        .skip   4096
first_level3:
        .skip   4096
        .skip   0x10000
stack_top:
