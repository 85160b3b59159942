/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * From the reset vector to bare_main on x86-64. The image is a ROM that ends at 4 GiB; it is linked
 * for memory at 1 MiB, since a board has memory where the ROM is.
 *
 *   reset, 16 bits --> 32 bits: copies image to memory --> 64 bits, paging --> bare_main
 *
 * The FPU stays off: CR0.EM makes every instruction of it, and of SSE, a fault.
 */
#define CODE32 0x08
#define DATA   0x10
#define CODE64 0x18

        .section .reset, "ax"
reset_page:
        .code32
start32:
        movl    $DATA, %eax
        movl    %eax, %ds
        movl    %eax, %es
        movl    %eax, %ss
        movl    $rom_image, %esi
        movl    $image_start, %edi
        movl    $image_dwords, %ecx
        rep movsl
        xorl    %eax, %eax
        movl    $zeros_start, %edi
        movl    $zeros_dwords, %ecx
        rep stosl
        movl    $enter_long_mode, %eax
        jmp     *%eax

        .code16
        .globl  start16
start16:
        cli
        cld
        lgdtl   %cs:(reset_gdt_pointer - reset_page + 0xf000)
        movl    $0x11, %eax                     /* PE, ET: caches on */
        movl    %eax, %cr0
        ljmpl   $CODE32, $start32

        .balign 8
reset_gdt:
        .quad   0, 0x00cf9b000000ffff, 0x00cf93000000ffff, 0x00af9b000000ffff
reset_gdt_pointer:
        .word   . - reset_gdt - 1
        .long   reset_gdt

        .section .reset_vector, "ax"            /* 0xfffffff0, where the processor begins */
        .code16
        .byte   0xe9                            /* jmp, 16 bits relative */
        .word   start16 - (. + 2)
        .balign 16, 0xf4

        .section .text.enter, "ax"
        .code32
enter_long_mode:
        /* The first GiB as it lies, in pages of 2 MiB, until bare_main has its own tables. */
        movl    $first_level3 + 3, first_level4
        movl    $first_level2 + 3, first_level3
        movl    $first_level2, %edi
        movl    $0x83, %eax
        movl    $512, %ecx
1:      movl    %eax, (%edi)
        addl    $0x200000, %eax
        addl    $8, %edi
        loop    1b
        movl    $first_level4, %eax
        movl    %eax, %cr3
        movl    $0x20, %eax                     /* PAE */
        movl    %eax, %cr4
        movl    $0xc0000080, %ecx               /* EFER.LME */
        rdmsr
        orl     $0x100, %eax
        wrmsr
        movl    $0x80010015, %eax               /* PG, WP, ET, EM, PE */
        movl    %eax, %cr0
        lgdt    gdt_pointer
        ljmpl   $CODE64, $start64

        .code64
start64:
        movq    $stack_top, %rsp
        xorl    %ebp, %ebp
        /* A gate for each exception, which leads to its stub. */
        movq    $gates, %rdi
        movq    $stubs, %rax
        movl    $32, %ecx
2:      movq    %rax, %rdx
        movw    %dx, (%rdi)
        movw    $CODE64, 2(%rdi)
        movw    $0x8e00, 4(%rdi)                /* interrupt gate, present */
        shrq    $16, %rdx
        movw    %dx, 6(%rdi)
        movq    $0, 8(%rdi)
        addq    $16, %rdi
        addq    $16, %rax
        loop    2b
        lidt    gates_pointer
        call    bare_main

        /* 16 bytes each: an error code where the processor pushes none, and the vector. */
        .balign 16
stubs:
        .set    vector, 0
        .rept   32
        .if     !(vector == 8 || (vector >= 10 && vector <= 14) || vector == 17 || vector == 21)
        pushq   $0
        .endif
        pushq   $vector
        jmp     fault
        .balign 16
        .set    vector, vector + 1
        .endr

fault:
        movq    (%rsp), %rdi                    /* the vector */
        movq    16(%rsp), %rsi                  /* RIP */
        movq    %cr2, %rdx
        movq    $stack_top, %rsp
        call    report_fault

        .section .rodata, "a"
        .balign 8
gdt:
        .quad   0, 0x00cf9b000000ffff, 0x00cf93000000ffff, 0x00af9b000000ffff
gdt_pointer:
        .word   . - gdt - 1
        .quad   gdt
gates_pointer:
        .word   gates_end - gates - 1
        .quad   gates

        .globl  call_records
        .balign 8
call_records:
        .incbin "records.bin"

        .section .bss, "aw", @nobits
        .balign 4096
first_level4:
        .skip   4096
first_level3:
        .skip   4096
first_level2:
        .skip   4096
gates:
        .skip   32 * 16
gates_end:
        .skip   0x10000
stack_top:
