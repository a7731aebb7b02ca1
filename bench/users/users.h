/* users.h: a thousand people at once, each with a session, a connection and a page before them. What a person does next stands in a table
 * (script.c); what they type comes out of the form on the page they were shown (page.c).
 */
#ifndef BON_BENCH_USERS_H
#define BON_BENCH_USERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    USERS_MOST = 2000,
    COOKIES_MOST = 6,
    COOKIE_ROOM = 160,
    REQUEST_ROOM = 24 * 1024,
    ANSWER_ROOM = 64 * 1024, /* grows to what an answer says it is */
    ANSWER_MOST = 4 << 20,
    WORD_ROOM = 200
};

struct step;
struct user {
    /* who: a line of the file that users_make wrote */
    char login[48], password[48], unit[16];
    const struct step *script;
    /* the browser */
    int fd;
    char cookies[COOKIES_MOST][COOKIE_ROOM];
    size_t n_cookies;
    char *request, *answer; /* the last answer stays until the next request is made of it */
    size_t request_n, sent, got, want, room;
    int64_t began_us, next_us; /* next_us: when they go on */
    bool waiting;              /* for an answer */
    bool fresh;                /* this connection has answered nothing yet */
    /* where they are */
    int at, status;
    bool signed_in, filed;
    uint64_t chance;
    char place[WORD_ROOM], number[WORD_ROOM], code[WORD_ROOM]; /* draft or case; number and code of what was filed */
};

/* One page of the script. ask makes the request; false: not now, the next one. took looks at an answer of the wanted status; false: it is
 * not the page that it should be. */
struct step {
    const char *page;
    int expect;
    bool (*ask)(struct user *u);
    bool (*took)(struct user *u);
};
extern const struct step citizen_script[], officer_script[];
/* The first two steps of either script sign in, the next two say for whom; after the last step comes the one behind these. */
enum { STEP_AGAIN = -1, STEPS_SIGN_IN = 2, STEPS_ONCE = 4 };

/* ---- page.c ---- */
struct given {
    const char *name, *value;
};
/* The form to `action` as somebody sends it who changes only what is given (ended by a name of NULL; a name that no control has is the
 * button that is pressed): length of the request's body, or -1. */
long form_body(const struct user *u, const char *action, const struct given *given, char *out, size_t room);
/* The first text after `before`, up to a quote, '<', '?' or '#'; false: there is none, or it is too long. */
bool page_text(const struct user *u, const char *before, char *out, size_t room);
/* One of those texts, by chance. */
bool page_text_any(const struct user *u, const char *before, uint64_t chance, char *out, size_t room);
bool page_has(const struct user *u, const char *text);
bool header_text(const struct user *u, const char *name, char *out, size_t room); /* name in small letters */

/* ---- wire.c ---- */
void user_get(struct user *u, const char *path);
bool user_post(struct user *u, const char *action, const struct given *given); /* false: the page has no such form */
void user_connect(struct user *u, int port);
/* Sends what can be sent; false: the connection is broken. */
bool user_push(struct user *u);
/* 1: the answer is there with its status; 0: not yet; -1: broken. */
int user_pull(struct user *u);

#endif
