#include "platform/ask/guard.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

/* IANA IPv4 Special-Purpose Address Registry, and multicast. */
static const struct {
    uint32_t net;
    int bits;
} special4[] = {
    { 0x00000000, 8 },  { 0x0a000000, 8 },  { 0x64400000, 10 }, { 0x7f000000, 8 },  { 0xa9fe0000, 16 },
    { 0xac100000, 12 }, { 0xc0000000, 24 }, { 0xc0000200, 24 }, { 0xc0586300, 24 }, { 0xc0a80000, 16 },
    { 0xc6120000, 15 }, { 0xc6336400, 24 }, { 0xcb007100, 24 }, { 0xe0000000, 4 },  { 0xf0000000, 4 },
};

static bool is_special4(uint32_t a)
{
    for (size_t i = 0; i < sizeof special4 / sizeof *special4; i++)
        if ((a ^ special4[i].net) >> (32 - special4[i].bits) == 0)
            return true;
    return false;
}

static uint32_t inner4(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Only 2000::/3 is given out to the world; of it, 6to4, Teredo and documentation lead elsewhere, and translated forms hide an IPv4 one. */
static bool is_special6(const uint8_t p[16])
{
    static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff }, translated[12] = { 0x00, 0x64, 0xff, 0x9b };
    if (memcmp(p, mapped, 12) == 0 || memcmp(p, translated, 12) == 0)
        return is_special4(inner4(p + 12));
    if ((p[0] & 0xe0) != 0x20)
        return true;
    if (p[0] == 0x20 && p[1] == 0x02)
        return true;
    return p[0] == 0x20 && p[1] == 0x01 && (p[2] < 2 || (p[2] == 0x0d && p[3] == 0xb8));
}

bool address_is_special(const struct sockaddr *a)
{
    if (a->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, a, sizeof in);
        return is_special4(ntohl(in.sin_addr.s_addr));
    }
    if (a->sa_family == AF_INET6) {
        struct sockaddr_in6 in;
        memcpy(&in, a, sizeof in);
        return is_special6(in.sin6_addr.s6_addr);
    }
    return true;
}

bool guard_is_inner(const char *inner, struct str host, struct str port)
{
    struct str rest = str_of(inner), piece;
    while (rest.n > 0 && str_cut(&rest, ',', &piece)) {
        piece = str_trim(piece);
        bool named = str_eq(piece, host);
        bool with_port =
            piece.n == host.n + 1 + port.n && str_starts(piece, host) && piece.p[host.n] == ':' && str_ends(piece, port);
        if (named || with_port)
            return true;
    }
    return false;
}

static int check_all(const struct addrinfo *list, char text[64], struct err *e)
{
    for (const struct addrinfo *i = list; i; i = i->ai_next)
        if (address_is_special(i->ai_addr))
            return ERR(e, ERR_FORBIDDEN, "the name leads to an inner or special address");
    return getnameinfo(list->ai_addr, list->ai_addrlen, text, 64, NULL, 0, NI_NUMERICHOST) == 0
               ? 0
               : ERR(e, ERR_SOURCE, "an address that cannot be written");
}

int guard_resolve(const char *inner, struct str host, struct str port, char text[64], struct err *e)
{
    const struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM };
    struct addrinfo *list = NULL;
    char name[260], service[8];
    struct str bare = host.n > 2 && host.p[0] == '[' ? (struct str) { host.p + 1, host.n - 2 } : host;
    snprintf(name, sizeof name, "%.*s", STR_ARG(bare));
    snprintf(service, sizeof service, "%.*s", STR_ARG(port));
    if (getaddrinfo(name, service, &hints, &list) != 0 || !list)
        return ERR(e, ERR_SOURCE, "the name is not known: %s", name);
    int result;
    if (guard_is_inner(inner, host, port))
        result = getnameinfo(list->ai_addr, list->ai_addrlen, text, 64, NULL, 0, NI_NUMERICHOST) == 0 ? 0 : -1;
    else
        result = check_all(list, text, e);
    freeaddrinfo(list);
    return result;
}
