/* apps.h: the desk where an agency registers an app that people sign in through, and where somebody else looks at it before it may ask
 * anybody anything. What the provider needs is the provider's (engines/signon); here is who asked, why, what was decided, what ends soon.
 *
 * Before it is reviewed an app does nothing. Afterwards a change of what it may ask or where it sends people waits for a review again,
 * while the app goes on as it was; secrets and keys are changed by the owner at once, since a lost one cannot wait.
 */
#ifndef BON_ENGINES_APPS_H
#define BON_ENGINES_APPS_H

#include "engines/agencies/agencies.h"
#include "engines/signon/signon.h"
#include "gen/apps_queries.h"
#include "platform/html/components.h"

#define APP_OWN    "app.own"    /* register and keep one's agency's apps */
#define APP_REVIEW "app.review" /* approve, return, suspend */
#define APP_READ   "app.read"   /* either */

/* ---- what the form says, as metadata: metadata.c ---- */
/* Builds metadata from the request's form; `keep`: the app as it is, whose keys stay. Refuses beside the field that is wrong. */
int app_metadata(struct req *q, struct str owner, const struct signon_client *keep, struct str *json, struct err *e);
/* The same app with other keys; refuses private ones. */
int app_metadata_with_keys(struct req *q, const struct signon_client *now, struct str jwks, struct str *json, struct err *e);
/* Has the app something that this form does not know? Then it is not edited here. */
bool app_has_more(const struct signon_client *c);

/* ---- views ---- */
struct app_line {
    struct apps_list_row row;
    enum client_status status;
    struct str state; /* MSG */
    enum tag_kind tag;
};
/* The last whole sign-in that this program tried by itself. */
struct probe_last {
    bool ran, good;
    struct instant at;
};
struct apps_view {
    struct probe_last probe;
    VEC(struct app_line) apps;
    struct app_warnings_rows warnings;
    bool may_own, may_review;
};
struct app_view {
    struct app_row_row row;
    struct signon_client now, pending; /* pending.id none: no change waits */
    bool has_pending;
    enum client_status status;
    struct signon_secrets secrets;
    struct app_history_rows history;
    struct app_warnings_rows warnings; /* of this app */
    bool may_own, may_review, waits;   /* waits: for the reviewer */
    struct str key, secret;            /* secret: shown once */
    struct instant moment;
};
struct app_form_view {
    struct str key, action, title;
    struct signon_client now; /* id none: a new app */
    struct str contact;
    struct str agency; /* name of the agency that asks */
};

/* ---- for templates ---- */
struct str app_state(const struct app_row_row *row, enum client_status s); /* MSG */
struct str app_act_label(struct str act);                                  /* MSG */
struct str app_auth_label(enum client_auth auth);                          /* MSG */
struct str app_lines(struct arena *a, const struct str_list *l);           /* one a line */
struct str app_words(struct arena *a, const struct str_list *l);           /* by commas */
struct str app_spaced(struct arena *a, const struct str_list *l);          /* by spaces, as the protocol does */
struct str app_thing_label(struct str thing);                              /* MSG */
enum tag_kind app_tag(enum client_status s, bool waits);
bool app_asks(const struct signon_client *c, const char *scope);
struct day app_last_day(struct day valid_until);                              /* the register's end is exclusive */
struct str app_last_day_typed(struct html *h, const struct app_form_view *v); /* for the control */
struct str app_auth_value(const struct app_form_view *v);
struct field_view app_fapi_field(struct html *h, const struct app_form_view *v);
struct choice_view {
    const struct choice *v;
    bool chosen[8];
    size_t n;
};
struct choice_view app_scope_choices(struct html *h,
                                     const struct signon_client *now); /* what was typed, else what it asks for */

extern const struct form app_form, app_review_form, app_stop_form, app_secret_end_form, app_keys_form, app_empty_form;

int app_of_request(struct req *q, const char *permission, struct app_row_row *out,
                   struct err *e); /* 404 for other agencies' */

route_read_fn apps_get, app_new_get, app_get, app_edit_get, app_secret_reply, to_app;
route_prepare_fn app_new_prepare, app_change_prepare, app_keys_prepare, app_own_prepare, app_review_prepare;
route_write_fn app_new_write, app_change_write, app_keys_write, app_secret_write, app_secret_end_write, app_review_write,
    app_stop_write;

/* The page of an app with a secret that is shown this once. */
int app_page_with_secret(struct req *q, struct res *s, struct str secret, struct err *e);
int app_note(struct tx *tx, const struct req *q, struct str client, const char *act, struct str note, struct err *e);

int apps_warn_job(struct job_run *j, struct err *e);

/* ---- the whole way in, tried once a minute: probe.c ---- */
int apps_start(struct app *app, struct err *e);
int apps_probe_job(struct job_run *j, struct err *e);
int apps_probe_health(struct app *app, struct err *e);
void apps_probe_last(struct app *app, struct probe_last *out);
int apps_probe_good(struct app *app, struct arena *a, double *out, struct err *e);
int apps_probe_seconds(struct app *app, struct arena *a, double *out, struct err *e);

extern const struct module apps_module;

#endif
