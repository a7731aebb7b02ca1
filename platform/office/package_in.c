/* package_in.c: the directory of a zip file, judged whole, then its parts one by one. */
#include "platform/office/package.h"

#include "platform/office/memory_file.h"

#include <minizip/unzip.h>
#include <stdlib.h>
#include <string.h>

enum {
    NAME_MAX_BYTES = 255,
    ENTRIES_PRESET = 256,
    RATIO_PRESET = 200,
    RATIO_FROM = 1 << 20, /* small parts may be as empty as they like */
    UNPACKED_PRESET = 64 << 20,
    FLAG_ENCRYPTED = 1,
};

struct entry {
    unz64_file_pos at;
    struct str name; /* behind the struct's own arrays, from malloc */
};

struct package_in {
    struct memory_file memory;
    struct package_limits limits;
    unzFile zip;
    struct entry *entries;
    char *names; /* NAME_MAX_BYTES + 1 each */
    size_t n;
    size_t unpacked;
    bool entered;
};

static int broken(struct err *e, const char *why)
{
    return ERR_SAY(
        e, ERR_INPUT,
        MSGS("Tệp bị hỏng hoặc không phải tệp bảng tính. Xin mở tệp bằng Excel hay LibreOffice, lưu lại rồi gửi."),
        "package: %s", why);
}

static int bomb(struct err *e, const char *why)
{
    return ERR_SAY(e, ERR_TOO_LARGE, MSGS("Tệp bung ra quá lớn nên không được mở. Xin tách thành các tệp nhỏ hơn."),
                   "package: %s", why);
}

/* Names go nowhere but into comparisons; one that tries to climb still says what the file is. */
static bool climbs(struct str name)
{
    struct str piece;
    if (str_starts(name, STR("/")) || str_find_char(name, '\\') >= 0 || memchr(name.p, 0, name.n) ||
        str_find_char(name, ':') >= 0)
        return true;
    while (str_cut(&name, '/', &piece))
        if (str_eq(piece, STR("..")))
            return true;
    return false;
}

static int judge(struct package_in *p, const unz_file_info64 *info, struct str name, struct err *e)
{
    if (info->size_filename != name.n || climbs(name))
        return broken(e, "a name leads out of the package");
    if (package_has(p, name))
        return broken(e, "one name stands there twice");
    if (info->flag & FLAG_ENCRYPTED)
        return ERR_SAY(e, ERR_INPUT, MSGS("Tệp có mật khẩu nên không đọc được. Xin bỏ mật khẩu rồi gửi lại."),
                       "package: encrypted");
    if (info->compression_method != 0 && info->compression_method != Z_DEFLATED)
        return broken(e, "an unknown way of packing");
    if (info->compressed_size > p->memory.in.n)
        return broken(e, "a part is longer than the file");
    if (info->uncompressed_size > p->limits.unpacked - p->unpacked)
        return bomb(e, "too many bytes unpacked");
    if (info->uncompressed_size > RATIO_FROM && info->uncompressed_size / p->limits.ratio > info->compressed_size)
        return bomb(e, "packed too densely to be true");
    p->unpacked += (size_t)info->uncompressed_size;
    return 0;
}

static int take_entry(struct package_in *p, struct err *e)
{
    unz_file_info64 info = { 0 };
    struct entry *entry = &p->entries[p->n];
    char *name = p->names + p->n * (NAME_MAX_BYTES + 1);
    if (p->n == p->limits.entries)
        return bomb(e, "too many entries");
    if (unzGetCurrentFileInfo64(p->zip, &info, name, NAME_MAX_BYTES, NULL, 0, NULL, 0) != UNZ_OK ||
        info.size_filename > NAME_MAX_BYTES || unzGetFilePos64(p->zip, &entry->at) != UNZ_OK)
        return broken(e, "an entry cannot be read");
    entry->name = str_head((struct str) { name, NAME_MAX_BYTES }, info.size_filename);
    if (judge(p, &info, entry->name, e))
        return -1;
    p->n++;
    return 0;
}

static int take_directory(struct package_in *p, struct err *e)
{
    unz_global_info64 all = { 0 };
    if (unzGetGlobalInfo64(p->zip, &all) != UNZ_OK || all.number_entry == 0)
        return broken(e, "no entries");
    if (all.number_entry > p->limits.entries)
        return bomb(e, "too many entries");
    int at = unzGoToFirstFile(p->zip);
    while (at == UNZ_OK) {
        if (take_entry(p, e))
            return -1;
        at = unzGoToNextFile(p->zip);
    }
    return at == UNZ_END_OF_LIST_OF_FILE ? 0 : broken(e, "the directory breaks off");
}

static int open_zip(struct package_in *p, struct err *e)
{
    zlib_filefunc64_def functions = memory_file_functions(&p->memory);
    p->entries = calloc(p->limits.entries, sizeof *p->entries);
    p->names = calloc(p->limits.entries, NAME_MAX_BYTES + 1);
    if (!p->entries || !p->names)
        return ERR(e, ERR_BUSY, "no memory for a package");
    p->zip = unzOpen2_64("", &functions);
    return p->zip ? take_directory(p, e) : broken(e, "no directory");
}

int package_open(struct str bytes, const struct package_limits *limits, struct package_in **out, struct err *e)
{
    struct package_in *p = calloc(1, sizeof *p);
    if (!p)
        return ERR(e, ERR_BUSY, "no memory for a package");
    if (limits)
        p->limits = *limits;
    p->limits.entries = p->limits.entries ? p->limits.entries : ENTRIES_PRESET;
    p->limits.unpacked = p->limits.unpacked ? p->limits.unpacked : UNPACKED_PRESET;
    p->limits.ratio = p->limits.ratio ? p->limits.ratio : RATIO_PRESET;
    p->memory.in = (struct str) { bytes.p ? bytes.p : "", bytes.n };
    if (open_zip(p, e)) {
        package_close(p);
        return -1;
    }
    *out = p;
    return 0;
}

void package_close(struct package_in *p)
{
    if (!p)
        return;
    if (p->entered)
        unzCloseCurrentFile(p->zip);
    if (p->zip)
        unzClose(p->zip);
    free(p->entries);
    free(p->names);
    free(p);
}

struct str package_name(const struct package_in *p, size_t i)
{
    return i < p->n ? p->entries[i].name : STR_NONE;
}

/* Names of parts differ by more than the case of letters (ECMA-376 part 2, 6.2.2.3). */
static const struct entry *find(const struct package_in *p, struct str name)
{
    for (size_t i = 0; i < p->n; i++)
        if (str_eq_nocase(p->entries[i].name, name))
            return &p->entries[i];
    return NULL;
}

bool package_has(const struct package_in *p, struct str name)
{
    return find(p, name) != NULL;
}

static int leave(struct package_in *p)
{
    int result = p->entered ? unzCloseCurrentFile(p->zip) : UNZ_OK;
    p->entered = false;
    return result;
}

int package_enter(struct package_in *p, struct str name, struct err *e)
{
    const struct entry *entry = find(p, name);
    leave(p); /* a part that was left halfway has no checksum to tell */
    if (!entry)
        return broken(e, "a part is missing");
    unz64_file_pos at = entry->at;
    if (unzGoToFilePos64(p->zip, &at) != UNZ_OK || unzOpenCurrentFile(p->zip) != UNZ_OK)
        return broken(e, "a part cannot be opened");
    p->entered = true;
    return 0;
}

int package_read(struct package_in *p, void *to, size_t n, struct err *e)
{
    int got = p->entered ? unzReadCurrentFile(p->zip, to, (unsigned)n) : 0;
    if (got > 0)
        return got;
    if (got < 0 || leave(p) != UNZ_OK)
        return broken(e, "a part breaks off or its checksum is wrong");
    return 0;
}
