/* full_disk.h: a disk that fails once: the nth write, sync or cut of a file from now. SQLite's files only write and are cut through here;
 * a sync is any file's of the process.
 */
#ifndef BON_TESTS_FULL_DISK_H
#define BON_TESTS_FULL_DISK_H

#include <stdbool.h>

/* After a store was opened: SQLite takes its configuration first. */
void full_disk_install(void);

/* 0 switches it off. A write and a cut fail with ENOSPC, a sync with EIO. */
void full_disk_at(int nth);
bool full_disk_waits(void); /* armed, and not struck yet */

#endif
