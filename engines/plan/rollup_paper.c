/* rollup_paper.c: the roll-up as officials know it: báo cáo of the standing office to the Ministry and the Committee, with the rows
 * in appendices. Every number is the roll-up's own; a row that nobody measures says so, and never 0.
 */
#include "engines/plan/rollup_paper.h"

#include "base/text.h"
#include "engines/plan/rollup_tables.h"

enum { GAPS_NAMED = 3 };

static struct str text_of(struct arena *a, int64_t month)
{
    return str_fmt(a, "tháng %d năm %d", (int)(month % 100), (int)(month / 100));
}

/* "Công an tỉnh" of the agencies' list stands on a paper as "CÔNG AN TỈNH ĐẮK NÔNG". */
static struct str name_on_paper(const struct plan_rollup *u, struct arena *a, struct str name)
{
    struct str kind = STR("Tỉnh ");
    bool whole = !str_ends(name, STR(" tỉnh")) || !str_starts(u->province, kind);
    return whole ? name : str_fmt(a, "%.*s %.*s", STR_ARG(name), STR_ARG(str_from(u->province, kind.n)));
}

/* A long name has its lines where it is said in one breath. */
static struct str broken_before(struct arena *a, struct str name, struct str words)
{
    ptrdiff_t at = str_find(name, words);
    if (at < 1)
        return name;
    return str_fmt(a, "%.*s\n%.*s", (int)at - 1, name.p, STR_ARG(str_from(name, (size_t)at)));
}

/* ---- head ---- */

static void put_head(const struct plan_rollup *u, struct arena *a, struct document *d)
{
    d->above = text_upper(a, name_on_paper(u, a, u->issuer_above));
    d->agency =
        text_upper(a, broken_before(a, broken_before(a, name_on_paper(u, a, u->issuer), STR("Tổ công tác")), STR("tỉnh")));
    d->number = STR("            /BC-TCTĐA06"); /* the office of records gives the number */
    d->place = u->capital;
    d->on = u->issued;
    d->kind = STR("BÁO CÁO");
    d->about = str_fmt(a, "Kết quả triển khai các mô hình thuộc Đề án 06 theo Kế hoạch số %.*s, %.*s",
                       STR_ARG(u->plan_number), STR_ARG(text_of(a, u->all.month)));
    d->mode = str_eq(u->mode, STR("THẬT")) ? STR("") : u->mode;
    d->made = day_at(u->issued, 0, 0);
    document_to(d, STR("Bộ Công an"));
    document_to(d, str_fmt(a, "Ủy ban nhân dân %.*s", STR_ARG(province_in_sentence(a, u->province))));
}

static void put_receivers(const struct plan_rollup *u, struct arena *a, struct document *d)
{
    struct str province = province_in_sentence(a, u->province);
    document_authority(d, STR("THỦ TRƯỞNG CƠ QUAN"));
    document_receiver(d, STR("Như trên"));
    document_receiver(d, str_fmt(a, "Thường trực Tỉnh ủy, Thường trực HĐND %.*s (để báo cáo)", STR_ARG(province)));
    document_receiver(d, str_fmt(a, "Thành viên Tổ công tác Đề án 06 %.*s", STR_ARG(province)));
    document_receiver(d, STR("Các sở, ban, ngành; UBND cấp huyện, cấp xã"));
    document_receiver(d, STR("Lưu: VT"));
}

/* ---- I. what stands where ---- */

static void put_statuses(const struct plan_rollup *u, struct arena *a, struct document *d)
{
    for (enum plan_status s = 0; s < PLAN_STATUSES_; s++)
        if (u->by_status[s])
            document_item(d, str_fmt(a, "%.*s: %zu mô hình.", STR_ARG(plan_status_label(s)), u->by_status[s]));
}

/* The lines whose claim stands farthest above what was measured, farthest first. */
static size_t widest_gaps(const struct plan_rollup *u, const struct plan_line *out[GAPS_NAMED])
{
    size_t n = 0;
    for (size_t i = 0; i < u->all.n_lines; i++) {
        const struct plan_line *l = &u->all.lines[i];
        if (!l->has_gap || l->gap <= 0)
            continue;
        size_t at = n < GAPS_NAMED ? n++ : GAPS_NAMED;
        for (; at > 0 && out[at - 1]->gap < l->gap; at--)
            if (at < GAPS_NAMED)
                out[at] = out[at - 1];
        if (at < GAPS_NAMED)
            out[at] = l;
    }
    return n;
}

static void put_gaps(const struct plan_rollup *u, struct arena *a, struct document *d)
{
    const struct plan_line *gaps[GAPS_NAMED];
    struct html h = paper_words(a);
    size_t n = widest_gaps(u, gaps);
    if (n == 0) {
        document_paragraph(d, STR("Không có mô hình nào mà mức cơ quan tự báo cao hơn số đo."));
        return;
    }
    document_paragraph(d, STR("Những nơi mức cơ quan tự báo cao hơn số đo nhiều nhất:"));
    for (size_t i = 0; i < n; i++) {
        struct str measured = number_words(&h, plan_line_number(gaps[i]));
        document_item(d, str_fmt(a, "Mô hình %lld (%.*s): cơ quan báo %d %%, đo được %.*s.", (long long)gaps[i]->number,
                                 STR_ARG(gaps[i]->name), gaps[i]->claim, STR_ARG(measured)));
    }
}

static void put_state(const struct plan_rollup *u, struct arena *a, struct document *d)
{
    document_heading(d, 1, STR("Tình hình chung"));
    document_paragraph(d, str_fmt(a, "Kế hoạch có %zu mô hình thuộc %zu nhóm. Tính đến hết ngày %.*s:", u->all.n_lines,
                                  u->all.n_groups, STR_ARG(day_vi(a, u->all.on))));
    put_statuses(u, a, d);
    document_paragraph(
        d, str_fmt(a,
                   "Trong đó %zu mô hình chưa có số đo bằng phần mềm; ở các mô hình này chỉ có mức do cơ quan chủ trì tự "
                   "báo, không có số để đối chiếu. Số đo được đếm từ dữ liệu của hệ thống, không ai nhập bằng tay.",
                   u->unmeasured));
    put_gaps(u, a, d);
    document_paragraph(d, STR("Tình hình từng mô hình ở Phụ lục I; nội dung các cơ quan báo cáo ở Phụ lục II."));
}

/* ---- II. who reported ---- */

static void put_who(const struct plan_rollup *u, struct arena *a, struct document *d)
{
    size_t by_state[REPORT_MISSING + 1] = { 0 };
    for (size_t i = 0; i < u->dues.n; i++)
        by_state[u->dues.v[i].state]++;
    document_heading(d, 1, STR("Việc gửi báo cáo của các cơ quan chủ trì"));
    document_paragraph(d, str_fmt(a, "Trong kỳ có %zu cơ quan phải báo cáo:", u->dues.n));
    for (enum plan_report_state state = REPORT_NONE; state <= REPORT_MISSING; state++)
        if (by_state[state])
            document_item(d, str_fmt(a, "%.*s: %zu cơ quan.", STR_ARG(plan_report_state_label(state)), by_state[state]));
    rollup_dues_table(u, a, d);
}

/* ---- III, IV ---- */

static void put_conflicts(const struct plan_rollup *u, struct arena *a, struct document *d)
{
    document_heading(d, 1, STR("Những chỗ Kế hoạch chưa thống nhất"));
    if (u->conflicts.n == 0) {
        document_paragraph(d, STR("Phần II và phụ lục của Kế hoạch không có chỗ nào khác nhau."));
        return;
    }
    document_paragraph(
        d, str_fmt(a,
                   "Đối chiếu phần II với phụ lục của Kế hoạch có %zu chỗ ghi khác nhau, %zu chỗ đã có quyết định, %zu chỗ "
                   "chưa. Khi chưa có quyết định, báo cáo này theo phụ lục. Chi tiết ở Phụ lục III.",
                   u->conflicts.n, u->conflicts.n - u->undecided, u->undecided));
}

static void put_proposals(const struct plan_rollup *u, struct arena *a, struct document *d)
{
    size_t missing = 0;
    for (size_t i = 0; i < u->dues.n; i++)
        missing += u->dues.v[i].state == REPORT_MISSING;
    if (!u->undecided && !missing && !u->by_status[PLAN_LATE])
        return;
    document_heading(d, 1, STR("Đề xuất, kiến nghị"));
    if (u->by_status[PLAN_LATE])
        document_item(
            d, str_fmt(a, "Chỉ đạo các cơ quan chủ trì %zu mô hình quá hạn báo cáo nguyên nhân và thời hạn hoàn thành mới.",
                       u->by_status[PLAN_LATE]));
    if (missing)
        document_item(d, str_fmt(a, "Đôn đốc %zu cơ quan chưa gửi báo cáo trong kỳ.", missing));
    if (u->undecided)
        document_item(d, str_fmt(a, "Quyết định %zu chỗ Kế hoạch chưa thống nhất.", u->undecided));
}

/* ---- all ---- */

static void put_appendices(const struct plan_rollup *u, struct arena *a, struct document *d)
{
    struct str with = str_fmt(a, "(Kèm theo Báo cáo số            /BC-TCTĐA06 ngày %.*s của %.*s)",
                              STR_ARG(day_vi(a, u->issued)), STR_ARG(u->issuer));
    document_sideways(d);
    document_appendix(d, STR("Phụ lục I"), STR("TÌNH HÌNH TỪNG MÔ HÌNH"), with);
    rollup_models_table(u, a, d);
    if (rollup_has_words(u)) {
        document_sideways(d);
        document_appendix(d, STR("Phụ lục II"), STR("NỘI DUNG CÁC CƠ QUAN CHỦ TRÌ BÁO CÁO"), with);
        rollup_words_table(u, a, d);
    }
    if (u->conflicts.n) {
        document_sideways(d);
        document_appendix(d, STR("Phụ lục III"), STR("NHỮNG CHỖ KẾ HOẠCH CHƯA THỐNG NHẤT"), with);
        rollup_conflicts_table(u, a, d);
    }
}

void rollup_document(const struct plan_rollup *u, struct arena *a, struct document *d)
{
    document_init(d, a);
    put_head(u, a, d);
    document_basis(
        d, str_fmt(a, "Thực hiện Kế hoạch số %.*s ngày %.*s của Ủy ban nhân dân %.*s, %.*s báo cáo kết quả %.*s như sau:",
                   STR_ARG(u->plan_number), STR_ARG(day_vi(a, u->plan_day)), STR_ARG(province_in_sentence(a, u->province)),
                   STR_ARG(u->issuer), STR_ARG(text_of(a, u->all.month))));
    put_state(u, a, d);
    put_who(u, a, d);
    put_conflicts(u, a, d);
    put_proposals(u, a, d);
    put_receivers(u, a, d);
    document_signature(d);
    put_appendices(u, a, d);
}
