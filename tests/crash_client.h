/* crash_client.h: hotels' programs that declare guests over HTTP until the server dies, and remember what they were told. */
#ifndef BON_TESTS_CRASH_CLIENT_H
#define BON_TESTS_CRASH_CLIENT_H

#include "base/str.h"

#include <stdatomic.h>

struct client;

enum { CLIENTS_MAX = 64 };

/* One declaration that was sent. */
struct attempt {
    int guests;
    int status;      /* 0: the line broke before the answer */
    bool replayed;   /* the answer said so */
    char key[32];    /* Idempotency-Key */
    char number[32]; /* of the receipt, when the answer named one */
};

struct attempts {
    struct attempt *v;
    size_t n, room;
};

struct crowd {
    int port, clients;
    const char *cookie; /* "bon_session=…" */
    uint64_t seed;      /* how many guests each declares */
    int round;
    bool stubborn; /* after a broken line, connect again until told to stop; else end */
    _Atomic bool stop;
    _Atomic int64_t answered; /* 201 so far, all clients */
    struct attempts of[CLIENTS_MAX];
    struct client *running; /* the crowd's own */
};

/* Starts the clients; crowd_join waits for them (set stop before, or kill the server). */
void crowd_start(struct crowd *c);
void crowd_join(struct crowd *c);
void crowd_free(struct crowd *c);

/* Sends every attempt once more, all at the same time as the first time: again[i].v[k] is the answer to of[i].v[k]. */
void crowd_repeat(struct crowd *c, struct attempts again[CLIENTS_MAX]);

/* One GET; body into `body` (NUL-ended). The status, 0 when the line broke. */
int crash_get(int port, const char *cookie, const char *path, char *body, size_t room);

#endif
