/* tidy.h: the parts of tools/tidy, for its main and its tests. */
#ifndef BON_TOOLS_TIDY_H
#define BON_TOOLS_TIDY_H

#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"

struct str_list {
    struct str *v;
    size_t n, room;
};

/* What an engine or a model says of itself. */
struct unit {
    struct str dir; /* "engines/stays" */
    bool declares;  /* it has a module.c with .needs */
    struct str_list needs;
};

struct table {
    struct str name, dir; /* "stay_guest", "engines/stays" */
};
/* Statements of one directory that name tables of another. */
struct borrowed {
    struct str by, from; /* directories */
    int64_t n, last;     /* last: number of the statement counted last */
    int line;
};

struct statement {
    struct str name, path;
    int line;
};

struct tidy {
    struct arena *arena;
    struct buf out; /* "path:line: what is wrong", one a line */
    size_t complaints;
    struct str_list engines; /* engines/LIST, in order */
    struct {
        struct unit *v;
        size_t n, room;
    } units;
    struct {
        struct table *v;
        size_t n, room;
    } tables;
    struct {
        struct borrowed *v;
        size_t n, room;
    } borrowed, found; /* those that tools/tidy/borrowed lets be; those there are */
    struct {
        struct statement *v;
        size_t n, room;
    } statements;
    struct map words; /* of all C, without comments and literals */
};

void tidy_init(struct tidy *t, struct arena *a);

/* line 0: the complaint is about the file or directory as a whole. */
void tidy_complain(struct tidy *t, struct str path, int line, const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* ---- what to read first: the order of the engines, and who needs whom ---- */
void tidy_read_list(struct tidy *t, struct str text);
void tidy_read_module(struct tidy *t, struct str path, struct str text); /* a module.c */

/* ---- whose tables: tables.c; migrations of all modules first, then statements ---- */
void tidy_read_migration(struct tidy *t, struct str path, struct str text);
void tidy_read_borrowed(struct tidy *t, struct str text);
void tidy_queries(struct tidy *t, struct str path, struct str text);
void tidy_tables(struct tidy *t); /* complains of what is more, or less, than the list says */

/* ---- who runs it: statements.c; needs the whole tree ---- */
void tidy_read_statements(struct tidy *t, struct str path, struct str text);
void tidy_read_words(struct tidy *t, struct str code);
void tidy_statements(struct tidy *t); /* complains of those that no C file names */

/* ---- every rule that looks at one file ---- */
bool tidy_wants(struct str path); /* whether any rule looks into a file of this name */
void tidy_file(struct tidy *t, struct str path, struct str text);

/* ---- every rule that looks at the list of files ---- */
void tidy_tree(struct tidy *t, const struct str_list *paths);

/* ---- the rules one by one ---- */
void tidy_lines(struct tidy *t, struct str path,
                struct str text); /* tabs, trailing spaces, width, length, unfinished work */
void tidy_include(struct tidy *t, struct str path, int line, struct str target);

/* C text taken apart. code has the length and the lines of the text, with comments and the insides of literals blanked out. */
struct literal {
    int line;
    struct str text; /* adjacent literals joined, escapes as written */
};
struct c_text {
    struct str code;
    struct {
        struct literal *v;
        size_t n, room;
    } literals;
};
struct c_text tidy_lex(struct arena *a, struct str text);
void tidy_c(struct tidy *t, struct str path, struct str text); /* includes, banned functions, SQL, changing globals */

#endif
