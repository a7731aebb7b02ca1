/* box.h: the program that runs on the kiosk, beside its browser: `bon kiosk serve`. The browser talks to it alone, on 127.0.0.1. It passes
 * pages on to the server under the device's token; when the server is away it keeps what somebody handed in, sealed.
 *
 * On its disk: its own key, the server's public keys, a signed configuration, numbers, and sealed acts; never a word that somebody typed.
 * In its memory, locked and wiped: the pages posted in the session that is going on.
 */
#ifndef BON_MODELS_KIOSK_BOX_H
#define BON_MODELS_KIOSK_BOX_H

#include "engines/edge/config.h"
#include "models/m02_kiosk/replay.h"
#include "platform/ask/ask.h"
#include "platform/html/components.h"

#include <pthread.h>

enum { BOX_KEYS_MAX = 4, BOX_FILE_MAX = 512 * 1024, BOX_TEXT = EDGE_PLAIN_MAX / 2, BOX_BEAT_MS = 30 * 1000 };

/* What the device is: written once, when it was enrolled. */
struct box_identity {
    int64_t device;
    struct str server, mode; /* "https://dichvu.daknong.gov.vn" */
    uint8_t secret[EDGE_SECRET], public_key[EDGE_KEY], seal_key[EDGE_SEAL_KEY];
    struct jwk keys[BOX_KEYS_MAX];
    size_t n_keys;
};

/* ---- box_disk.c: whole files, there or not there whatever happens to the power ---- */
int box_file_write(const char *dir, const char *name, struct str bytes, struct err *e); /* synced, then renamed into place */
int box_file_read(struct arena *a, const char *dir, const char *name, struct str *out, struct err *e); /* 1 0 -1 */
int box_identity_save(struct arena *a, const char *dir, const struct box_identity *d, struct err *e);
int box_identity_load(struct arena *a, const char *dir, struct box_identity *out, struct err *e); /* 1 0 -1 */
int box_directory_sync(const char *dir, struct err *e);
int64_t box_disk_free_mb(const char *dir);

/* Numbers that only rise, also through a power cut: what was given out is never given again. */
struct box_numbers {
    int64_t next, reserved;  /* of messages */
    int64_t first, last, at; /* provisional: the block, and the last one given; first 0: none */
};
int box_numbers_load(struct arena *a, const char *dir, struct box_numbers *n, struct err *e);
int box_message_number(struct arena *a, const char *dir, struct box_numbers *n, int64_t *out, struct err *e);
int box_block_take(struct arena *a, const char *dir, struct box_numbers *n, int64_t first, int64_t last, struct err *e);
int box_provisional(struct arena *a, const char *dir, struct box_numbers *n, int64_t *out, struct err *e); /* 1, 0 none left, -1 */

/* ---- box_spool.c ---- */
struct box_act {
    int64_t sequence;
    struct str number, body; /* body: the JSON that goes to the server as it lies there */
};
int box_spool_open(const char *dir, struct err *e); /* makes it; what a power cut left half is removed */
int box_spool_put(struct arena *a, const char *dir, int64_t sequence, struct str number, struct str sealed, struct instant at,
                  struct err *e);
struct box_acts {
    struct box_act *v;
    size_t n;
};
int box_spool_list(struct arena *a, const char *dir, size_t most, struct box_acts *out, struct err *e); /* oldest first */
int box_spool_drop(struct arena *a, const char *dir, int64_t sequence, bool refused, struct err *e);
int64_t box_spool_count(const char *dir);

/* ---- box_link.c: the server ---- */
struct box_ask {
    const char *method;
    struct str path; /* with query, percent-encoded */
    struct str body, type, cookie, token, language, signature;
    long timeout_ms;
};
/* ERR_SOURCE: nobody answered. */
int box_link_ask(struct arena *a, struct str server, const struct box_ask *ask, struct ask_answer *out, struct err *e);

/* ---- box.c: the box itself ---- */
struct box_held { /* the posts of the session that is going on; in locked memory */
    char text[BOX_TEXT];
    size_t used, n;
    struct {
        size_t path, path_n, body, body_n;
    } post[REPLAY_POSTS_MAX];
};
struct box {
    const char *dir, *health;
    struct box_identity me;
    struct edge_config config; /* number 0: none that may be believed */
    struct arena arena;        /* of what lasts */
    pthread_mutex_t lock;      /* of all below */
    struct box_numbers numbers;
    struct box_held *held;
    char token[256];
    int64_t token_us; /* by a clock that nobody sets: when it came */
    int64_t offset_ms; /* server's clock less ours */
    bool locked, revoked, away;
};
int box_open(struct box *b, const char *dir, const char *health, struct err *e);
void box_close(struct box *b);
struct instant box_now(const struct box *b); /* by the server's clock */
/* Once round: says how it is, takes token, lock and configuration, fetches numbers, sends what is spooled. */
int box_turn(struct box *b, struct arena *a, struct err *e);
int box_enrol(struct arena *a, const char *dir, struct str server, struct str code, struct err *e);
void box_hold(struct box *b, struct str path, struct str body, bool begins); /* lock held; what does not fit begins nothing */
void box_hold_undo(struct box *b);
void box_forget(struct box *b);
/* Seals what is held into the spool: 1 kept under *number, 0 no numbers left, -1. The held posts are wiped when it is kept. */
int box_keep(struct box *b, struct arena *a, struct str *number, struct err *e);
struct box_health {
    struct str paper, ink, reader;
    int64_t temperature;
    bool card;
};
void box_health_read(const struct box *b, struct arena *a, struct box_health *out);

/* ---- box_serve.c ---- */
extern const struct module kiosk_box_module;
int box_serve(struct cli *c, struct box *b, int port, int64_t beat_ms, struct err *e);

/* ---- box_pages ---- */
struct box_view {
    struct kiosk_bar bar;
    struct str number;
    bool may_write; /* numbers are there: something can be taken */
};

#endif
