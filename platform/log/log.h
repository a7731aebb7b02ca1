/* log.h: one JSON object a line on a file descriptor, for people with `bon log` and for machines. No personal numbers, names,
 * tokens or passwords enter a log; ids of records do. Thread-safe: a line is one write(2).
 */
#ifndef BON_PLATFORM_LOG_H
#define BON_PLATFORM_LOG_H

#include "base/err.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct log {
    int fd;
    enum log_level least;
};

struct log_field {
    const char *name;
    struct str value;
};
#define LF(name, value) ((struct log_field){ (name), (value) })

/* fields ends with a name of NULL. event is noun.verb; LOG needs at least one field:
 * LOG(l, LOG_INFO, "serve.started", LF("address", a)) passes { {"address", a}, {NULL} }. */
void log_write(const struct log *l, enum log_level level, const char *event, const struct log_field *fields);
#define LOG(l, level, event, ...) \
    log_write((l), (level), (event), (const struct log_field[]){ __VA_ARGS__, { NULL, { NULL, 0 } } })
void log_err(const struct log *l, enum log_level level, const char *event, struct str id, const struct err *e);

#endif
