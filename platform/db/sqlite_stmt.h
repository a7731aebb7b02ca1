/* sqlite_stmt.h: the part of lite_ops that sqlite_stmt.c fills; shapes as in struct db_ops. */
#ifndef BON_PLATFORM_DB_SQLITE_STMT_H
#define BON_PLATFORM_DB_SQLITE_STMT_H

#include "platform/db/db_internal.h"

struct db_cursor *lite_prepare(struct dbr *r, const struct db_stmt *s, struct err *e);
void lite_unprepare(struct db_cursor *c);
void lite_bind_null(struct db_cursor *c, int i);
void lite_bind_bytes(struct db_cursor *c, int i, const char *p, size_t n, bool text);
void lite_bind_int(struct db_cursor *c, int i, int64_t v);
void lite_bind_real(struct db_cursor *c, int i, double v);
int lite_step(struct db_cursor *c, struct err *e);
void lite_reset(struct db_cursor *c);
int64_t lite_inserted(struct db_cursor *c);
bool lite_is_null(const struct db_cursor *c, int i);
struct str lite_peek(const struct db_cursor *c, int i);
struct str lite_bytes(const struct db_cursor *c, int i, bool text, struct arena *a);
bool lite_blob_into(const struct db_cursor *c, int i, void *p, size_t n);
int64_t lite_integer(const struct db_cursor *c, int i);
double lite_real(const struct db_cursor *c, int i);

#endif
