/* inside.h: shared by the engine's own files. */
#ifndef BON_ENGINES_SOURCES_INSIDE_H
#define BON_ENGINES_SOURCES_INSIDE_H

#include "engines/people/pack.h"
#include "engines/people/people.h"
#include "engines/sources/sources.h"

enum {
    SOURCE_MEMBERS_MAX = 40,
    SOURCE_VALUE_MAX = 500, /* bytes of one value */
    SOURCE_ANSWER_MAX = 16 << 10,
    SOURCE_TIMEOUT_MS = 4000,  /* of one question … */
    SOURCE_PATIENCE_MS = 8000, /* … and of all for one page */
    SOURCE_AGAIN_S = 60,       /* a source that was down is asked again after so long */
};

struct sources_state {
    struct pack_conf conf;
};
int sources_start(struct app *app, struct err *e);

/* ---- question.c, answer.c: the contract of README.md ---- */
struct source_question {
    struct str system, service, paper;
    struct pid pid;
    struct str name;
    struct birth born;
    struct str members[SOURCE_MEMBERS_MAX]; /* ascending, each once */
    size_t n;
};
void source_question_of(const struct service_def *def, const struct service_paper *p, const struct person *about,
                        struct source_question *out);
struct str source_question_json(struct arena *a, const struct source_question *q);
bool source_question_read(struct arena *a, struct str json, struct source_question *out);
struct str source_question_members(struct arena *a, const struct source_question *q); /* "name,sex" */
struct hash32 source_question_about(struct arena *a, const struct source_question *q);

struct source_answer {
    struct str body; /* canonical JSON of what was asked for, and no more */
    struct str mode;
    struct instant as_of;
};
/* Untrusted bytes. ERR_CONFLICT: it speaks of another person; ERR_SOURCE: anything else that is wrong, named in the detail. */
int source_answer_read(struct arena *a, struct str bytes, const struct source_question *q, struct instant now,
                       struct source_answer *out, struct err *e);
/* A snapshot of our own, in the same form. values[i] belongs to q->members[i]; none: left out. */
struct str source_snapshot(struct arena *a, const struct source_question *q, const struct str *values, struct instant as_of,
                           struct str mode);

/* ---- client.c ---- */
enum source_state source_ask_far(const struct app *app, struct arena *a, const struct source_question *q, struct instant now,
                                 struct source_answer *out);
/* ---- near.c: what lies in the same store ---- */
int source_ask_near(const struct app *app, struct dbr *r, struct arena *a, const struct source_question *q,
                    const struct person *about, struct str paper_name, struct instant now, enum source_state *state,
                    struct source_answer *out, struct err *e);

struct str source_system_of(const struct service_paper *p); /* STR_NONE: asked from nobody while filing */
bool source_is_near(struct str system);
int64_t source_oldest_us(const struct app *app, struct str system,
                         struct day on); /* how old an answer may be that is used */

extern const struct cli_command sources_commands[];
extern const struct job sources_jobs[];

#endif
