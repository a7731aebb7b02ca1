/* memory_file.c: see memory_file.h. The stream that minizip holds is the struct itself: one file, no names. */
#include "platform/office/memory_file.h"

#include <stdlib.h>
#include <string.h>

static size_t size_of(const struct memory_file *m)
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
    struct memory_file *m = stream;
    (void)opaque;
    size_t left = m->at < size_of(m) ? size_of(m) - m->at : 0;
    if (n > left)
        n = left;
    if (n > 0)
        memcpy(to, (m->in.p ? m->in.p : m->out) + m->at, n);
    m->at += n;
    return n;
}

static bool make_room(struct memory_file *m, size_t end)
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

bool memory_file_put(struct memory_file *m, const void *bytes, size_t n)
{
    if (m->failed || n > m->max || !make_room(m, m->at + n)) {
        m->failed = true;
        return false;
    }
    memcpy(m->out + m->at, bytes, n);
    m->at += n;
    if (m->at > m->n)
        m->n = m->at;
    return true;
}

/* The library's bytes are given back before anything may jump. */
int memory_file_take(struct memory_file *m, struct arena *a, struct str *out)
{
    char *copy = m->failed ? NULL : arena_try(a, m->n);
    if (copy && m->n)
        memcpy(copy, m->out, m->n);
    free(m->out);
    m->out = NULL;
    if (!copy)
        return -1;
    *out = (struct str) { copy, m->n };
    return 0;
}

static uLong memory_write(voidpf opaque, voidpf stream, const void *from, uLong n)
{
    (void)opaque;
    return memory_file_put(stream, from, n) ? n : 0;
}

static ZPOS64_T memory_tell(voidpf opaque, voidpf stream)
{
    (void)opaque;
    return ((struct memory_file *)stream)->at;
}

static long memory_seek(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
    struct memory_file *m = stream;
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
    return ((struct memory_file *)stream)->failed;
}

zlib_filefunc64_def memory_file_functions(struct memory_file *m)
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
