/* torture.h: requests of .http files, made many times with one thing going wrong in each (test_http --torture). */
#ifndef BON_TESTS_TORTURE_H
#define BON_TESTS_TORTURE_H

#include "tests/http_run.h"

/* Makes the request that is put together fail in each call of the store and in allocation after allocation. A reply that is none, or an
 * answer that nobody could have meant, is a fault of the section. A POST carries a key, so that the request made whole afterwards is the
 * same act; what cannot be sent twice is left alone. What a file expects is told and not counted: an act that was done, and whose answer
 * failed, may be refused as done already. */
void torture_request(struct http_run *r, struct str text);

/* The header with that key, or nothing. */
struct str torture_key(struct http_run *r);

#endif
