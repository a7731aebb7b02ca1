/* torture.h: requests of .http files, made many times with one thing going wrong in each (test_http --torture). */
#ifndef BON_TESTS_TORTURE_H
#define BON_TESTS_TORTURE_H

#include "base/arena_fault.h"
#include "tests/http_run.h"

enum { TORTURE_STACKS = 1 << 17 };

/* Allocations fail by where they are made: each way through the program to one, that is each stack, once for each route
 * or job. */
struct torture {
    struct arena_fault fault;
    uint64_t *stacks; /* those that have failed: hashes, 0 is free; TORTURE_STACKS of them */
    size_t n_stacks;
    uint64_t route;
    const void *base; /* stacks are looked at up to here */
    bool struck;      /* in this round */
    int failed;       /* things that have failed so far */
    int wrong;        /* answers that were none */
    int sent;
};

struct torture *torture_new(struct arena *a);

/* Makes the request that is put together fail in each call of the store, each write and sync, and allocation by allocation. A reply that
 * is none, or an answer that nobody could have meant, is a fault of the section. A POST carries a key, so that the request made whole
 * afterwards is the same act; what cannot be sent twice is left alone. What a file expects is told and not counted: an act that was done,
 * and whose answer failed, may be refused as done already. */
void torture_request(struct http_run *r, struct str text);

/* The same for a job. What it had done before it failed is done; the run after that does the rest. */
void torture_job(struct http_run *r, struct str name);

/* The header with that key, or nothing. */
struct str torture_key(struct http_run *r);

#endif
