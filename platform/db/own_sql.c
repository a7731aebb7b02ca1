/* own_sql.c: see own_sql.h. */
#include "platform/db/own_sql.h"

static const enum db_type text_1[] = { DB_TEXT };
static const enum db_type text_2[] = { DB_TEXT, DB_TEXT };
static const enum db_type text_int[] = { DB_TEXT, DB_INT };
static const enum db_type text_int_instant[] = { DB_TEXT, DB_INT, DB_INSTANT };

#define BOTH(text) \
    {              \
        text, text \
    }
#define SOURCE "platform/db/own_sql.c"

const struct db_stmt schema_migrations_stmt = {
    .name = "schema_migrations",
    .sql = BOTH("SELECT module, number FROM schema_migration ORDER BY module, number"),
    .n_out = 2,
    .out = text_int,
    .source = SOURCE,
};

const struct db_stmt schema_migration_add_stmt = {
    .name = "schema_migration_add",
    .sql = { "INSERT INTO schema_migration (module, number, applied_at) VALUES (?1, ?2, ?3)",
             "INSERT INTO schema_migration (module, number, applied_at) VALUES ($1, $2, $3)" },
    .n_in = 3,
    .in = text_int_instant,
    .source = SOURCE,
    .writes = true,
};

const struct db_stmt schema_indexes_stmt = {
    .name = "schema_indexes",
    .sql = BOTH("SELECT name, definition FROM schema_index ORDER BY name"),
    .n_out = 2,
    .out = text_2,
    .source = SOURCE,
};

const struct db_stmt schema_index_add_stmt = {
    .name = "schema_index_add",
    .sql = { "INSERT INTO schema_index (name, definition) VALUES (?1, ?2)",
             "INSERT INTO schema_index (name, definition) VALUES ($1, $2)" },
    .n_in = 2,
    .in = text_2,
    .source = SOURCE,
    .writes = true,
};

const struct db_stmt schema_index_remove_stmt = {
    .name = "schema_index_remove",
    .sql = { "DELETE FROM schema_index WHERE name = ?1", "DELETE FROM schema_index WHERE name = $1" },
    .n_in = 1,
    .in = text_1,
    .source = SOURCE,
    .writes = true,
};

/* An index on which a primary key, a UNIQUE constraint or another table's foreign key rests stays where it is. */
const struct db_stmt secondary_indexes_stmt = {
    .name = "secondary_indexes",
    .sql = { "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?1 ORDER BY name",
             "SELECT i.indexname::text, i.indexdef::text FROM pg_indexes i "
             "WHERE i.schemaname = current_schema() AND i.tablename = $1 AND NOT EXISTS (SELECT 1 FROM pg_constraint c "
             "WHERE c.conindid = format('%I.%I', i.schemaname, i.indexname)::regclass) ORDER BY 1" },
    .n_in = 1,
    .in = text_1,
    .n_out = 2,
    .out = text_2,
    .source = SOURCE,
};

const struct db_stmt tables_stmt = {
    .name = "tables",
    .sql = { "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name",
             "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1" },
    .n_out = 1,
    .out = text_1,
    .source = SOURCE,
};

static const enum db_type text_text_int[] = { DB_TEXT, DB_TEXT, DB_INT };
const struct db_stmt pg_database_stmt = {
    .name = "pg_database",
    .sql = { "SELECT NULL, NULL, NULL WHERE false",
             "SELECT datcollate::text, pg_encoding_to_char(encoding)::text, current_setting('server_version_num')"
             " FROM pg_database WHERE datname = current_database()" },
    .n_out = 3,
    .out = text_text_int,
    .source = SOURCE,
};

/* A server that is set to answer before a commit is on its disk is overruled; stronger settings stay. */
const char *const pg_session_sql = "SET TimeZone = 'UTC'; SET client_min_messages = error; SET lock_timeout = '5s';"
                                   " SET standard_conforming_strings = on;"
                                   " SELECT set_config('synchronous_commit', 'on', false)"
                                   " WHERE current_setting('synchronous_commit') IN ('off', 'local')";

const char *const pg_migration_lock_sql = "SET lock_timeout = 0; SELECT pg_advisory_lock(51120230606)";

const char *const pg_explain_begin_sql = "BEGIN READ ONLY; SET LOCAL plan_cache_mode = force_generic_plan";

/* The domains are what a column's declared type means on PostgreSQL: SQLite reads the storage class from the same word. Two
 * servers may come here together, but only one holds the migration lock. */
const char *const schema_sql[DB_ENGINES_] = {
    "CREATE TABLE IF NOT EXISTS schema_migration (module text NOT NULL, number integer NOT NULL,"
    " applied_at instant_int NOT NULL, PRIMARY KEY (module, number)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS schema_index (name text NOT NULL PRIMARY KEY, definition text NOT NULL) WITHOUT ROWID;",

    "DO $$ BEGIN"
    " IF to_regtype('id_int') IS NULL THEN CREATE DOMAIN id_int AS bigint; END IF;"
    " IF to_regtype('bool_int') IS NULL THEN CREATE DOMAIN bool_int AS bigint CHECK (VALUE IN (0, 1)); END IF;"
    " IF to_regtype('instant_int') IS NULL THEN CREATE DOMAIN instant_int AS bigint; END IF;"
    " IF to_regtype('money_int') IS NULL THEN CREATE DOMAIN money_int AS bigint; END IF;"
    " IF to_regtype('pid_text') IS NULL THEN CREATE DOMAIN pid_text AS text CHECK (VALUE ~ '^[0-9]{12}$'); END IF;"
    " IF to_regtype('unit_text') IS NULL THEN CREATE DOMAIN unit_text AS text CHECK (length(VALUE) BETWEEN 1 AND 11); END "
    "IF;"
    " IF to_regtype('day_text') IS NULL THEN CREATE DOMAIN day_text AS text"
    "  CHECK (VALUE ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'); END IF;"
    " IF to_regtype('birth_text') IS NULL THEN CREATE DOMAIN birth_text AS text"
    "  CHECK (VALUE ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'); END IF;"
    " IF to_regtype('hash_blob') IS NULL THEN CREATE DOMAIN hash_blob AS bytea CHECK (octet_length(VALUE) = 32); END IF;"
    " END $$;"
    "CREATE TABLE IF NOT EXISTS schema_migration (module text NOT NULL, number bigint NOT NULL,"
    " applied_at instant_int NOT NULL, PRIMARY KEY (module, number));"
    "CREATE TABLE IF NOT EXISTS schema_index (name text NOT NULL PRIMARY KEY, definition text NOT NULL);",
};

const char *const migrate_begin_sql[DB_ENGINES_] = { "BEGIN EXCLUSIVE", "BEGIN" };
