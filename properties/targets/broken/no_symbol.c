/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * A shared object that is no target: it exports something else.
 */
int hobnail_something_else(void);
int hobnail_something_else(void) { return 1; }
