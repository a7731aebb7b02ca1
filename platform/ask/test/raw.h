/* raw.h: a server that says what no honest one says, byte for byte. One thread; GET or POST of
 *   /echo       the question's head as the answer's body
 *   /interim    103 with a line of its own, then 200
 *   /long-head  a head of 64 KiB
 *   /silent     nothing, until raw_close
 */
#ifndef BON_PLATFORM_ASK_TEST_RAW_H
#define BON_PLATFORM_ASK_TEST_RAW_H

#include <pthread.h>
#include <stddef.h>

enum { RAW_SILENT_MAX = 8 };

struct raw {
    int port, listens, silent[RAW_SILENT_MAX];
    size_t n_silent;
    pthread_t thread;
};

void raw_open(struct raw *r);
void raw_close(struct raw *r);

#endif
