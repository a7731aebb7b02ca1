/* load.c: the pack's agencies into a new store. What the pack knows about later successors is kept as expected only: nothing
 * moves before somebody records the decree here.
 */
#include "base/text.h"
#include "base/vec.h"
#include "engines/agencies/inside.h"
#include "engines/people/pack.h"

enum { CODE, NAME, SHORT_NAME, KIND, PARENT, VALID_FROM, VALID_UNTIL, SUCCESSORS, UNTIL_SOURCE, ALIASES, COLUMNS };
static const char *const columns[COLUMNS] = { "code",       "name",        "short_name", "kind",         "parent",
                                              "valid_from", "valid_until", "successors", "until_source", "aliases" };

enum { LOAD_ARENA = 4 << 20 };

struct expected {
    struct str agency, successors, source;
    struct day on;
};
struct loading {
    struct arena *arena;
    struct pack_list list;
    VEC(struct expected) expected; /* written last: a successor may stand below its predecessor */
};

static int put_alias(struct tx *tx, struct arena *a, struct str code, struct str alias, struct err *e)
{
    struct agency_alias_insert_in in = { .key = text_fold(a, alias), .agency = code, .alias = alias };
    return alias.n ? agency_alias_insert(tx, &in, NULL, e) : 0;
}

static int put_aliases(struct tx *tx, const struct loading *l, struct str code, struct err *e)
{
    struct str rest = pack_cell(&l->list, ALIASES), alias;
    if (put_alias(tx, l->arena, code, pack_cell(&l->list, NAME), e) ||
        put_alias(tx, l->arena, code, pack_cell(&l->list, SHORT_NAME), e))
        return -1;
    while (str_cut(&rest, '|', &alias))
        if (put_alias(tx, l->arena, code, alias, e))
            return -1;
    return 0;
}

static int put_agency(struct tx *tx, struct loading *l, struct err *e)
{
    struct str until = pack_cell(&l->list, VALID_UNTIL), parent = pack_cell(&l->list, PARENT);
    struct str code = str_dup(l->arena, pack_cell(&l->list, CODE));
    struct agency_insert_in in = { .code = code,
                                   .name = pack_cell(&l->list, NAME),
                                   .short_name = pack_cell(&l->list, SHORT_NAME),
                                   .kind = pack_cell(&l->list, KIND),
                                   .parent = parent.n ? parent : STR_NONE };
    struct expected x = { .agency = code,
                          .successors = str_dup(l->arena, pack_cell(&l->list, SUCCESSORS)),
                          .source = str_dup(l->arena, pack_cell(&l->list, UNTIL_SOURCE)) };
    day_from_ymd(9999, 12, 31, &in.until);
    if (!code.n || !in.name.n || !day_parse_iso(pack_cell(&l->list, VALID_FROM), &in.since) ||
        (until.n && !day_parse_iso(until, &x.on)))
        return pack_refuse(&l->list, e, "code, name or day");
    if (until.n)
        *vec_push(l->arena, &l->expected) = x;
    return agency_insert(tx, &in, NULL, e) || put_aliases(tx, l, code, e) ? -1 : 0;
}

static int put_expected(struct tx *tx, const struct expected *x, struct err *e)
{
    struct str rest = x->successors, successor;
    while (str_cut(&rest, ' ', &successor)) {
        struct agency_expected_insert_in in = { x->agency, successor, x->on, x->source };
        if (agency_expected_insert(tx, &in, NULL, e))
            return -1;
    }
    return 0;
}

static int put_all(struct tx *tx, void *arg, struct err *e)
{
    struct loading *l = arg;
    int got;
    tx_unaudited(tx, "the pack's list of agencies names nobody");
    while ((got = pack_list_next(&l->list, e)) == 1)
        if (put_agency(tx, l, e))
            return -1;
    for (size_t i = 0; got == 0 && i < l->expected.n; i++)
        got = put_expected(tx, &l->expected.v[i], e);
    return got;
}

static int is_empty(struct db *db, struct arena *a, bool *yes, struct err *e)
{
    struct dbr *r;
    struct agencies_count_row row = { 0 };
    if (db_read_begin(db, &r, e))
        return -1;
    int got = agencies_count(r, a, &row, e);
    db_read_end(r);
    *yes = row.n == 0;
    return got < 0 ? -1 : 0;
}

static int load(struct db *db, struct arena *a, const char *pack_dir, struct err *e)
{
    bool empty;
    struct loading l = { .arena = a };
    if (is_empty(db, a, &empty, e))
        return -1;
    if (!empty)
        return 0;
    if (pack_list_open(a, pack_dir, "agencies.csv", columns, COLUMNS, &l.list, e))
        return -1;
    return db_write(db, put_all, &l, e);
}

int agencies_load(struct db *db, const char *pack_dir, struct err *e)
{
    struct arena a;
    arena_init(&a, LOAD_ARENA);
    int failed = load(db, &a, pack_dir, e);
    arena_release(&a);
    return failed;
}
