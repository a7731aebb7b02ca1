/* session_words.c: what a session is called where its owner reads about it: the browser, and the way in. */
#include "engines/accounts/accounts_internal.h"

#include "platform/http/http.h"

struct str device_name(struct str agent)
{
    /* The more particular first: Edge and Chrome also say Safari, Android also says Linux. */
    static const struct {
        const char *browser, *system;
        struct str name;
    } names[] = {
        { "Edg/", "Windows", MSG("Edge trên Windows") },         { "Firefox/", "Android", MSG("Firefox trên Android") },
        { "Firefox/", "Windows", MSG("Firefox trên Windows") },  { "Firefox/", "Linux", MSG("Firefox trên Linux") },
        { "Firefox/", "Mac OS", MSG("Firefox trên máy Mac") },   { "Chrome/", "Android", MSG("Chrome trên Android") },
        { "Chrome/", "Windows", MSG("Chrome trên Windows") },    { "Chrome/", "Mac OS", MSG("Chrome trên máy Mac") },
        { "Chrome/", "Linux", MSG("Chrome trên Linux") },        { "Safari/", "iPhone", MSG("Safari trên iPhone") },
        { "Safari/", "iPad", MSG("Safari trên iPad") },          { "Safari/", "Mac OS", MSG("Safari trên máy Mac") },
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (str_find(agent, str_of(names[i].browser)) >= 0 && str_find(agent, str_of(names[i].system)) >= 0)
            return names[i].name;
    return MSGS("Trình duyệt khác");
}

struct str way_in_name(struct str methods)
{
    /* The stronger first: what a session was opened with may be several. */
    static const struct {
        const char *method;
        struct str name;
    } names[] = {
        { "hwk", MSG("Khoá truy cập") },         { "swk", MSG("Khoá truy cập") }, { "otp", MSG("Mật khẩu và mã") },
        { "mca", MSG("Điện thoại xác nhận") },   { "fed", MSG("Tài khoản nơi khác") }, { "pwd", MSG("Mật khẩu") },
    };
    const struct actor opened = { .methods = methods };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (actor_showed(&opened, names[i].method))
            return names[i].name;
    return MSGS("Cách khác");
}
