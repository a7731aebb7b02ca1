/* sqlc.h: what the compiler's files share. A run reads migrations and queries (already in memory), complains about all it
 * finds wrong, and ends with two texts: a C header and a C source. Everything lives in the run's arena.
 */
#ifndef BON_TOOLS_SQLC_H
#define BON_TOOLS_SQLC_H

#include "base/buf.h"
#include "platform/db/db.h"

struct sqlite3;

/* One file of SQL: the path as it is shown in messages, and its bytes. */
struct source {
    const char *path;
    struct str text;
};

struct sources {
    struct source *v;
    size_t n, room;
};

struct sqlc_job {
    const char *module;
    const char *include_as;  /* how the C source includes the header */
    const char *source_path; /* where the C source goes: for #line */
    struct sources earlier;  /* migrations of the modules before this one, in order */
    struct sources own;      /* this module's migrations, in order */
    struct source queries;   /* .path == NULL: the module has none */
};

/* ---- lex.c ---- */
enum { FOR_SQLITE = 1 << DB_SQLITE, FOR_POSTGRES = 1 << DB_POSTGRES, FOR_BOTH = FOR_SQLITE | FOR_POSTGRES };

enum token_kind { T_SPACE, T_COMMENT, T_WORD, T_QUOTED, T_STRING, T_NUMBER, T_PARAM, T_OP };

struct token {
    enum token_kind kind;
    struct str s;
    int line;
    unsigned engines;                 /* FOR_… : which engine's text it belongs to */
    const char *instead[DB_ENGINES_]; /* what the engine reads in its place; NULL: s */
    const char *before, *after;       /* what PostgreSQL reads around it; NULL: nothing */
};

struct tokens {
    struct token *v;
    size_t n, room;
};

/* The tokens that mean something to one engine: no space, no comment. */
struct view {
    struct token **v;
    size_t n, room;
};

/* ---- types.c ---- */
struct type_class {
    const char *enum_name; /* "DB_PID" */
    const char *c_type;    /* "struct pid" */
    const char *verb;      /* db_bind_<verb>, db_<verb> */
    enum db_type stored;   /* DB_TEXT, DB_INT, DB_REAL or DB_BLOB */
    bool by_pointer;       /* db_bind_<verb> takes a pointer */
    bool has_none;         /* the C value itself can say "no value" */
    bool in_arena;         /* db_<verb> copies into an arena */
};
struct type_name {
    const char *name;
    enum db_type type;
};
const struct type_name *type_named(struct str name); /* NULL: not one of ours */
const struct type_class *type_class(enum db_type t);
const char *type_word(enum db_type t); /* the first of its names, for messages */
const char *type_pg(enum db_type t); /* PostgreSQL's base type: text, bigint, double precision, bytea */
const char *type_names(void);        /* all, for messages */

/* ---- statements ---- */
enum kind { KIND_EXEC, KIND_ID, KIND_ONE, KIND_MANY, KIND_EACH };

struct param {
    struct str name;
    const struct type_name *type;
    bool said; /* the text says the type with ::type */
    bool nullable;
    int line;
    unsigned used; /* FOR_… */
};

struct column {
    struct str name;
    enum db_type type;
    bool nullable;
};

struct out_line { /* -- out: name type? */
    struct str name;
    const struct type_name *type;
    bool nullable, used;
    int line;
};

struct row_line { /* -- row: name, or -- row: struct name in header */
    struct str name;
    struct str header; /* STR_NONE: sqlc makes the struct */
    bool said;         /* not said: the statement's own name */
    int line;
};

struct sql_text {
    struct token *v; /* n tokens of queries.sql; NULL: this engine has no text yet */
    size_t n;
    bool shared; /* the same piece of the file serves both engines */
};

struct statement {
    struct str name;
    enum kind kind;
    int line;
    struct str doc;
    bool all; /* -- all: why */
    VEC(struct out_line) outs;
    struct row_line row;
    struct sql_text text[DB_ENGINES_];
    struct view view[DB_ENGINES_];
    VEC(struct param) params;
    VEC(struct column) columns;
    const struct statement *model; /* the first statement with this row: its struct stands for all of them */
    struct str tag;                /* of that struct: "guests_row", or what a person called it */
    bool writes, variant;
    struct str sql[DB_ENGINES_];
};

struct table_place {
    struct str name;
    const char *path;
    int line;
};

/* One line of SQL that was rendered: where each token's line begins in it, to lead SQLite's offsets back to the file. */
struct place {
    size_t at;
    int line;
};
struct places {
    struct place *v;
    size_t n, room;
};

struct migration {
    const char *path;
    int number;
    struct str sql[DB_ENGINES_];
};

/* ---- one run ---- */
struct sqlc {
    struct arena *a;
    const struct sqlc_job *job;
    struct sqlite3 *db;
    struct buf complaints; /* path:line: error: …, one a line */
    int n_complaints;
    VEC(struct table_place) tables;
    VEC(struct migration) migrations; /* all, this module's last */
    size_t n_earlier;                 /* how many of them are not this module's */
    VEC(struct statement) statements;
    int parts;    /* pieces of migrations that one engine alone reads */
    int variants; /* statements whose texts differ */
    struct str header, source;
};

/* Compiles the job: q->header and q->source. 0, or -1 with q->complaints. The SQLite database of the run is closed again. */
int sqlc_run(struct sqlc *q, struct arena *a, const struct sqlc_job *job);

/* Adds one message. The run goes on, so that one build shows all that is wrong. */
void complain(struct sqlc *q, const char *path, int line, const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* lex.c */
bool lex(struct sqlc *q, const struct source *src, struct tokens *out);
/* Follows the marks -- @sqlite, -- @postgres, -- @both. per_statement: a mark ends with its statement. Gives the number of
 * pieces that one engine alone reads. */
int mark_engines(struct tokens *t, bool per_statement);
struct view view_of(struct arena *a, struct token *v, size_t n, enum db_engine engine);
bool is_word(const struct token *t, const char *word); /* any case; NULL-safe */
bool is_op(const struct token *t, const char *op);     /* NULL-safe */
struct token *view_at(const struct view *v, size_t i); /* NULL past the end */
struct str comment_text(const struct token *t);        /* without -- and blanks */

/* migrate.c */
void migrations_read(struct sqlc *q);
/* CAST(x AS integer) and the like: PostgreSQL's word for the type. */
void mark_casts(struct view *v);

/* schema.c */
bool schema_open(struct sqlc *q);
void schema_apply(struct sqlc *q);
void schema_close(struct sqlc *q);
bool schema_has_table(struct sqlc *q, struct str name);
struct str schema_sql_of_view(struct sqlc *q, struct str name); /* STR_NONE: not a view */

/* queries.c */
void queries_read(struct sqlc *q);

/* params.c */
void params_collect(struct sqlc *q, struct statement *s);
struct str render(struct sqlc *q, const struct statement *s, enum db_engine engine, struct places *places);

/* items.c: the list of output columns as it is written */
struct item {
    size_t from, to; /* of the view: the expression, [from, to) */
    struct str name; /* after AS, or the column's own; STR_NONE when it has none */
    bool plain;      /* a column's name and nothing else */
    bool as;         /* AS name stands behind it */
};
struct items {
    struct item *v;
    size_t n, room;
};
/* Place of a word that stands in no parentheses, from `at` on; v->n when there is none. */
size_t find_outside(const struct view *v, size_t at, const char *word);

/* The output list of the arm'th SELECT of the statement (UNION has several), or of RETURNING. False: there is none. */
bool items_of(struct arena *a, const struct view *v, size_t arm, struct items *out);
struct token *
view_verb(const struct view *v); /* SELECT, INSERT, UPDATE, DELETE: what the statement does; NULL: none of them */
size_t view_close(const struct view *v, size_t open); /* index of the parenthesis that closes the one at open, or v->n */

/* check.c: what the text itself shows */
bool statement_check(struct sqlc *q, struct statement *s);

/* outer.c: tables whose rows may be missing in a join */
struct names {
    struct str *v;
    size_t n, room;
};
struct names outer_tables(struct sqlc *q, const struct statement *s, const struct names *used);

/* analyse.c: what SQLite knows about the statement */
void statement_analyse(struct sqlc *q, struct statement *s);

/* rows.c: statements that share a row */
void rows_share(struct sqlc *q); /* once all statements are analysed */
bool row_gives(const struct statement *s);

/* emit_header.c, emit_source.c */
struct str emit_header(struct sqlc *q);
struct str emit_source(struct sqlc *q);
void emit_signature(struct buf *b, const struct statement *s);
struct str field_name(struct arena *a, struct str column); /* "default" -> "default_" */
bool has_flag(enum db_type type, bool nullable);           /* a bool has_x stands beside it */
void emit_fields(struct buf *b, const struct statement *s); /* the members of the row */
const char *source_name(const char *path);                 /* without leading ../ */
enum { EMIT_MAX = 16 << 20 };

/* pg.c */
/* Applies all migrations to a PostgreSQL and prepares every statement there, inside a transaction that is rolled back. Run
 * after sqlc_run. 0, or -1 with q->complaints. */
int check_pg(struct sqlc *q, const char *conninfo);

#endif
