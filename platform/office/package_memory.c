/* package_memory.c: see package_memory.h. The stream that minizip holds is the struct itself: one file, no names. */
#include "platform/office/package_memory.h"

#include <stdlib.h>
#include <string.h>

static size_t size_of(const struct package_memory *m)
{
    return m->in.p ? m->in.n : m->n;
}

static voidpf memory_open(voidpf opaque, const void *name, int mode)
{
    (void)name;
    (void)mode;
    return opaque;
}

static uLong memory_read(voidpf opaque, voidpf stream, void *to, uLong n)
{
    struct package_memory *m = stream;
    (void)opaque;
    size_t left = m->at < size_of(m) ? size_of(m) - m->at : 0;
    if (n > left)
        n = left;
    if (n > 0)
        memcpy(to, (m->in.p ? m->in.p : m->out) + m->at, n);
    m->at += n;
    return n;
}

static bool make_room(struct package_memory *m, size_t end)
{
    if (end > m->max)
        return false;
    if (end <= m->room)
        return true;
    size_t room = m->room ? m->room : 16 * 1024;
    while (room < end)
        room *= 2;
    char *grown = realloc(m->out, room);
    if (!grown)
        return false;
    memset(grown + m->room, 0, room - m->room);
    m->out = grown;
    m->room = room;
    return true;
}

static uLong memory_write(voidpf opaque, voidpf stream, const void *from, uLong n)
{
    struct package_memory *m = stream;
    (void)opaque;
    if (m->failed || n > m->max || !make_room(m, m->at + n)) {
        m->failed = true;
        return 0;
    }
    memcpy(m->out + m->at, from, n);
    m->at += n;
    if (m->at > m->n)
        m->n = m->at;
    return n;
}

static ZPOS64_T memory_tell(voidpf opaque, voidpf stream)
{
    (void)opaque;
    return ((struct package_memory *)stream)->at;
}

static long memory_seek(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
    struct package_memory *m = stream;
    (void)opaque;
    ZPOS64_T from = origin == ZLIB_FILEFUNC_SEEK_SET ? 0 : origin == ZLIB_FILEFUNC_SEEK_CUR ? m->at : size_of(m);
    if (offset > size_of(m) || from > size_of(m) - offset)
        return -1;
    m->at = (size_t)(from + offset);
    return 0;
}

static int memory_close(voidpf opaque, voidpf stream)
{
    (void)opaque;
    (void)stream;
    return 0;
}

static int memory_error(voidpf opaque, voidpf stream)
{
    (void)opaque;
    return ((struct package_memory *)stream)->failed;
}

zlib_filefunc64_def package_memory_functions(struct package_memory *m)
{
    return (zlib_filefunc64_def) {
        .zopen64_file = memory_open,
        .zread_file = memory_read,
        .zwrite_file = memory_write,
        .ztell64_file = memory_tell,
        .zseek64_file = memory_seek,
        .zclose_file = memory_close,
        .zerror_file = memory_error,
        .opaque = m,
    };
}
