/* sandbox.h: a process gives up what it will not need. Each step is taken where the kernel has it and said to be absent where
 * not; a step that the kernel has and refuses is an error. All are for Linux and cannot be undone.
 */
#ifndef BON_PLATFORM_SANDBOX_H
#define BON_PLATFORM_SANDBOX_H

#include "base/err.h"

/* No new privileges by exec, no core files, not readable or traceable by other processes of the same user. */
int sandbox_harden(struct err *e);

/* Landlock: of all files, only those beneath these directories. Paths that do not exist are passed over. NULL, or ended by
 * NULL. Holds for this thread and those it starts: call it before the first thread. 1 in force, 0 the kernel has none, -1. */
int sandbox_files(const char *const *readable, const char *const *writable, struct err *e);

/* seccomp, allow-list: any other call is named on standard error and ends the process with SANDBOX_EXIT. */
int sandbox_calls_only(const int *calls, size_t n, struct err *e);
enum { SANDBOX_EXIT = 31 };

/* seccomp, deny-list for the server: starting programs, tracing, mounting, loading modules, setting clocks … The call gets
 * EPERM and is named on standard error. Threads may be started, processes not. */
int sandbox_calls_server(struct err *e);

#endif
