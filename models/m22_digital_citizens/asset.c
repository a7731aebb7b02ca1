/* asset.c: the closed lists: assets, sources of evidence, reasons. Names stand in the database and in files, so they stay. */
#include "models/m22_digital_citizens/citizens.h"

enum { EID = 1 << ASSET_EID, PAYMENT = 1 << ASSET_PAYMENT, ADDRESS = 1 << ASSET_ADDRESS, SIGNATURE = 1 << ASSET_SIGNATURE };

const struct asset_text asset_texts[ASSETS_] = {
    [ASSET_EID] = { "eid", MSG("Định danh điện tử mức 2"),
                    MSG("Đến Công an cấp xã với thẻ căn cước để đăng ký mức 2, rồi kích hoạt trên ứng dụng VNeID.") },
    [ASSET_PAYMENT] = { "payment", MSG("Tài khoản thanh toán"),
                        MSG("Mở tại ngân hàng hoặc trên ứng dụng của ngân hàng bằng thẻ căn cước; chính chủ tự giữ mật "
                            "khẩu.") },
    [ASSET_ADDRESS] = { "address", MSG("Địa chỉ số"),
                        MSG("Tổ công nghệ số cộng đồng gắn mã địa chỉ cho từng cửa nhà và trao giấy xác nhận.") },
    [ASSET_SIGNATURE] = { "signature", MSG("Chữ ký số"),
                          MSG("Đăng ký với một tổ chức chứng thực chữ ký số được cấp phép; thiết bị hoặc mã ký do chính chủ "
                              "giữ.") },
};

bool asset_named(struct str name, enum asset *out)
{
    for (enum asset a = 0; a < ASSETS_; a++)
        if (str_eq(name, str_of(asset_texts[a].name))) {
            *out = a;
            return true;
        }
    return false;
}

bool asset_of_bit(int64_t bit, enum asset *out)
{
    for (enum asset a = 0; a < ASSETS_; a++)
        if (bit == asset_bit(a)) {
            *out = a;
            return true;
        }
    return false;
}

const struct asset_source asset_sources[] = {
    { "police_list", EID, MSG("Danh sách kích hoạt của Công an cấp xã"), MSG("Số, ngày của danh sách") },
    { "own_screen", EID, MSG("Chính chủ mở VNeID mức 2 cho xem"), MSG("Ai cùng chứng kiến") },
    { "bank_list", PAYMENT, MSG("Danh sách của ngân hàng"), MSG("Tên ngân hàng và số văn bản") },
    { "opening_paper", PAYMENT, MSG("Giấy mở tài khoản của ngân hàng"), MSG("Tên ngân hàng và ngày trên giấy") },
    { "paid_into", PAYMENT, MSG("Đã nhận chi trả của Nhà nước qua tài khoản"), MSG("Kỳ chi trả và quyết định") },
    { "plate", ADDRESS, MSG("Biển địa chỉ số đã gắn"), MSG("Mã trên biển") },
    { "address_list", ADDRESS, MSG("Danh sách của cơ quan cấp địa chỉ số"), MSG("Số, ngày của danh sách") },
    { "certificate", SIGNATURE, MSG("Chứng thư số còn hiệu lực"), MSG("Tên tổ chức chứng thực và số sê-ri") },
    { "ca_list", SIGNATURE, MSG("Danh sách của tổ chức chứng thực"), MSG("Số, ngày của danh sách") },
    { .name = NULL },
};

const struct asset_source *asset_source_named(struct str name)
{
    for (const struct asset_source *s = asset_sources; s->name; s++)
        if (str_eq(name, str_of(s->name)))
            return s;
    return NULL;
}

const struct left_reason left_reasons[] = {
    { "no_phone", MSG("Không có điện thoại thông minh"),
      MSG("Hẹn làm tại điểm hỗ trợ của xã hoặc dùng máy của tổ, mã ký vẫn do chính chủ nhập.") },
    { "away", MSG("Đi vắng, làm ăn xa"), MSG("Hỏi ngày về; hướng dẫn làm ở nơi đang tạm trú.") },
    { "refuses", MSG("Chưa đồng ý"), MSG("Không ép. Ghi nhận điều bà con lo ngại để cấp xã trả lời.") },
    { "bedridden", MSG("Ốm yếu, nằm một chỗ"), MSG("Nhờ Công an xã, ngân hàng tới tận nhà.") },
    { "no_card", MSG("Chưa có thẻ căn cước"), MSG("Hẹn lịch làm thẻ trước, các việc khác làm sau.") },
    { "wrong_record", MSG("Thông tin dân cư bị sai"), MSG("Báo Công an xã điều chỉnh; ghi rõ chỗ sai trong ghi chú.") },
    { "no_network", MSG("Vùng lõm sóng"), MSG("Gom các hộ lại, hẹn một buổi ở nơi có sóng.") },
    { "waiting", MSG("Đã làm, đang chờ kết quả"), MSG("Hẹn ngày quay lại lấy bằng chứng.") },
    { "needs_help", MSG("Chưa biết cách dùng"), MSG("Hướng dẫn lại, mời người trong nhà cùng học.") },
    { .name = NULL },
};

const struct left_reason *left_reason_named(struct str name)
{
    for (const struct left_reason *r = left_reasons; r->name; r++)
        if (str_eq(name, str_of(r->name)))
            return r;
    return NULL;
}
