/* crash_check.h: the store as a killed program left it: is every act in it wholly there or not at all? */
#ifndef BON_TESTS_CRASH_CHECK_H
#define BON_TESTS_CRASH_CHECK_H

#include "app/program.h"
#include "tests/crash_client.h"

struct store_state {
    int64_t declarations, guests, records, seals;
    int64_t missing; /* acknowledged receipts whose declaration is not there, or has another count of guests */
    int64_t halves;  /* rows that belong to an act that is not wholly there */
    char what[160];  /* which kind of half, for the reader */
};

/* Makes a receptionist's session in a store that nobody serves; the cookie to send. before: the last seeded declaration. */
bool store_sign_in(const char *dir, const char *address, char *cookie, size_t room, int64_t *before);

/* Opens the store (an SQLite file with its WAL, or a PostgreSQL address) as it is. */
bool store_check(const char *dir, const char *address, int64_t before, const struct crowd *told, struct store_state *out);

/* Copies the file and its WAL as a power cut would leave them. */
bool store_copy(const char *from, const char *to);

#endif
