/* agencies.h: the province's agencies: what they are called, how papers abbreviate them, from when to when they exist, and who
 * took over from whom. An agency is known by its code ("so-tttt"), which outlives its names.
 *
 * A succession is a recorded act (from, to, day, decree). It moves what modules hold of the agency (struct succession_part in
 * their contracts) in one transaction, reports it row by row, and can be undone as long as nothing it touched has changed since.
 */
#ifndef BON_ENGINES_AGENCIES_H
#define BON_ENGINES_AGENCIES_H

#include "platform/http/module.h"

#define AGENCIES_REORGANISE "agencies.reorganise"

struct agency {
    struct str code, name, short_name;
    struct str kind;         /* department, police, district …: agency_kind_label */
    struct str parent;       /* code, or none */
    struct day since, until; /* until is exclusive; 9999-12-31: no end recorded */
};
struct agency_list {
    struct agency *v;
    size_t n;
};

int agency_by_code(struct dbr *r, struct arena *a, struct str code, struct agency *out, struct err *e); /* 1 0 -1 */
int agencies_on(struct dbr *r, struct arena *a, struct day on, struct agency_list *out, struct err *e);
int agencies_ever(struct dbr *r, struct arena *a, struct agency_list *out, struct err *e);
bool agency_in_force(const struct agency *g, struct day on);
struct str agency_kind_label(struct str kind); /* MSG */

/* What law has decided about an agency and nobody has recorded here yet. */
struct agency_expected {
    struct str successor, successor_name, source; /* successor empty: it ends without one */
    struct day on;
};
struct agency_expected_list {
    struct agency_expected *v;
    size_t n;
};
/* The same over all agencies, those whose day comes first before the others. */
struct agency_open {
    struct str code, name;
    struct agency_expected expected;
};
struct agency_open_list {
    struct agency_open *v;
    size_t n;
};
int agencies_open(struct dbr *r, struct arena *a, struct agency_open_list *out, struct err *e);
int agency_successors_expected(struct dbr *r, struct arena *a, struct str code, struct agency_expected_list *out,
                               struct err *e);

/* Codes and all names of the agencies of one day, for matching text without asking the database again. */
struct agency_name {
    struct str key, alias, code; /* key: alias folded */
};
struct agency_names {
    struct agency_name *v;
    size_t n;
};
int agency_names_on(struct dbr *r, struct arena *a, struct day on, struct agency_names *out, struct err *e);

/* Which agency a paper means by "CA TỈNH", "Sở VHNT&DL" or a code. 1 found, 0 not, -1 failed. ERR_CONFLICT: two have that name. */
int agency_named(struct dbr *r, struct arena *a, struct str text, struct day on, struct agency *out, struct err *e);

struct agency_codes {
    struct str *v;
    size_t n;
};
/* All agencies that a phrase names ("CA tỉnh, Sở VH-TT&DL và các cơ quan liên quan"), in its order, each once. */
void agencies_in_text(struct arena *a, const struct agency_names *names, struct str text, struct agency_codes *out);

/* ---- succession ---- */
struct succession_new {
    struct str from, to;
    struct day on;
    struct str decree;
    struct str covers; /* empty: everything, and `from` ends on that day; else see struct succession */
};
struct audit_record;

struct succession_act {
    int64_t id;
    struct str from, from_name, to, to_name, decree, covers;
    struct day on;
    bool undone;
};
struct succession_list {
    struct succession_act *v;
    size_t n;
};
/* Acts in which an agency gave or took, newest first. */
int agency_successions(struct dbr *r, struct arena *a, struct str code, struct succession_list *out, struct err *e);

int agency_succession_by_id(struct dbr *r, struct arena *a, int64_t id, struct succession_act *out, struct err *e); /* 1 0 -1 */
int agency_successions_all(struct dbr *r, struct arena *a, struct succession_list *out, struct err *e); /* the newest two hundred */

/* What an act moved, or would move, row by row in the order of the modules. */
struct succession_change {
    struct str module, object;
    struct str was, became; /* the module's own words */
};
struct succession_changes {
    struct succession_change *v;
    size_t n;
};
int agency_succession_rows(struct dbr *r, struct arena *a, int64_t id, struct succession_changes *out, struct err *e);
/* The act itself at the door, given up before it is kept: what is told is what would happen. Blocks; for a slow route's prepare. */
int agencies_preview(const struct app *app, struct db *db, struct arena *a, const struct succession_new *in,
                     const struct audit_record *by, struct succession_changes *out, struct err *e);
/* Hexadecimal; the same rows give the same mark. Leaves out what a new row's number is part of. */
struct str succession_mark(struct arena *a, const struct succession_changes *changes);
/* The page on which an agency's duties are handed over, and that of an act. */
struct str agencies_reorganise_path(struct arena *a, struct str from);
struct str agencies_act_path(struct arena *a, int64_t id);

/* Moves and records. `by`: who, for the log (audit_of, or a command's own). Refuses with a sentence: unknown agency, one that is
 * not in force, itself, no decree. */
int agencies_succeed(const struct app *app, struct tx *tx, struct arena *a, const struct succession_new *in,
                     const struct audit_record *by, int64_t *id, struct err *e);

/* Puts back row by row. ERR_CONFLICT with a sentence when already undone, or when something it touched has changed since (the
 * detail names the module). Afterwards every fingerprint equals the one before the act, or the write fails. */
int agencies_undo(const struct app *app, struct tx *tx, struct arena *a, int64_t id, const struct audit_record *by,
                  struct err *e);

/* `bon agencies succeed A B` and `bon agencies undo N`, for other engines' tables of commands. */
extern const struct cli_option agencies_succeed_options[];
int agencies_succeed_command(struct cli *c, struct err *e);
int agencies_undo_command(struct cli *c, struct err *e);

extern const struct module agencies_module;

#endif
