/* services_editor_kinds.c: the forms of a draft's pieces, and where each of their fields lies in the JSON. */
#include "engines/services/editor.h"

enum { LINES_MOST = 20000 };

#define WHEN_FIELDS                                                                                  \
    { .name = "when_field", .type = FIELD_TEXT, .max = 60, .label = MSG("Chỉ khi câu hỏi") },        \
        { .name = "when_how", .type = FIELD_CHOICE, .choices = whens, .label = MSG("Điều kiện") },   \
    {                                                                                                \
        .name = "when_value", .type = FIELD_TEXT, .max = 400, .label = MSG("Trả lời, hoặc số tuổi"), \
        .help = MSG("Giá trị của lựa chọn; nhiều giá trị cách nhau bằng dấu chấm phẩy.")             \
    }
#define STEP_FIELDS                                                                                             \
    { .name = "revision", .type = FIELD_HIDDEN, .required = true, .max = 20 },                                  \
        { .name = "id", .type = FIELD_HIDDEN, .max = 60 }, { .name = "page", .type = FIELD_HIDDEN, .max = 60 }, \
        { .name = "go", .type = FIELD_HIDDEN, .max = 10 },                                                      \
    {                                                                                                           \
        .name = NULL                                                                                            \
    }

static const struct choice whens[] = {
    { "always", MSG("luôn luôn") },
    { "keep", MSG("giữ nguyên điều kiện đang có") },
    { "is", MSG("là") },
    { "is_not", MSG("không phải là") },
    { "in", MSG("là một trong") },
    { "answered", MSG("có câu trả lời") },
    { "age_under", MSG("dưới số tuổi") },
    { "age_at_least", MSG("từ số tuổi trở lên") },
    { NULL, { NULL, 0 } },
};
static const struct choice types[] = {
    { "text", MSG("Một dòng chữ") },
    { "lines", MSG("Nhiều dòng chữ") },
    { "day", MSG("Ngày") },
    { "pid", MSG("Số định danh cá nhân") },
    { "int", MSG("Số") },
    { "money", MSG("Số tiền") },
    { "choice", MSG("Chọn một") },
    { "checks", MSG("Chọn nhiều") },
    { "yes_no", MSG("Có hay không") },
    { "phone", MSG("Số điện thoại") },
    { "email", MSG("Thư điện tử") },
    { "unit", MSG("Xã, phường") },
    { "address", MSG("Địa chỉ") },
    { "person", MSG("Một người: số định danh, họ tên, ngày sinh") },
    { "file", MSG("Tệp") },
    { NULL, { NULL, 0 } },
};
static const struct choice rules[] = {
    { "past_day", MSG("Không sau hôm nay") },
    { "future_day", MSG("Không trước hôm nay") },
    { "adult_day", MSG("Đủ 18 tuổi") },
    { NULL, { NULL, 0 } },
};
static const struct choice sources[] = {
    { "citizen_data", MSG("Lấy từ cơ sở dữ liệu dân cư") },
    { "vault", MSG("Lấy từ kho giấy tờ điện tử của bạn") },
    { "exchange", MSG("Lấy từ hệ thống của cơ quan khác") },
    { "officer_lookup", MSG("Cán bộ tự tra cứu") },
    { "declaration", MSG("Bạn cam đoan, không phải nộp giấy") },
    { "paper", MSG("Còn phải nộp giấy") },
    { NULL, { NULL, 0 } },
};
static const struct choice levels[] = {
    { "full", MSG("Trực tuyến toàn trình") },
    { "partial", MSG("Trực tuyến một phần") },
    { "info", MSG("Chưa nộp trực tuyến được") },
    { NULL, { NULL, 0 } },
};
static const struct choice unit_levels[] = { { "commune", MSG("Cấp xã") },
                                             { "province", MSG("Cấp tỉnh") },
                                             { NULL, { NULL, 0 } } };

/* ---- forms ---- */

static const struct field facts_fields[] = {
    { .name = "name", .type = FIELD_TEXT, .required = true, .max = 400, .label = MSG("Tên dịch vụ") },
    { .name = "national_code", .type = FIELD_TEXT, .max = 40, .label = MSG("Mã thủ tục quốc gia") },
    { .name = "keywords",
      .type = FIELD_LINES,
      .max = LINES_MOST,
      .label = MSG("Lời người dân hay dùng"),
      .help = MSG("Mỗi dòng một cách nói. Tìm kiếm dùng những lời này.") },
    { .name = "life_events",
      .type = FIELD_TEXT,
      .max = 200,
      .label = MSG("Việc trong đời"),
      .help = MSG("Các từ cách nhau bằng dấu cách: birth school work job_loss marriage moving house_land electricity "
                  "vehicle travel lost_papers "
                  "illness old_age death business tax justice.") },
    { .name = "level", .type = FIELD_CHOICE, .required = true, .choices = levels, .label = MSG("Mức trực tuyến") },
    { .name = "reason", .type = FIELD_LINES, .max = 2000, .label = MSG("Vì sao chưa toàn trình") },
    { .name = "who", .type = FIELD_LINES, .max = 2000, .label = MSG("Ai được nộp") },
    { .name = "sign_in",
      .type = FIELD_INT,
      .min = 1,
      .max = 2,
      .label = MSG("Mức đăng nhập khi nộp trực tuyến"),
      .help = MSG("1: mật khẩu là đủ. 2: thêm mã hoặc khoá, theo NĐ 69/2024. Để trống là 1.") },
    { .name = "days",
      .type = FIELD_INT,
      .min = 0,
      .max = 365,
      .label = MSG("Số ngày làm việc"),
      .help = MSG("0 là trong ngày.") },
    { .name = "same_day_before",
      .type = FIELD_TEXT,
      .max = 5,
      .label = MSG("Nhận trước giờ này thì trả trong ngày"),
      .help = MSG("Ví dụ 15:00.") },
    { .name = "time_note", .type = FIELD_LINES, .max = 2000, .label = MSG("Ghi chú về thời gian") },
    { .name = "time_confirmed", .type = FIELD_CHECK, .label = MSG("Tỉnh đã xác nhận thời gian này") },
    { .name = "function",
      .type = FIELD_TEXT,
      .max = 60,
      .label = MSG("Chức năng pháp lý"),
      .help = MSG("Ví dụ civil_status.register.") },
    { .name = "unit_level", .type = FIELD_CHOICE, .choices = unit_levels, .label = MSG("Cấp giải quyết") },
    { .name = "flow",
      .type = FIELD_TEXT,
      .max = 60,
      .label = MSG("Quy trình"),
      .help = MSG("Tên quy trình, ví dụ commune_simple.") },
    { .name = "basis",
      .type = FIELD_LINES,
      .max = LINES_MOST,
      .label = MSG("Căn cứ pháp lý"),
      .help = MSG("Mỗi dòng một văn bản; thêm dấu ? và dấu cách ở đầu dòng nếu chưa xác nhận.") },
    STEP_FIELDS
};
static const struct field page_fields[] = {
    { .name = "new_id",
      .type = FIELD_TEXT,
      .required = true,
      .max = 60,
      .label = MSG("Tên ngắn"),
      .help = MSG("Chữ thường không dấu, số, gạch dưới.") },
    { .name = "title", .type = FIELD_TEXT, .required = true, .max = 300, .label = MSG("Tiêu đề trang") },
    { .name = "intro", .type = FIELD_LINES, .max = 1000, .label = MSG("Lời dẫn") },
    { .name = "repeat_max",
      .type = FIELD_INT,
      .min = 0,
      .max = 50,
      .label = MSG("Lặp lại nhiều nhất"),
      .help = MSG("Để trống nếu chỉ hỏi một lần.") },
    { .name = "repeat_item",
      .type = FIELD_TEXT,
      .max = 60,
      .label = MSG("Mỗi lần lặp là một"),
      .help = MSG("Ví dụ: Người.") },
    WHEN_FIELDS,
    STEP_FIELDS
};
static const struct field field_fields[] = {
    { .name = "new_id",
      .type = FIELD_TEXT,
      .required = true,
      .max = 60,
      .label = MSG("Tên ngắn"),
      .help = MSG("Chữ thường không dấu, số, gạch dưới.") },
    { .name = "label", .type = FIELD_TEXT, .required = true, .max = 300, .label = MSG("Lời hỏi") },
    { .name = "type", .type = FIELD_CHOICE, .required = true, .choices = types, .label = MSG("Kiểu trả lời") },
    { .name = "help", .type = FIELD_LINES, .max = 1000, .label = MSG("Lời giải thích") },
    { .name = "required", .type = FIELD_CHECK, .label = MSG("Bắt buộc trả lời") },
    { .name = "choices",
      .type = FIELD_LINES,
      .max = LINES_MOST,
      .label = MSG("Các lựa chọn"),
      .help = MSG("Mỗi dòng: giá trị | lời hiện ra.") },
    { .name = "min",
      .type = FIELD_TEXT,
      .max = 18,
      .label = MSG("Nhỏ nhất"),
      .help = MSG("Số ký tự; với kiểu số và số tiền là giá trị.") },
    { .name = "max", .type = FIELD_TEXT, .max = 18, .label = MSG("Lớn nhất") },
    { .name = "check", .type = FIELD_CHOICE, .choices = rules, .label = MSG("Kiểm tra ngày") },
    { .name = "prefill",
      .type = FIELD_TEXT,
      .max = 60,
      .label = MSG("Lấy sẵn từ"),
      .help = MSG("Ví dụ applicant.name, mother.birth_day.") },
    WHEN_FIELDS,
    STEP_FIELDS
};
static const struct field paper_fields[] = {
    { .name = "new_id",
      .type = FIELD_TEXT,
      .required = true,
      .max = 60,
      .label = MSG("Tên ngắn"),
      .help = MSG("Chữ thường không dấu, số, gạch dưới.") },
    { .name = "name", .type = FIELD_TEXT, .required = true, .max = 300, .label = MSG("Tên giấy tờ") },
    { .name = "note", .type = FIELD_LINES, .max = 1000, .label = MSG("Ghi chú") },
    { .name = "required", .type = FIELD_CHECK, .label = MSG("Bắt buộc") },
    { .name = "source", .type = FIELD_CHOICE, .required = true, .choices = sources, .label = MSG("Lấy từ đâu") },
    { .name = "system",
      .type = FIELD_TEXT,
      .max = 60,
      .label = MSG("Hệ thống"),
      .help = MSG("Ví dụ yte.birth; cần khi lấy từ hệ thống của cơ quan khác.") },
    { .name = "fallback",
      .type = FIELD_TEXT,
      .max = 40,
      .label = MSG("Khi nguồn gián đoạn"),
      .help = MSG("Các từ cách nhau bằng dấu cách: wait (chờ), cached (số liệu cũ), declare (khai trước).") },
    { .name = "post_check", .type = FIELD_CHECK, .label = MSG("Kiểm tra lại sau khi giải quyết") },
    WHEN_FIELDS,
    STEP_FIELDS
};
static const struct field fee_fields[] = {
    { .name = "new_id",
      .type = FIELD_TEXT,
      .required = true,
      .max = 60,
      .label = MSG("Tên ngắn"),
      .help = MSG("Chữ thường không dấu, số, gạch dưới.") },
    { .name = "label", .type = FIELD_TEXT, .required = true, .max = 300, .label = MSG("Khoản thu") },
    { .name = "amount",
      .type = FIELD_TEXT,
      .required = true,
      .max = 18,
      .label = MSG("Mức, bằng đồng"),
      .help = MSG("0 là miễn.") },
    { .name = "times",
      .type = FIELD_TEXT,
      .max = 60,
      .label = MSG("Nhân với câu hỏi"),
      .help = MSG("Tên ngắn của một câu kiểu số, ví dụ số bản sao.") },
    { .name = "note", .type = FIELD_LINES, .max = 1000, .label = MSG("Ghi chú") },
    { .name = "confirmed", .type = FIELD_CHECK, .label = MSG("Tỉnh đã xác nhận mức này") },
    WHEN_FIELDS,
    STEP_FIELDS
};
static const struct choice afters[] = {
    { "result", MSG("khi có kết quả") },
    { "submit", MSG("ngay khi nộp") },
    { NULL, { NULL, 0 } },
};
static const struct field child_fields[] = {
    { .name = "new_id",
      .type = FIELD_TEXT,
      .required = true,
      .max = 20,
      .label = MSG("Mã dịch vụ tiếp theo"),
      .help = MSG("Ví dụ DVC03.") },
    { .name = "after", .type = FIELD_CHOICE, .choices = afters, .label = MSG("Bắt đầu") },
    { .name = "map",
      .type = FIELD_LINES,
      .max = LINES_MOST,
      .label = MSG("Chép câu trả lời"),
      .help = MSG("Mỗi dòng: câu hỏi của dịch vụ đó = câu hỏi của biểu mẫu này.") },
    WHEN_FIELDS,
    STEP_FIELDS
};
static const struct field result_fields[] = {
    { .name = "name", .type = FIELD_TEXT, .required = true, .max = 300, .label = MSG("Tên kết quả") },
    { .name = "form_no", .type = FIELD_TEXT, .max = 60, .label = MSG("Mẫu số") },
    { .name = "delivery",
      .type = FIELD_TEXT,
      .max = 60,
      .label = MSG("Cách nhận kết quả"),
      .help =
          MSG("Các từ cách nhau bằng dấu cách: electronic (bản điện tử), counter (tại nơi tiếp nhận), post (bưu điện).") },
    { .name = "signer_title", .type = FIELD_TEXT, .max = 300, .label = MSG("Chức danh người ký") },
    { .name = "paper",
      .type = FIELD_LINES,
      .max = LINES_MOST,
      .label = MSG("Nội dung giấy"),
      .help = MSG(
          "Mỗi dòng một đoạn, hoặc: nhãn | nội dung. Tên ngắn của câu hỏi trong ngoặc nhọn được thay bằng câu trả lời.") },
    STEP_FIELDS
};
static const struct field raw_fields[] = {
    { .name = "revision", .type = FIELD_HIDDEN, .required = true, .max = 20 },
    { .name = "body", .type = FIELD_LINES, .required = true, .max = 400000, .label = MSG("Nội dung dạng JSON") },
    { .name = NULL },
};
static const struct field propose_fields[] = {
    { .name = "revision", .type = FIELD_HIDDEN, .required = true, .max = 20 },
    { .name = "since", .type = FIELD_DAY, .required = true, .label = MSG("Có hiệu lực từ ngày") },
    { .name = NULL },
};
static const struct field step_fields[] = {
    { .name = "revision", .type = FIELD_HIDDEN, .required = true, .max = 20 },
    { .name = "go", .type = FIELD_HIDDEN, .max = 10 },
    { .name = NULL },
};
const struct form services_facts_form = { .name = "service_facts", .fields = facts_fields, .max_body = 256 << 10 };
const struct form services_page_form = { .name = "service_page_edit", .fields = page_fields };
const struct form services_field_form = { .name = "service_field_edit", .fields = field_fields, .max_body = 256 << 10 };
const struct form services_paper_form = { .name = "service_paper_edit", .fields = paper_fields };
const struct form services_fee_form = { .name = "service_fee_edit", .fields = fee_fields };
const struct form services_result_form = { .name = "service_result_edit", .fields = result_fields, .max_body = 256 << 10 };
const struct form services_child_form = { .name = "service_child_edit", .fields = child_fields };
const struct form services_raw_form = { .name = "service_raw", .fields = raw_fields, .max_body = 2 << 20 };
const struct form services_propose_form = { .name = "service_propose", .fields = propose_fields };
const struct form services_draft_step_form = { .name = "service_draft_step", .fields = step_fields };

/* ---- where they lie ---- */

static const struct bound facts_bounds[] = {
    { "name", NULL, "name", BOUND_TEXT, true },
    { "national_code", NULL, "national_code", BOUND_TEXT, true },
    { "keywords", NULL, "keywords", BOUND_LINES, true },
    { "life_events", NULL, "life_events", BOUND_WORDS, true },
    { "level", NULL, "level", BOUND_TEXT, false },
    { "reason", NULL, "reason", BOUND_TEXT, false },
    { "who", NULL, "who", BOUND_TEXT, false },
    { "sign_in", NULL, "sign_in", BOUND_INT, false },
    { "days", "time", "days", BOUND_INT, false },
    { "same_day_before", "time", "same_day_before", BOUND_TEXT, false },
    { "time_note", "time", "note", BOUND_TEXT, false },
    { "time_confirmed", "time", "confirmed", BOUND_BOOL, false },
    { "function", NULL, "function", BOUND_TEXT, false },
    { "unit_level", NULL, "unit_level", BOUND_TEXT, false },
    { "flow", NULL, "flow", BOUND_TEXT, false },
    { "basis", NULL, "legal_basis", BOUND_CITES, false },
    { NULL, NULL, NULL, BOUND_TEXT, false },
};
static const struct bound page_bounds[] = {
    { "new_id", NULL, "id", BOUND_ID, false },
    { "title", NULL, "title", BOUND_TEXT, false },
    { "intro", NULL, "intro", BOUND_TEXT, false },
    { "repeat_max", "repeat", "max", BOUND_INT, false },
    { "repeat_item", "repeat", "item", BOUND_TEXT, false },
    { NULL, NULL, NULL, BOUND_TEXT, false },
};
static const struct bound field_bounds[] = {
    { "new_id", NULL, "id", BOUND_ID, false },
    { "label", NULL, "label", BOUND_TEXT, false },
    { "type", NULL, "type", BOUND_TEXT, false },
    { "help", NULL, "help", BOUND_TEXT, false },
    { "required", NULL, "required", BOUND_BOOL, false },
    { "choices", NULL, "choices", BOUND_CHOICES, false },
    { "min", NULL, "min", BOUND_INT, false },
    { "max", NULL, "max", BOUND_INT, false },
    { "check", NULL, "check", BOUND_TEXT, false },
    { "prefill", NULL, "prefill", BOUND_TEXT, false },
    { NULL, NULL, NULL, BOUND_TEXT, false },
};
static const struct bound paper_bounds[] = {
    { "new_id", NULL, "id", BOUND_ID, false },
    { "name", NULL, "name", BOUND_TEXT, false },
    { "note", NULL, "note", BOUND_TEXT, false },
    { "required", NULL, "required", BOUND_BOOL, false },
    { "source", "source", "kind", BOUND_TEXT, false },
    { "system", "source", "system", BOUND_TEXT, false },
    { "fallback", NULL, "fallback", BOUND_WORDS, false },
    { "post_check", NULL, "post_check", BOUND_BOOL, false },
    { NULL, NULL, NULL, BOUND_TEXT, false },
};
static const struct bound fee_bounds[] = {
    { "new_id", NULL, "id", BOUND_ID, false },      { "label", NULL, "label", BOUND_TEXT, false },
    { "amount", NULL, "amount", BOUND_INT, false }, { "times", NULL, "times", BOUND_TEXT, false },
    { "note", NULL, "note", BOUND_TEXT, false },    { "confirmed", NULL, "confirmed", BOUND_BOOL, false },
    { NULL, NULL, NULL, BOUND_TEXT, false },
};
static const struct bound result_bounds[] = {
    { "name", NULL, "name", BOUND_TEXT, false },          { "form_no", NULL, "form_no", BOUND_TEXT, false },
    { "delivery", NULL, "delivery", BOUND_WORDS, false }, { "signer_title", NULL, "signer_title", BOUND_TEXT, false },
    { "paper", NULL, "paper", BOUND_PAPER, false },       { NULL, NULL, NULL, BOUND_TEXT, false },
};

static const struct bound child_bounds[] = {
    { "new_id", NULL, "service", BOUND_ID, false },
    { "after", NULL, "after", BOUND_TEXT, false },
    { "map", NULL, "map", BOUND_MAP, false },
    { NULL, NULL, NULL, BOUND_TEXT, false },
};

const struct editor_kind services_editor_kinds[] = {
    { "facts", &services_facts_form, facts_bounds, MSG("Thông tin chung"), false, false, NULL },
    { "page", &services_page_form, page_bounds, MSG("Một trang của biểu mẫu"), true, true, NULL },
    { "field", &services_field_form, field_bounds, MSG("Một câu hỏi"), true, true, NULL },
    { "paper", &services_paper_form, paper_bounds, MSG("Một giấy tờ"), true, true, NULL },
    { "fee", &services_fee_form, fee_bounds, MSG("Một khoản thu"), true, true, NULL },
    { "result", &services_result_form, result_bounds, MSG("Kết quả"), false, false, NULL },
    { "child", &services_child_form, child_bounds, MSG("Một dịch vụ làm cùng"), true, true, "service" },
    { NULL, NULL, NULL, { NULL, 0 }, false, false, NULL },
};

const struct editor_kind *services_editor_kind_of(const struct req *q)
{
    for (const struct editor_kind *k = services_editor_kinds; k->name; k++)
        if (str_ends(q->path, str_of(k->name)))
            return k;
    return NULL;
}
