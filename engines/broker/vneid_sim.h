/* vneid_sim.h: a stand-in for VNeID: a small OpenID Provider on loopback with a sign-in page that lists invented people, and faults
 * on request. It shares no code with the relying party beside it but JSON and HTTP: it signs with keys and functions of its own, so
 * that a mistake is not made twice and hidden. Nothing it says is about anyone who exists.
 */
#ifndef BON_ENGINES_BROKER_VNEID_SIM_H
#define BON_ENGINES_BROKER_VNEID_SIM_H

#include "platform/http/module.h"

/* One bit each; several may be on. What it does to the answer stands beside its word in vneid_sim.c. */
enum vneid_fault {
    VNEID_SLOW = 1 << 0,
    VNEID_500 = 1 << 1,
    VNEID_DOWN = 1 << 2,
    VNEID_WRONG_ISS = 1 << 3,
    VNEID_WRONG_AUD = 1 << 4,
    VNEID_WRONG_NONCE = 1 << 5,
    VNEID_NO_SUB = 1 << 6,
    VNEID_NO_IAT = 1 << 7,
    VNEID_EXPIRED = 1 << 8,
    VNEID_ALG_NONE = 1 << 9,
    VNEID_BAD_SIGNATURE = 1 << 10,
    VNEID_NO_KID = 1 << 11,
    VNEID_RS256 = 1 << 12,
    VNEID_TWO_KEYS = 1 << 13,
    VNEID_USERINFO_SUB = 1 << 14,
    VNEID_OTHER_PERSON = 1 << 15,
    VNEID_MIX_UP = 1 << 16,
    VNEID_NO_REFRESH_SUB = 1 << 17,
    VNEID_LOGOUT_NO_EVENT = 1 << 18,
    VNEID_LOGOUT_WRONG_EVENT = 1 << 19,
    VNEID_LOGOUT_NONCE = 1 << 20,
    VNEID_REFRESH_REFUSED = 1 << 21,
};
/* "wrong-nonce,slow" -> bits; false: an unknown word. "" is none. */
bool vneid_faults_parse(struct str text, unsigned *out);

struct vneid_sim_options {
    int port;                          /* 0: any */
    unsigned faults;                   /* enum vneid_fault, or-ed */
    const char *people;                /* demo-people.csv of a pack */
    struct str client_id, secret;      /* secret none: any client is believed */
    int slow_ms;                       /* how long a slow answer waits; 0 = 8000 */
    const struct embedded_file *files; /* style of its page; may be NULL */
    struct instant (*clock)(void *);   /* NULL: the machine's */
    void *clock_ctx;
};

struct vneid_sim;
int vneid_sim_open(const struct vneid_sim_options *o, struct vneid_sim **out, struct err *e);
int vneid_sim_port(const struct vneid_sim *s);
void vneid_sim_fault(struct vneid_sim *s, unsigned faults);
void vneid_sim_rotate(struct vneid_sim *s); /* new keys under new names; the old ones are not published any more */
/* The same key name for another key: what a careless provider does. */
void vneid_sim_reuse_kid(struct vneid_sim *s);
/* A logout token about a person (number) or none, as it would be posted to the relying party. */
struct str vneid_sim_logout_token(struct vneid_sim *s, struct arena *a, struct str pid);
/* What it calls its n-th person. */
struct str vneid_sim_subject(struct vneid_sim *s, struct arena *a, int person);
/* For a stand-in of another part of VNeID beside this one: its n-th person, and a token under its key; spoiled: with one bit turned. */
struct vneid_sim_person {
    struct str pid, name, born, sex;
};
bool vneid_sim_person_at(const struct vneid_sim *s, size_t i, struct vneid_sim_person *out);
struct str vneid_sim_sign(struct vneid_sim *s, struct arena *a, const char *type, bool spoiled, struct str claims);
struct vneid_sim_counts {
    int64_t authorize, token, userinfo, jwks, basic, post, bearer_header, bearer_body, logout;
};
void vneid_sim_counts(struct vneid_sim *s, struct vneid_sim_counts *out);
void vneid_sim_close(struct vneid_sim *s); /* NULL-safe */
/* A password out of a file, for .secret. */
int vneid_sim_secret(struct arena *a, const char *path, struct str *out, struct err *e);

struct cli;
int vneid_sim_main(struct cli *c, struct err *e); /* bon sim vneid: runs until SIGINT or SIGTERM */
extern const struct cli_option vneid_sim_cli_options[];

#endif
