/* guard.c: the look at a message before anybody interprets it: first as text, then as a tree. Allow-lists throughout. */
#include "bridges/saml/guard.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#define NS_PROTOCOL  "urn:oasis:names:tc:SAML:2.0:protocol"
#define NS_ASSERTION "urn:oasis:names:tc:SAML:2.0:assertion"
#define NS_DSIG      "http://www.w3.org/2000/09/xmldsig#"
#define EXC_C14N     "http://www.w3.org/2001/10/xml-exc-c14n#"

static int refuse(struct err *e, const char *field, const char *why)
{
    ERR(e, ERR_INPUT, "SAML message: %s", why);
    snprintf(e->field, sizeof(e->field), "%s", field);
    return -1;
}

/* ---- as text ---- */

/* "<!" begins a document type, an entity, a comment or CDATA; "<?" is let pass once, as the XML declaration. */
static int check_markup(struct str xml, struct err *e)
{
    size_t from = str_starts(xml, STR("<?xml ")) ? 2 : 0;
    if (xml.n == 0 || xml.p[0] != '<')
        return refuse(e, "markup", "it does not begin with an element");
    for (size_t i = from; i + 1 < xml.n; i++)
        if (xml.p[i] == '<' && (xml.p[i + 1] == '!' || xml.p[i + 1] == '?'))
            return refuse(e, "markup", "a document type, comment, CDATA or processing instruction");
    return memchr(xml.p, '\0', xml.n) ? refuse(e, "markup", "a NUL byte") : 0;
}

/* ---- as a tree ---- */

static bool is_named(const xmlNode *n, const char *ns, const char *name)
{
    return n->type == XML_ELEMENT_NODE && n->ns && n->ns->href && strcmp((const char *)n->ns->href, ns) == 0 &&
           strcmp((const char *)n->name, name) == 0;
}

static bool is_id(const xmlAttr *at)
{
    return strcasecmp((const char *)at->name, "id") == 0;
}

struct look {
    int elements, signatures;
    const xmlNode *root;
};

/* One element by itself: only the root is called something, only protocol, assertion and signature elements stand here. */
static int check_element(struct look *l, const xmlNode *n, struct err *e)
{
    for (const xmlAttr *at = n->properties; at; at = at->next)
        if (is_id(at) && (n != l->root || strcmp((const char *)at->name, "ID") != 0))
            return refuse(e, "id", "an identifier that is not the root's own");
    if (!n->ns || !n->ns->href)
        return refuse(e, "root", "an element without a namespace");
    const char *ns = (const char *)n->ns->href;
    bool known = strcmp(ns, NS_PROTOCOL) == 0 || strcmp(ns, NS_ASSERTION) == 0 || strcmp(ns, NS_DSIG) == 0 ||
                 strcmp(ns, EXC_C14N) == 0;
    if (!known)
        return refuse(e, "root", "an element of another vocabulary");
    if (n != l->root && (is_named(n, NS_PROTOCOL, "AuthnRequest") || is_named(n, NS_PROTOCOL, "LogoutRequest") ||
                         is_named(n, NS_PROTOCOL, "Response") || is_named(n, NS_ASSERTION, "Assertion")))
        return refuse(e, "root", "a message inside the message");
    if (is_named(n, NS_DSIG, "Object") || is_named(n, NS_DSIG, "RetrievalMethod") || is_named(n, NS_DSIG, "Manifest"))
        return refuse(e, "signature", "a signature that carries or fetches something");
    if (is_named(n, NS_DSIG, "Signature")) {
        l->signatures++;
        if (n->parent != l->root)
            return refuse(e, "signature", "a signature that is not the root's own child");
    }
    return 0;
}

static int walk(struct look *l, const xmlNode *n, int depth, struct err *e)
{
    if (depth > SAML_DEPTH_MAX || ++l->elements > SAML_ELEMENTS_MAX)
        return refuse(e, "depth", "deeper or longer than any honest message");
    if (check_element(l, n, e) != 0)
        return -1;
    for (const xmlNode *c = n->children; c; c = c->next) {
        if (c->type == XML_ELEMENT_NODE ? walk(l, c, depth + 1, e) != 0 : c->type != XML_TEXT_NODE)
            return c->type == XML_ELEMENT_NODE ? -1 : refuse(e, "markup", "a node that is neither element nor text");
    }
    return l->signatures > 1 ? refuse(e, "signature", "several signatures") : 0;
}

/* ---- parts ---- */

/* The only child of that name: 1 one, 0 none, -1 several. */
static int only_child(const xmlNode *parent, const char *ns, const char *name, const xmlNode **out)
{
    int n = 0;
    for (const xmlNode *c = parent->children; c; c = c->next)
        if (is_named(c, ns, name)) {
            *out = c;
            n++;
        }
    return n > 1 ? -1 : n;
}

/* Text of an element that has nothing else in it. */
static bool plain_text(struct arena *a, const xmlNode *n, struct str *out)
{
    const xmlNode *c = n->children;
    if (!c || c->type != XML_TEXT_NODE || c->next || !c->content)
        return false;
    *out = str_dup(a, str_trim(str_of((const char *)c->content)));
    return out->n > 0 && out->n <= 1024;
}

static struct str attribute(struct arena *a, const xmlNode *n, const char *name)
{
    for (const xmlAttr *at = n->properties; at; at = at->next)
        if (!at->ns && strcmp((const char *)at->name, name) == 0 && at->children && at->children->content &&
            !at->children->next)
            return str_dup(a, str_of((const char *)at->children->content));
    return STR_NONE;
}

/* ---- the signature's own shape ---- */

static bool is_one_of(struct str s, const char *const *list)
{
    while (*list)
        if (str_eq(s, str_of(*list++)))
            return true;
    return false;
}

static const char *const signature_methods[] = { "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
                                                 "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
                                                 "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", NULL };
static const char *const digest_methods[] = { "http://www.w3.org/2001/04/xmlenc#sha256",
                                              "http://www.w3.org/2001/04/xmldsig-more#sha384",
                                              "http://www.w3.org/2001/04/xmlenc#sha512", NULL };
static const char *const transforms[] = { "http://www.w3.org/2000/09/xmldsig#enveloped-signature", EXC_C14N, NULL };

static int check_transforms(struct arena *a, const xmlNode *reference, struct err *e)
{
    const xmlNode *list = NULL;
    if (only_child(reference, NS_DSIG, "Transforms", &list) != 1)
        return refuse(e, "signature", "no or several lists of transforms");
    int n = 0;
    for (const xmlNode *c = list->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE &&
            (!is_named(c, NS_DSIG, "Transform") || !is_one_of(attribute(a, c, "Algorithm"), transforms) || ++n > 2))
            return refuse(e, "signature", "a transform that could hide something");
    return 0;
}

static int check_reference(struct arena *a, const xmlNode *info, struct str id, struct err *e)
{
    const xmlNode *reference = NULL, *digest = NULL;
    if (only_child(info, NS_DSIG, "Reference", &reference) != 1)
        return refuse(e, "signature", "no or several references");
    struct str uri = attribute(a, reference, "URI");
    if (uri.n < 2 || uri.p[0] != '#' || !str_eq(str_from(uri, 1), id))
        return refuse(e, "signature", "it is not over the whole message");
    if (only_child(reference, NS_DSIG, "DigestMethod", &digest) != 1 ||
        !is_one_of(attribute(a, digest, "Algorithm"), digest_methods))
        return refuse(e, "signature", "a weak or unknown digest");
    return check_transforms(a, reference, e);
}

static int check_signature(struct arena *a, const xmlNode *root, struct str id, struct err *e)
{
    const xmlNode *signature = NULL, *info = NULL, *method = NULL, *canonical = NULL;
    if (only_child(root, NS_DSIG, "Signature", &signature) != 1)
        return refuse(e, "signature", "no signature of the root's own");
    if (only_child(signature, NS_DSIG, "SignedInfo", &info) != 1 ||
        only_child(info, NS_DSIG, "SignatureMethod", &method) != 1 ||
        !is_one_of(attribute(a, method, "Algorithm"), signature_methods))
        return refuse(e, "signature", "a weak or unknown method");
    if (only_child(info, NS_DSIG, "CanonicalizationMethod", &canonical) != 1 ||
        !str_eq(attribute(a, canonical, "Algorithm"), STR(EXC_C14N)))
        return refuse(e, "signature", "another canonical form");
    return check_reference(a, info, id, e);
}

/* ---- the message ---- */

static int read_root(struct arena *a, const xmlNode *root, struct saml_message *m, struct err *e)
{
    static const char *const names[] = { [SAML_AUTHN_REQUEST] = "AuthnRequest", [SAML_LOGOUT_REQUEST] = "LogoutRequest" };
    const xmlNode *issuer = NULL;
    int kind = 0;
    while (kind < SAML_KINDS_ && !is_named(root, NS_PROTOCOL, names[kind]))
        kind++;
    if (kind == SAML_KINDS_)
        return refuse(e, "root", "neither a request to sign in nor one to sign out");
    m->kind = (enum saml_kind)kind;
    m->id = attribute(a, root, "ID");
    m->destination = attribute(a, root, "Destination");
    m->issued = attribute(a, root, "IssueInstant");
    if (m->id.n < 16 || m->id.n > 200 || !str_eq(attribute(a, root, "Version"), STR("2.0")))
        return refuse(e, "id", "no identifier of some length, or another version");
    if (only_child(root, NS_ASSERTION, "Issuer", &issuer) != 1 || !plain_text(a, issuer, &m->issuer))
        return refuse(e, "issuer", "no plain issuer, or several");
    return 0;
}

static int read_logout(struct arena *a, const xmlNode *root, struct saml_message *m, struct err *e)
{
    const xmlNode *name = NULL, *index = NULL;
    if (m->kind != SAML_LOGOUT_REQUEST)
        return 0;
    if (only_child(root, NS_ASSERTION, "NameID", &name) != 1 || !plain_text(a, name, &m->name_id))
        return refuse(e, "name-id", "no plain NameID, or several");
    int several = only_child(root, NS_PROTOCOL, "SessionIndex", &index);
    if (several < 0 || (several == 1 && !plain_text(a, index, &m->session_index)))
        return refuse(e, "name-id", "a SessionIndex that is not plain, or several");
    return 0;
}

static int read_tree(struct arena *a, const xmlNode *root, struct saml_message *m, struct err *e)
{
    struct look l = { .root = root };
    if (!root || walk(&l, root, 1, e) != 0)
        return root ? -1 : refuse(e, "xml", "empty");
    if (read_root(a, root, m, e) != 0 || read_logout(a, root, m, e) != 0)
        return -1;
    m->is_signed = l.signatures == 1;
    return m->is_signed ? check_signature(a, root, m->id, e) : 0;
}

int saml_guard(struct arena *a, struct str xml, struct saml_message *out, struct err *e)
{
    struct saml_message m = { 0 };
    struct arena own; /* with room for all of it: nothing jumps over libxml2's tree */
    if (xml.n > SAML_MESSAGE_MAX)
        return refuse(e, "size", "longer than 64 KiB");
    if (check_markup(xml, e) != 0)
        return -1;
    xmlDoc *doc = xmlReadMemory(xml.p, (int)xml.n, NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!doc)
        return refuse(e, "xml", "not well-formed");
    arena_init(&own, 1 << 20);
    int result = read_tree(&own, xmlDocGetRootElement(doc), &m, e);
    xmlFreeDoc(doc);
    if (result == 0)
        *out = (struct saml_message) { .kind = m.kind,
                                       .id = str_dup(a, m.id),
                                       .issuer = str_dup(a, m.issuer),
                                       .destination = str_dup(a, m.destination),
                                       .issued = str_dup(a, m.issued),
                                       .name_id = str_dup(a, m.name_id),
                                       .session_index = str_dup(a, m.session_index),
                                       .is_signed = m.is_signed };
    arena_release(&own);
    return result;
}

/* ---- bindings ---- */

int saml_unbase64(struct arena *a, struct str text, struct str *out, struct err *e)
{
    struct buf b;
    buf_init(&b, a, 2 * SAML_MESSAGE_MAX);
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '\r' || c == '\n' || c == '=')
            continue;
        buf_put_char(&b, (char)(c == '+' ? '-' : c == '/' ? '_' : c));
    }
    if (b.full || !str_unbase64url(a, buf_str(&b), out))
        return refuse(e, "size", "no base64 of at most 96 KiB");
    return 0;
}

int saml_inflate(struct arena *a, struct str deflated, struct str *out, struct err *e)
{
    char *bytes = arena_alloc(a, SAML_MESSAGE_MAX + 1);
    z_stream z = { .next_in = (unsigned char *)(uintptr_t)deflated.p,
                   .avail_in = (unsigned)deflated.n,
                   .next_out = (unsigned char *)bytes,
                   .avail_out = SAML_MESSAGE_MAX + 1 };
    if (inflateInit2(&z, -15) != Z_OK)
        return refuse(e, "xml", "zlib does not start");
    int result = inflate(&z, Z_FINISH);
    inflateEnd(&z);
    if (result != Z_STREAM_END || z.avail_in != 0)
        return refuse(e, z.avail_out == 0 ? "size" : "xml", "not DEFLATE of at most 64 KiB");
    *out = (struct str) { bytes, z.total_out };
    return 0;
}
