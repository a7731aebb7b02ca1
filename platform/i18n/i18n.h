/* i18n.h: Vietnamese is the text in the source; English is looked up by it. i18nc collects MSG("…") and {{_ …}}, checks
 * po/en.po (missing, stale or placeholder-mismatched entries fail the build) and emits one sorted table.
 * Placeholders are named: "Còn {n} khách chưa gửi".
 */
#ifndef BON_PLATFORM_I18N_H
#define BON_PLATFORM_I18N_H

#include "base/buf.h"

enum lang { LANG_VI, LANG_EN };

struct i18n_entry {
    struct str vi, en;
};

/* The text in that language; the Vietnamese itself when it has no translation (texts that are data, names). */
struct str tr(enum lang lang, struct str vi);

/* tr, then {name} replaced by values: tr_fill(b, lang, MSGS("Còn {n} khách"), "n", str, NULL). Values are plain text. */
struct tr_arg {
    const char *name;
    struct str value;
};
struct str tr_fill(struct arena *a, enum lang lang, struct str vi, const struct tr_arg *args, size_t n_args);

bool lang_parse(struct str s, enum lang *out); /* "vi", "en", also as an Accept-Language header */
const char *lang_tag(enum lang l);             /* "vi", "en" */

#endif
