/* The program's own commands; modules bring theirs in their contract. */
#include "app/program.h"

static const struct cli_option init_options[] = {
    { "demo", NULL, NULL, MSG("Dữ liệu MÔ PHỎNG: tài khoản dùng thử hiện ở trang đăng nhập; không tạo người quản trị") },
    { "real", NULL, NULL, MSG("Chế độ THẬT (nếu không nêu: THỬ)") },
    { "login", "NAME", "admin", MSG("Tên đăng nhập của người quản trị đầu tiên") },
    { "name", "TEXT", "Quản trị hệ thống", MSG("Họ tên của người quản trị đầu tiên") },
    { .name = NULL },
};

static const struct cli_option serve_options[] = {
    { "host", "ADDRESS", NULL, MSG("Địa chỉ để nghe (thiết lập host, BON_HOST)") },
    { "port", "N", NULL, MSG("Cổng để nghe; 0: cổng trống bất kỳ (thiết lập port, BON_PORT)") },
    { .name = NULL },
};

static const struct cli_option restore_options[] = {
    { "key", "KID", NULL, MSG("Mã khoá đã ký bản sao lưu, khi máy này chưa biết khoá đó") },
    { .name = NULL },
};

static const struct cli_option health_options[] = {
    { "port", "N", NULL, MSG("Cổng để hỏi (thiết lập port, BON_PORT)") },
    { .name = NULL },
};

static const struct cli_option markdown_options[] = {
    { "markdown", NULL, NULL, MSG("In thành trang Markdown cho docs/") },
    { .name = NULL },
};

const struct cli_command program_commands[] = {
    { .name = "init",
      .synopsis = "[--demo | --real] [--login NAME] [--name TEXT]",
      .what = MSG("Tạo nơi chứa dữ liệu, khoá ký và cơ sở dữ liệu trống"),
      .help = MSG("Tạo thư mục dữ liệu (thiết lập data_dir, BON_DATA_DIR; nếu không nêu: var), khoá của bộ phận ký số, cơ "
                  "sở dữ liệu, rồi in một "
                  "liên kết dùng một lần để người quản trị đầu tiên đặt mật khẩu. Không bao giờ ghi đè dữ liệu đã có."),
      .options = init_options,
      .run = cmd_init },
    { .name = "serve",
      .synopsis = "[--host ADDRESS] [--port N]",
      .what = MSG("Phục vụ cho đến khi nhận SIGTERM hoặc Ctrl-C"),
      .help = MSG("Chạy ba tiến trình: giám sát, bộ phận ký số (giữ khoá, không mở được gì khác) và máy chủ. Máy chủ hoặc "
                  "bộ phận ký số chết "
                  "thì cả hai được chạy lại. SIGTERM: làm xong các yêu cầu đang chạy rồi thoát 0. SIGHUP: thay máy chủ mà "
                  "không từ chối kết nối nào."),
      .options = serve_options,
      .run = cmd_serve },
    { .name = "demo",
      .synopsis = "",
      .what = MSG("Tạo các tài khoản dùng thử"),
      .help = MSG(
          "Cho tỉnh MÔ PHỎNG vừa tạo bằng bon seed: lễ tân, công an xã, lãnh đạo, công dân, quản trị. Mật khẩu ngẫu nhiên, "
          "hiện ở trang đăng nhập. Bị từ chối khi cơ sở dữ liệu không phải bản mô phỏng."),
      .needs = CLI_DB,
      .run = cmd_demo },
    { .name = "backup",
      .synopsis = "FILE",
      .what = MSG("Sao lưu khi đang phục vụ"),
      .help = MSG("Ghi vào FILE một bản sao nhất quán (tệp tar: cơ sở dữ liệu, khoá công khai, thiết lập) kèm bản kê "
                  "SHA-256 đã ký. Khoá riêng "
                  "không nằm trong bản sao."),
      .min_args = 1,
      .max_args = 1,
      .needs = CLI_SIGNER,
      .run = cmd_backup },
    { .name = "restore",
      .synopsis = "FILE [--key KID]",
      .what = MSG("Phục hồi một bản sao lưu, kiểm từng byte"),
      .help = MSG("Kiểm chữ ký và SHA-256 của mọi tệp trước khi thay bất cứ gì. Từ chối khi máy chủ đang chạy. Cơ sở dữ "
                  "liệu cũ được giữ dưới tên khác."),
      .options = restore_options,
      .min_args = 1,
      .max_args = 1,
      .run = cmd_restore },
    { .name = "keys",
      .synopsis = "[--json]",
      .what = MSG("Liệt kê khoá công khai của bộ phận ký số"),
      .help = MSG("Mỗi dòng: mục đích, mã khoá (RFC 7638), thuật toán; dấu * là khoá đang dùng. --json cho JWK để người "
                  "khác kiểm chữ ký."),
      .needs = CLI_SIGNER,
      .run = cmd_keys },
    { .name = "health",
      .synopsis = "[--port N]",
      .what = MSG("Hỏi máy chủ đang chạy: đọc, ghi, ký được không"),
      .help = MSG("Gọi /healthz của máy chủ trên máy này và in câu trả lời. Thoát 0 khi mọi thứ tốt, 7 khi không."),
      .options = health_options,
      .run = cmd_health },
    { .name = "routes",
      .synopsis = "[--json | --markdown]",
      .what = MSG("Ma trận quyền: đường dẫn nào, vai trò nào"),
      .help = MSG("In mọi đường dẫn cùng quyền và vai trò được gọi, lấy từ khai báo của các mô-đun."),
      .options = markdown_options,
      .run = cmd_routes },
    { .name = "models",
      .synopsis = "[--json | --markdown]",
      .what = MSG("Các mô hình của kế hoạch và điều gì đang chạy"),
      .help = MSG("In từng mô hình của kế hoạch trong gói dữ liệu của tỉnh (models.csv), kèm điều đang chạy theo khai báo của mô-đun, "
                  "hoặc “chưa làm”."),
      .options = markdown_options,
      .run = cmd_models },
    { .name = "http-once",
      .synopsis = "FILE|-",
      .what = MSG("Chạy một yêu cầu HTTP không qua mạng"),
      .help = MSG(
          "Đọc một yêu cầu HTTP/1.1 thô từ FILE (hoặc đầu vào chuẩn), xử lý như máy chủ, in trả lời thô. Dùng để kiểm thử."),
      .min_args = 1,
      .max_args = 1,
      .needs = CLI_DB | CLI_SIGNER,
      .run = cmd_http_once },
    { .name = "bench",
      .synopsis = "[--json]",
      .what = MSG("Đo xem máy này làm được bao nhiêu"),
      .help = MSG("Đo trong vài giây: đĩa ghi bền được bao nhiêu lần, bao nhiêu thay đổi đi qua cửa ghi, bao nhiêu chữ ký và lần kiểm "
                  "mật khẩu mỗi giây. Ghi vào một kho tạm trong thư mục dữ liệu rồi xoá. So với thư viện trần qua HTTP: make bench."),
      .needs = CLI_SIGNER,
      .run = cmd_bench },
    { .name = "log",
      .synopsis = "[FILE|-]",
      .what = MSG("Đọc nhật ký của máy chủ cho dễ"),
      .help = MSG("Đổi các dòng JSON của máy chủ thành dòng chữ. Ví dụ: journalctl -u bon -o cat | bon log"),
      .max_args = 1,
      .run = cmd_log },
    { .name = "version",
      .synopsis = "[--json]",
      .what = MSG("In phiên bản"),
      .help = MSG("In phiên bản của bon và của các thư viện chính."),
      .run = cmd_version },
    { .name = NULL },
};
