#include "tests/scratch.h"

#include <ftw.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool scratch_directory(char path[TEST_DIRECTORY])
{
    char keys[TEST_DIRECTORY + 8];
    if (!test_directory(path, "test")) {
        perror(path);
        return false;
    }
    snprintf(keys, sizeof(keys), "%s/keys", path);
    return mkdir(keys, 0700) == 0;
}

static int remove_one(const char *path, const struct stat *s, int kind, struct FTW *where)
{
    (void)s, (void)kind, (void)where;
    return remove(path);
}

void scratch_remove(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void on_server(const char *command)
{
    PGconn *c = PQconnectdb(getenv("BON_TEST_DB"));
    PGresult *r = PQexec(c, command);
    if (PQresultStatus(r) != PGRES_COMMAND_OK) {
        fprintf(stderr, "BON_TEST_DB: %s: %s", command, PQerrorMessage(c));
        exit(2);
    }
    PQclear(r);
    PQfinish(c);
}

/* "postgresql:///bon?host=…" with another database in the place of "bon". */
static const char *with_database(struct arena *a, const char *address, const char *database)
{
    struct str all = str_of(address);
    ptrdiff_t path = str_find(all, STR(":///"));
    ptrdiff_t query = str_find_char(all, '?');
    if (path < 0 || query < path) {
        fprintf(stderr, "BON_TEST_DB is not of the form postgresql:///NAME?host=DIR: %s\n", address);
        exit(2);
    }
    return str_cstr(a, str_fmt(a, "%.*s%s%.*s", STR_ARG(str_head(all, (size_t)path + 4)), database,
                               STR_ARG(str_from(all, (size_t)query))));
}

const char *scratch_store(struct arena *a, const char *dir, char *database, size_t room)
{
    const char *server = getenv("BON_TEST_DB");
    char command[128];
    database[0] = '\0';
    if (!server || !*server)
        return str_cstr(a, str_fmt(a, "%s/bon.db", dir));
    snprintf(database, room, "bon_%.16s_%ld", strrchr(dir, '-') + 1, (long)getpid());
    for (char *p = database; *p; p++)
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p - 'A' + 'a');
    const char *template = getenv("BON_TEST_TEMPLATE");
    snprintf(command, sizeof(command), "CREATE DATABASE %s TEMPLATE %.40s", database, template ? template : "template0");
    on_server(command);
    return with_database(a, server, database);
}

const char *scratch_template(struct arena *a, const char *database)
{
    char command[128];
    snprintf(command, sizeof(command), "CREATE DATABASE %.40s TEMPLATE template0", database);
    on_server(command);
    return with_database(a, getenv("BON_TEST_DB"), database);
}

const char *scratch_store_again(struct arena *a, const char *dir, const char *database)
{
    return database[0] ? with_database(a, getenv("BON_TEST_DB"), database) : str_cstr(a, str_fmt(a, "%s/bon.db", dir));
}

void scratch_store_drop(const char *database)
{
    char command[128];
    if (!database[0])
        return;
    snprintf(command, sizeof(command), "DROP DATABASE %s WITH (FORCE)", database);
    on_server(command);
}
