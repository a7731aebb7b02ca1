/* saml.c: what an old app, or somebody in its name, may send to the bridge: behind 'x' a message, behind 'd' a deflated one. */
#include "bridges/saml/guard.h"
#include "fuzz/fuzz.h"

#include <string.h>

void fuzz_start(void)
{
}

static void check_message(struct arena *a, struct str xml)
{
    struct saml_message m, untouched;
    struct err e = { 0 };
    memset(&m, 0x5a, sizeof(m));
    untouched = m;
    if (saml_guard(a, xml, &m, &e) != 0) {
        fuzz_check_refusal(&e);
        ASSERT(e.field[0] != '\0' && memcmp(&m, &untouched, sizeof(m)) == 0);
        return;
    }
    ASSERT(m.kind < SAML_KINDS_ && m.id.n >= 16 && m.id.n <= 200);
    ASSERT(m.issuer.n > 0 && m.issuer.n <= 1024);
    ASSERT(m.kind != SAML_LOGOUT_REQUEST || (m.name_id.n > 0 && m.name_id.n <= 1024));
    ASSERT(str_find(xml, STR("<!")) < 0 && xml.n <= SAML_MESSAGE_MAX);
    ASSERT(!m.is_signed || str_find(xml, STR("Signature")) >= 0);
}

void fuzz_one(struct arena *a, struct str input)
{
    struct str out;
    struct err e = { 0 };
    if (input.n == 0)
        return;
    if (input.p[0] == 'x')
        check_message(a, str_from(input, 1));
    else if (saml_inflate(a, str_from(input, 1), &out, &e) == 0)
        ASSERT(out.n <= SAML_MESSAGE_MAX + 1);
    else
        fuzz_check_refusal(&e);
}
