/* crash_server.h: `bon serve` as a group of processes that a test may kill, whole or in parts. */
#ifndef BON_TESTS_CRASH_SERVER_H
#define BON_TESTS_CRASH_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct place {
    const char *bon;                /* the program */
    const char *pg_script, *pg_dir; /* tests/pg.sh and its directory; NULL: SQLite */
    char dir[64];                   /* data directory */
    char log[96];                   /* what bon wrote; kept when a test fails */
    int port;
    pid_t group;    /* the supervisor; 0: none runs */
    off_t log_from; /* where the log of this start begins */
};

enum victim { KILL_ALL, KILL_SERVER, KILL_SIGNER, KILL_GENTLY, KILL_POSTGRES, VICTIMS_ };
extern const char *const victim_names[VICTIMS_];

/* A port nobody listens on now; environment for all children of this process. */
bool place_prepare(struct place *p, const char *db);

/* bon with these arguments (ended by NULL); its exit status, -1 when it was killed. Output goes to the log. */
int bon_run(const struct place *p, const char *const *args);

/* Starts bon serve and waits until it says that it serves. *ready_us: how long that took. */
bool server_start(struct place *p, int64_t *ready_us);

/* Kills what is named. KILL_ALL and KILL_GENTLY end the group and wait for every process of it. */
bool server_kill(struct place *p, enum victim who);

#endif
