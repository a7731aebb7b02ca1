/* types.c: the column types of platform/db/db.h, by name and by class. */
#include "tools/sqlc/sqlc.h"

static const struct type_class classes[] = {
    [DB_TEXT] = { "DB_TEXT", "struct str", "text", DB_TEXT, .has_none = true, .in_arena = true },
    [DB_INT] = { "DB_INT", "int64_t", "int", DB_INT },
    [DB_REAL] = { "DB_REAL", "double", "real", DB_REAL },
    [DB_BLOB] = { "DB_BLOB", "struct str", "blob", DB_BLOB, .has_none = true, .in_arena = true },
    [DB_BOOL] = { "DB_BOOL", "bool", "bool", DB_INT },
    [DB_PID] = { "DB_PID", "struct pid", "pid", DB_TEXT, .by_pointer = true, .has_none = true },
    [DB_UNIT] = { "DB_UNIT", "struct unit_code", "unit", DB_TEXT, .by_pointer = true, .has_none = true },
    [DB_DAY] = { "DB_DAY", "struct day", "day", DB_TEXT },
    [DB_BIRTH] = { "DB_BIRTH", "struct birth", "birth", DB_TEXT, .has_none = true },
    [DB_INSTANT] = { "DB_INSTANT", "struct instant", "instant", DB_INT },
    [DB_MONEY] = { "DB_MONEY", "struct money", "money", DB_INT },
    [DB_HASH] = { "DB_HASH", "struct hash32", "hash", DB_BLOB, .by_pointer = true },
};

static const struct type_name names[] = {
    { "text", DB_TEXT },      { "integer", DB_INT },      { "id_int", DB_INT },          { "real", DB_REAL },
    { "blob", DB_BLOB },      { "bool_int", DB_BOOL },    { "pid_text", DB_PID },        { "unit_text", DB_UNIT },
    { "day_text", DB_DAY },   { "birth_text", DB_BIRTH }, { "instant_int", DB_INSTANT }, { "money_int", DB_MONEY },
    { "hash_blob", DB_HASH },
};

const struct type_name *type_named(struct str name)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_nocase(name, str_of(names[i].name)))
            return &names[i];
    return NULL;
}

const char *type_word(enum db_type t)
{
    size_t i = 0;
    while (names[i].type != t)
        i++;
    return names[i].name;
}

const struct type_class *type_class(enum db_type t)
{
    return &classes[t];
}

const char *type_pg(enum db_type t)
{
    static const char *const words[] = {
        [DB_TEXT] = "text", [DB_INT] = "bigint", [DB_REAL] = "double precision", [DB_BLOB] = "bytea"
    };
    return words[classes[t].stored];
}

const char *type_names(void)
{
    return "text integer id_int real blob bool_int pid_text unit_text day_text birth_text instant_int money_int hash_blob";
}
