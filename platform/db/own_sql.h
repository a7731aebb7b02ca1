/* own_sql.h: the statements platform/db itself needs; all other SQL of the program stands in queries.sql files. */
#ifndef BON_PLATFORM_DB_OWN_SQL_H
#define BON_PLATFORM_DB_OWN_SQL_H

#include "platform/db/db.h"

extern const struct db_stmt schema_migrations_stmt;    /* out: module, number; in order */
extern const struct db_stmt schema_migration_add_stmt; /* in: module, number, applied_at */
extern const struct db_stmt schema_indexes_stmt;       /* out: name, text: dropped for a bulk load, not yet built again */
extern const struct db_stmt schema_index_add_stmt;     /* in: name, text */
extern const struct db_stmt schema_index_remove_stmt;  /* in: name */
extern const struct db_stmt secondary_indexes_stmt;    /* in: table. out: name, text of every index that no constraint owns */
extern const struct db_stmt tables_stmt;               /* out: name */

extern const struct db_stmt pg_database_stmt; /* PostgreSQL only. out: collation, encoding, server's version number */
extern const char *const pg_session_sql, *const pg_migration_lock_sql, *const pg_explain_begin_sql;

extern const char *const schema_sql[DB_ENGINES_]; /* makes the tables above when they are missing */
extern const char *const migrate_begin_sql[DB_ENGINES_];

#endif
