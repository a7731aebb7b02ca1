/* script.c: what a citizen and an officer do, page by page. Both begin by signing in with their password. */
#include "bench/users/users.h"

#include <stdio.h>
#include <string.h>

static bool fine(struct user *u)
{
    (void)u;
    return true;
}

/* ---- signing in ---- */

static bool sign_in_get(struct user *u)
{
    user_get(u, "/sign-in");
    return true;
}

static bool sign_in_post(struct user *u)
{
    return user_post(u, "/sign-in", (const struct given[]) { { "login", u->login }, { "password", u->password }, { NULL, NULL } });
}

static bool signed_in(struct user *u)
{
    for (size_t i = 0; i < u->n_cookies; i++)
        u->signed_in = u->signed_in || strncmp(u->cookies[i], "bon_session=", 12) == 0;
    return u->signed_in;
}

static bool hats_get(struct user *u)
{
    user_get(u, "/hats");
    return true;
}

/* Whoever may act for others as well is asked for whom: for oneself, the first. */
static bool hats_post(struct user *u)
{
    char hat[WORD_ROOM];
    return page_text(u, "name=\"hat\" value=\"", hat, sizeof hat) &&
           user_post(u, "/hats", (const struct given[]) { { "hat", hat }, { NULL, NULL } });
}

/* ---- pages of both ---- */

static bool home(struct user *u)
{
    user_get(u, "/my-data"); /* where signing in leads a citizen */
    return true;
}

static bool services(struct user *u)
{
    static const char *const asked[] = { "khai+sinh", "tam+vang", "ket+hon", "can+cuoc", "ho+ngheo" };
    char path[WORD_ROOM];
    snprintf(path, sizeof path, "/services?q=%s", asked[u->chance % (sizeof asked / sizeof *asked)]);
    user_get(u, path);
    return true;
}

/* ---- a citizen files, once; then only types, and looks ---- */

#define SERVICE "/nop/DVC05"

static bool begin_get(struct user *u)
{
    user_get(u, SERVICE);
    return true;
}

static bool begin_post(struct user *u)
{
    return user_post(u, SERVICE, (const struct given[]) { { "whom", "self" }, { NULL, NULL } });
}

/* "/nop/DVC05/12": where the pages of this draft are. */
static bool began(struct user *u)
{
    return header_text(u, "location", u->place, sizeof u->place) && strncmp(u->place, SERVICE "/", sizeof SERVICE) == 0;
}

static bool get_part(struct user *u, const char *part)
{
    char path[2 * WORD_ROOM];
    snprintf(path, sizeof path, "%s%s", u->place, part);
    user_get(u, path);
    return true;
}

static bool post_part(struct user *u, const char *part, const struct given *given)
{
    char path[2 * WORD_ROOM];
    snprintf(path, sizeof path, "%s%s", u->place, part);
    return user_post(u, path, given);
}

static bool case_get(struct user *u)
{
    return get_part(u, "/case_page/0");
}

static bool case_post(struct user *u)
{
    return post_part(u, "/case_page/0", (const struct given[]) { { "case", "year" }, { NULL, NULL } });
}

static bool leaver_get(struct user *u)
{
    return get_part(u, "/leaver/0");
}

static bool leaver_post(struct user *u)
{
    return post_part(u, "/leaver/0",
                     (const struct given[]) { { "leaver_phone", "0912000001" },
                                              { "leaver_residence.unit", u->unit },
                                              { "leaver_residence.line", "Thôn 3" },
                                              { NULL, NULL } });
}

static bool trip_get(struct user *u)
{
    return get_part(u, "/trip/0");
}

static bool trip_post(struct user *u)
{
    return post_part(u, "/trip/0",
                     (const struct given[]) { { "leave_day", "01/12/2030" },
                                              { "back_day", "01/06/2032" },
                                              { "reason", "đi làm xa" },
                                              { NULL, NULL } });
}

static bool place_get(struct user *u)
{
    return get_part(u, "/noi-nhan");
}

static bool place_post(struct user *u)
{
    return post_part(u, "/noi-nhan", (const struct given[]) { { "unit", u->unit }, { "delivery", "electronic" }, { NULL, NULL } });
}

static bool check_get(struct user *u)
{
    return !u->filed && get_part(u, "/kiem-tra");
}

static bool send_post(struct user *u)
{
    return !u->filed && post_part(u, "/gui", (const struct given[]) { { "agree", "1" }, { NULL, NULL } });
}

/* The one page that shows the code. */
static bool sent(struct user *u)
{
    u->filed = page_text(u, "Số hồ sơ: ", u->number, sizeof u->number) &&
               page_text(u, "Mã theo dõi</dt><dd><strong class=\"mono\">", u->code, sizeof u->code);
    return u->filed;
}

static bool own_list(struct user *u)
{
    user_get(u, "/ho-so");
    return true;
}

static bool own_case(struct user *u)
{
    char path[2 * WORD_ROOM];
    snprintf(path, sizeof path, "/ho-so/%s", u->number);
    user_get(u, path);
    return u->filed;
}

static bool own_case_shown(struct user *u)
{
    return page_has(u, u->number);
}

static bool follow_get(struct user *u)
{
    user_get(u, "/follow");
    return u->filed;
}

static bool follow_post(struct user *u)
{
    return u->filed &&
           user_post(u, "/follow", (const struct given[]) { { "number", u->number }, { "code", u->code }, { NULL, NULL } });
}

#define SIGN_IN                                                                                                                            \
    { "sign in: page", 200, sign_in_get, fine },                                                                                           \
    {                                                                                                                                      \
        "sign in", 303, sign_in_post, signed_in                                                                                            \
    },                                                                                                                                     \
        { "for whom: page", 200, hats_get, fine }, { "for whom", 303, hats_post, fine }

const struct step citizen_script[] = {
    SIGN_IN,
    { "home", 200, home, fine },
    { "search services", 200, services, fine },
    { "form: begin", 200, begin_get, fine },
    { "draft: new", 303, begin_post, began },
    { "form page", 200, case_get, fine },
    { "draft: save", 303, case_post, fine },
    { "form page", 200, leaver_get, fine },
    { "draft: save", 303, leaver_post, fine },
    { "form page", 200, trip_get, fine },
    { "draft: save", 303, trip_post, fine },
    { "form page", 200, place_get, fine },
    { "draft: save", 303, place_post, fine },
    { "form: check", 200, check_get, fine },
    { "submit", 200, send_post, sent },
    { "own cases", 200, own_list, fine },
    { "own case", 200, own_case, own_case_shown },
    { "follow: page", 200, follow_get, fine },
    { "follow", 200, follow_post, fine },
    { NULL, STEP_AGAIN, NULL, NULL },
};

/* ---- an officer: what waits, one case, a step of it, a search ---- */

static bool queue(struct user *u)
{
    user_get(u, "/counter");
    return true;
}

static bool queue_shown(struct user *u)
{
    if (!page_text_any(u, "href=\"/counter/cases/", u->chance, u->number, sizeof u->number))
        u->number[0] = '\0'; /* nothing waits */
    return true;
}

static bool open_case(struct user *u)
{
    char path[2 * WORD_ROOM];
    snprintf(path, sizeof path, "/counter/cases/%s", u->number);
    user_get(u, path);
    return u->number[0] != '\0';
}

/* Steps for which nothing has to be written. */
static bool case_shown(struct user *u)
{
    static const char *const moves[] = { "receive", "assign", "propose", "hand_over" };
    char link[3 * WORD_ROOM];
    u->place[0] = '\0';
    for (size_t i = 0; u->place[0] == '\0' && i < sizeof moves / sizeof *moves; i++) {
        snprintf(link, sizeof link, "/counter/cases/%s/moves/%s", u->number, moves[i]);
        if (page_has(u, link))
            snprintf(u->place, sizeof u->place, "%.100s/moves/%s", u->number, moves[i]);
    }
    return page_has(u, u->number);
}

static bool move_get(struct user *u)
{
    char path[2 * WORD_ROOM];
    snprintf(path, sizeof path, "/counter/cases/%s", u->place);
    user_get(u, path);
    return u->number[0] != '\0' && u->place[0] != '\0';
}

static bool move_post(struct user *u)
{
    char path[2 * WORD_ROOM];
    snprintf(path, sizeof path, "/counter/cases/%s", u->place);
    bool taken = page_has(u, "name=\"taker\"");
    return u->number[0] != '\0' && u->place[0] != '\0' &&
           user_post(u, path, taken ? (const struct given[]) { { "taker", "self" }, { NULL, NULL } } : NULL);
}

static bool search_name(struct user *u)
{
    user_get(u, "/counter?q=nguyen");
    return true;
}

/* Leads straight to the case. */
static bool search_number(struct user *u)
{
    char path[2 * WORD_ROOM];
    snprintf(path, sizeof path, "/counter?q=%s", u->number);
    user_get(u, path);
    return u->number[0] != '\0';
}

const struct step officer_script[] = {
    SIGN_IN,
    { "queue", 200, queue, queue_shown },
    { "open a case", 200, open_case, case_shown },
    { "move: page", 200, move_get, fine },
    { "move", 303, move_post, fine },
    { "search: name", 200, search_name, fine },
    { "search: number", 303, search_number, fine },
    { NULL, STEP_AGAIN, NULL, NULL },
};
