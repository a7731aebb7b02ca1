/* compare.c: two lists side by side. Pure. */
#include "models/m05_vneid_services/vneid.h"

#include <jansson.h>
#include <string.h>

enum { LIST_MAX = 1000, CELL_MAX = 120 };

struct str vneid_diff_label(enum vneid_diff_kind k)
{
    static const struct str labels[DIFF_KINDS_] = { MSG("VNeID không có hồ sơ này"), MSG("Ở đây không có hồ sơ này"),
                                                    MSG("Trạng thái khác nhau"), MSG("Kết quả khác nhau"),
                                                    MSG("VNeID từ chối nhận tin") };
    return labels[k];
}

static int cell(struct arena *a, const json_t *j, const char *name, struct str *out, struct err *e)
{
    const json_t *v = json_object_get(j, name);
    if (v && (!json_is_string(v) || json_string_length(v) > CELL_MAX))
        return ERR(e, ERR_INPUT, "their list: %s is no short text", name);
    *out = v ? str_dup(a, json_str(v)) : STR("");
    return 0;
}

static int read_row(struct arena *a, const json_t *item, struct vneid_theirs_list *out, struct err *e)
{
    struct vneid_theirs x;
    if (cell(a, item, "case", &x.number, e) || cell(a, item, "state", &x.state, e) || cell(a, item, "result", &x.result, e))
        return -1;
    if (!x.number.n || (out->v.n && str_cmp(out->v.v[out->v.n - 1].number, x.number) >= 0))
        return ERR(e, ERR_INPUT, "their list: numbers do not ascend");
    *vec_push(a, &out->v) = x;
    return 0;
}

int vneid_theirs_read(struct arena *a, struct str json, struct vneid_theirs_list *out, struct err *e)
{
    json_t *j;
    const json_t *item;
    size_t i;
    struct str mode = STR("");
    struct vneid_theirs_list x = { .next = STR("") };
    if (json_read(a, json, &j, e))
        return -1;
    const json_t *list = json_object_get(j, "cases");
    int result = json_is_array(list) && json_array_size(list) <= LIST_MAX ? 0 : ERR(e, ERR_INPUT, "their list is none");
    json_array_foreach(list, i, item) result = result || read_row(a, item, &x, e) ? -1 : 0;
    if (result == 0)
        result = cell(a, j, "next", &x.next, e) || cell(a, j, "mode", &mode, e) ? -1 : 0;
    x.simulated = str_eq(mode, STR("MÔ PHỎNG"));
    if (result == 0)
        *out = x;
    return result;
}

/* ---- side by side ---- */

static void add(struct arena *a, struct vneid_comparison *out, enum vneid_diff_kind kind, const struct vneid_ours *o,
                const struct vneid_theirs *t, struct str ours, struct str theirs)
{
    *vec_push(a, &out->v) = (struct vneid_difference) {
        .kind = kind, .number = o ? o->number : t->number, .ours = ours, .theirs = theirs, .case_id = o ? o->case_id : 0
    };
}

static void compare_one(struct arena *a, const struct vneid_ours *o, const struct vneid_theirs *t,
                        struct vneid_comparison *out)
{
    size_t before = out->v.n;
    if (o->waits) {
        out->on_way++;
        return;
    }
    if (o->refused)
        add(a, out, DIFF_REFUSED, o, NULL, o->theirs, o->answer);
    else if (!t)
        add(a, out, DIFF_MISSING_THERE, o, NULL, o->theirs, STR(""));
    else if (!str_eq(o->theirs, t->state))
        add(a, out, DIFF_STATE, o, NULL, o->theirs, t->state);
    else if (!str_eq(o->result, t->result))
        add(a, out, DIFF_RESULT, o, NULL, str_head(o->result, 16), str_head(t->result, 16));
    out->same += out->v.n == before;
}

void vneid_compare(struct arena *a, const struct vneid_ours *ours, size_t n_ours, const struct vneid_theirs *theirs,
                   size_t n_theirs, struct vneid_comparison *out)
{
    size_t i = 0, k = 0;
    *out = (struct vneid_comparison) { .same = 0 };
    while (i < n_ours || k < n_theirs) {
        int order = i == n_ours ? 1 : k == n_theirs ? -1 : str_cmp(ours[i].number, theirs[k].number);
        if (order > 0) {
            add(a, out, DIFF_MISSING_HERE, NULL, &theirs[k], STR(""), theirs[k].state);
            k++;
            continue;
        }
        compare_one(a, &ours[i], order == 0 ? &theirs[k] : NULL, out);
        i++;
        k += order == 0;
    }
}
