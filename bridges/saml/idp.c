/* idp.c: liblasso with its loose ends tied: every request signed, SHA-256 at least, our own NameIDs, attributes from the configuration, and
 * nothing it keeps by itself.
 */
#include "bridges/saml/idp.h"

#include "platform/crypto/crypto.h"

#include <lasso/lasso.h>
#include <lasso/xml/misc_text_node.h>
#include <lasso/xml/saml-2.0/saml2_attribute.h>
#include <lasso/xml/saml-2.0/saml2_attribute_statement.h>
#include <lasso/xml/saml-2.0/saml2_attribute_value.h>
#include <lasso/xml/saml-2.0/saml2_authn_context.h>
#include <lasso/xml/saml-2.0/saml2_authn_statement.h>
#include <lasso/xml/saml-2.0/samlp2_authn_request.h>
#include <lasso/xml/saml-2.0/samlp2_logout_response.h>
#include <lasso/xml/saml-2.0/samlp2_name_id_policy.h>
#include <openssl/pem.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ASSERTION_MINUTES = 5, RSA_BITS_LEAST = 2048 };

struct idp {
    struct saml_config *config;
    LassoServer *server;
    struct str metadata;
    pthread_mutex_t lock;
};

static int refuse(struct err *e, const char *field, const char *what, int code)
{
    ERR(e, ERR_INPUT, "%s: lasso %d %s", what, code, lasso_strerror(code));
    snprintf(e->field, sizeof(e->field), "%s", field);
    return -1;
}

/* ---- opening ---- */

/* The certificate's inside, as metadata carry it; its key must be RSA of a fit size, since that is what old apps check with. */
static int read_certificate(struct arena *a, struct str path, struct str *base64, struct err *e)
{
    struct str pem;
    if (saml_file_read(a, path, &pem, e) != 0)
        return -1;
    BIO *in = BIO_new_mem_buf(pem.p, (int)pem.n);
    X509 *certificate = in ? PEM_read_bio_X509(in, NULL, NULL, NULL) : NULL;
    EVP_PKEY *key = certificate ? X509_get0_pubkey(certificate) : NULL;
    bool fit = key && EVP_PKEY_is_a(key, "RSA") && EVP_PKEY_get_bits(key) >= RSA_BITS_LEAST;
    X509_free(certificate);
    BIO_free(in);
    if (!fit)
        return ERR(e, ERR_INPUT, "%.*s is no certificate of an RSA key of at least %d bits", STR_ARG(path), RSA_BITS_LEAST);
    ptrdiff_t from = str_find(pem, STR("-----BEGIN CERTIFICATE-----")), to = str_find(pem, STR("-----END CERTIFICATE-----"));
    *base64 = str_trim(str_head(str_from(pem, (size_t)from + 27), (size_t)to - (size_t)from - 27));
    return 0;
}

static struct str own_metadata(struct arena *a, const struct saml_config *c, struct str certificate)
{
    return str_fmt(
        a,
        "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" "
        "xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" "
        "entityID=\"%.*s\"><md:IDPSSODescriptor WantAuthnRequestsSigned=\"true\" "
        "protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\"><md:KeyDescriptor use=\"signing\"><ds:KeyInfo>"
        "<ds:X509Data><ds:X509Certificate>%.*s</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
        "<md:SingleLogoutService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" Location=\"%.*s/saml/slo\"/>"
        "<md:SingleLogoutService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"%.*s/saml/slo\"/>"
        "<md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>"
        "<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" Location=\"%.*s/saml/sso\"/>"
        "<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"%.*s/saml/sso\"/>"
        "</md:IDPSSODescriptor></md:EntityDescriptor>\n",
        STR_ARG(c->entity_id), STR_ARG(certificate), STR_ARG(c->base_url), STR_ARG(c->base_url), STR_ARG(c->base_url),
        STR_ARG(c->base_url));
}

static struct str value_after(struct str text, struct str what)
{
    struct str out;
    ptrdiff_t at = str_find(text, what);
    if (at < 0)
        return STR("");
    struct str rest = str_from(text, (size_t)at + what.n);
    str_cut(&rest, '"', &out);
    return out;
}

static int add_app(struct idp *i, struct arena *a, struct saml_app *app, struct err *e)
{
    struct str text;
    if (saml_file_read(a, app->metadata, &text, e) != 0)
        return -1;
    app->entity_id = str_dup(a, value_after(text, STR("entityID=\"")));
    int code = lasso_server_add_provider_from_buffer(i->server, LASSO_PROVIDER_ROLE_SP, str_cstr(a, text), NULL, NULL);
    if (code != 0 || app->entity_id.n == 0)
        return refuse(e, "app", str_cstr(a, app->metadata), code);
    return 0;
}

int idp_open(struct arena *a, struct saml_config *c, struct idp **out, struct err *e)
{
    struct str certificate;
    struct idp *i = arena_new(a, struct idp);
    if (read_certificate(a, c->certificate, &certificate, e) != 0)
        return -1;
    if (lasso_init() != 0)
        return ERR(e, ERR_INTERNAL, "lasso does not start");
    i->config = c;
    i->metadata = own_metadata(a, c, certificate);
    struct str key, pem;
    if (saml_file_read(a, c->key, &key, e) != 0 || saml_file_read(a, c->certificate, &pem, e) != 0)
        return -1;
    i->server = lasso_server_new_from_buffers(str_cstr(a, i->metadata), str_cstr(a, key), NULL, str_cstr(a, pem));
    if (!i->server)
        return ERR(e, ERR_INPUT, "lasso does not take %.*s", STR_ARG(c->key));
    /* What others sign with is guard.c's matter: lasso 2.8.1 declares a least method and does not export it. */
    i->server->signature_method = LASSO_SIGNATURE_METHOD_RSA_SHA256;
    pthread_mutex_init(&i->lock, NULL);
    for (size_t n = 0; n < c->n_apps; n++)
        if (add_app(i, a, &c->apps[n], e) != 0)
            return -1;
    *out = i;
    return 0;
}

void idp_close(struct idp *i)
{
    if (!i)
        return;
    lasso_server_destroy(i->server);
    pthread_mutex_destroy(&i->lock);
    lasso_shutdown();
}

struct str idp_metadata(const struct idp *i)
{
    return i->metadata;
}

/* ---- requests ---- */

static const struct saml_app *app_of(const struct idp *i, struct str entity_id)
{
    for (size_t n = 0; n < i->config->n_apps; n++)
        if (str_eq(i->config->apps[n].entity_id, entity_id))
            return &i->config->apps[n];
    return NULL;
}

static char *raw_of(struct arena *a, const struct idp_input *in)
{
    return str_cstr(a, in->raw);
}

/* Apps get persistent names of our own making, so lasso need not look for one or be allowed to make one. */
static bool take_name_policy(LassoSamlp2AuthnRequest *request)
{
    if (!request->NameIDPolicy)
        request->NameIDPolicy = LASSO_SAMLP2_NAME_ID_POLICY(lasso_samlp2_name_id_policy_new());
    LassoSamlp2NameIDPolicy *policy = request->NameIDPolicy;
    if (policy->Format && strcmp(policy->Format, LASSO_SAML2_NAME_IDENTIFIER_FORMAT_PERSISTENT) != 0 &&
        strcmp(policy->Format, LASSO_SAML2_NAME_IDENTIFIER_FORMAT_UNSPECIFIED) != 0)
        return false;
    g_free(policy->Format);
    policy->Format = g_strdup(LASSO_SAML2_NAME_IDENTIFIER_FORMAT_PERSISTENT);
    policy->AllowCreate = TRUE;
    return true;
}

static int take_request(struct idp *i, struct arena *a, const struct idp_input *in, LassoLogin *login, struct idp_asked *out,
                        struct err *e)
{
    LassoProfile *p = LASSO_PROFILE(login);
    lasso_profile_set_signature_verify_hint(p, LASSO_PROFILE_SIGNATURE_VERIFY_HINT_FORCE);
    int code = lasso_login_process_authn_request_msg(login, raw_of(a, in));
    if (code != 0)
        return refuse(e, "lasso", "request to sign in", code);
    if (!p->remote_providerID || !(out->app = app_of(i, str_of(p->remote_providerID))))
        return refuse(e, "app", "an app nobody registered", 0);
    LassoSamlp2AuthnRequest *request = LASSO_SAMLP2_AUTHN_REQUEST(p->request);
    if (!take_name_policy(request))
        return refuse(e, "name-id", "another NameID than a persistent one", 0);
    code = lasso_login_validate_request_msg(login, TRUE, FALSE);
    if (code != 0)
        return refuse(e, "lasso", "request that its metadata do not allow", code);
    out->force = request->ForceAuthn;
    out->passive = request->IsPassive;
    g_free(p->msg_relayState);
    p->msg_relayState = in->relay_state.n > 0 ? g_strndup(in->relay_state.p, in->relay_state.n) : NULL;
    char *dump = lasso_login_dump(login);
    out->dump = str_dup(a, str_of(dump));
    g_free(dump);
    return out->dump.n > 0 ? 0 : ERR(e, ERR_INTERNAL, "lasso does not keep the request");
}

int idp_take_request(struct idp *i, struct arena *a, const struct idp_input *in, struct idp_asked *out, struct err *e)
{
    struct idp_asked asked = { 0 };
    pthread_mutex_lock(&i->lock);
    LassoLogin *login = lasso_login_new(i->server);
    int result = login ? take_request(i, a, in, login, &asked, e) : ERR(e, ERR_INTERNAL, "lasso has no memory");
    if (login)
        lasso_login_destroy(login);
    pthread_mutex_unlock(&i->lock);
    if (result == 0)
        *out = asked;
    return result;
}

/* ---- answers ---- */

static LassoNode *attribute_node(struct arena *a, const struct saml_attribute *from)
{
    LassoSaml2Attribute *attribute = LASSO_SAML2_ATTRIBUTE(lasso_saml2_attribute_new());
    LassoSaml2AttributeValue *value = LASSO_SAML2_ATTRIBUTE_VALUE(lasso_saml2_attribute_value_new());
    LassoMiscTextNode *text = LASSO_MISC_TEXT_NODE(lasso_misc_text_node_new_with_string(str_cstr(a, from->claim)));
    text->text_child = TRUE;
    value->any = g_list_append(NULL, text);
    attribute->Name = g_strdup(str_cstr(a, from->name));
    attribute->NameFormat = g_strdup(str_starts(from->name, STR("urn:")) ? LASSO_SAML2_ATTRIBUTE_NAME_FORMAT_URI
                                                                         : LASSO_SAML2_ATTRIBUTE_NAME_FORMAT_BASIC);
    attribute->AttributeValue = g_list_append(NULL, value);
    return LASSO_NODE(attribute);
}

static void put_attributes(struct arena *a, LassoSaml2Assertion *assertion, const struct idp_person *who)
{
    if (who->n_attributes == 0)
        return;
    LassoSaml2AttributeStatement *all = LASSO_SAML2_ATTRIBUTE_STATEMENT(lasso_saml2_attribute_statement_new());
    for (size_t n = 0; n < who->n_attributes; n++)
        all->Attribute = g_list_append(all->Attribute, attribute_node(a, &who->attributes[n]));
    assertion->AttributeStatement = g_list_append(NULL, all);
}

static char *time_text(struct arena *a, struct instant t)
{
    struct str iso = instant_iso(a, (struct instant) { t.us / US_PER_SECOND * US_PER_SECOND });
    return str_cstr(a, str_fmt(a, "%.*sZ", STR_ARG(str_head(iso, 19))));
}

/* lasso makes a NameID of its own; ours is the same for this app for ever, and different for another. */
static int put_person(struct arena *a, LassoLogin *login, const struct idp_person *who, struct err *e)
{
    LassoSaml2Assertion *assertion = LASSO_SAML2_ASSERTION(lasso_login_get_assertion(login));
    if (!LASSO_IS_SAML2_ASSERTION(assertion) || !assertion->Subject || !assertion->Subject->NameID ||
        !assertion->AuthnStatement)
        return ERR(e, ERR_INTERNAL, "lasso made no assertion");
    LassoSaml2NameID *name = assertion->Subject->NameID;
    g_free(name->content);
    g_free(name->Format);
    name->content = g_strdup(str_cstr(a, who->name_id));
    name->Format = g_strdup(LASSO_SAML2_NAME_IDENTIFIER_FORMAT_PERSISTENT);
    LassoSaml2AuthnStatement *statement = assertion->AuthnStatement->data;
    g_free(statement->SessionIndex);
    statement->SessionIndex = g_strdup(str_cstr(a, who->session_index));
    put_attributes(a, assertion, who);
    g_object_unref(assertion);
    return 0;
}

static int build_assertion(struct arena *a, LassoLogin *login, const struct idp_person *who, struct err *e)
{
    const char *method = who->level == 2 ? LASSO_SAML2_AUTHN_CONTEXT_MOBILE_TWO_FACTOR_CONTRACT
                                         : LASSO_SAML2_AUTHN_CONTEXT_PASSWORD_PROTECTED_TRANSPORT;
    struct instant from = { who->at.us - US_PER_MINUTE }, until = { who->at.us + ASSERTION_MINUTES * US_PER_MINUTE };
    int code =
        lasso_login_build_assertion(login, method, time_text(a, who->at), NULL, time_text(a, from), time_text(a, until));
    return code == 0 ? put_person(a, login, who, e) : refuse(e, "lasso", "assertion", code);
}

static int take_answer(struct arena *a, LassoProfile *p, struct idp_answer *out, struct err *e)
{
    out->url = str_dup(a, str_of(p->msg_url));
    out->message = str_dup(a, str_of(p->msg_body));
    return out->url.n > 0 ? 0 : ERR(e, ERR_INTERNAL, "lasso names no address");
}

static int answer(struct arena *a, LassoLogin *login, const struct idp_person *who, struct idp_answer *out, struct err *e)
{
    LassoProfile *p = LASSO_PROFILE(login);
    int code = lasso_login_validate_request_msg(login, who != NULL, FALSE);
    if (code != 0 && code != LASSO_LOGIN_ERROR_REQUEST_DENIED)
        return refuse(e, "lasso", "request", code);
    if (who && build_assertion(a, login, who, e) != 0)
        return -1;
    lasso_profile_set_signature_hint(p, LASSO_PROFILE_SIGNATURE_HINT_FORCE);
    code = lasso_login_build_authn_response_msg(login);
    if (code != 0)
        return refuse(e, "lasso", "response", code);
    char *session = p->session ? lasso_session_dump(p->session) : NULL;
    out->session = str_dup(a, str_of(session));
    g_free(session);
    return take_answer(a, p, out, e);
}

int idp_answer(struct idp *i, struct arena *a, struct str dump, const struct idp_person *who, struct idp_answer *out,
               struct err *e)
{
    struct idp_answer made = { 0 };
    pthread_mutex_lock(&i->lock);
    LassoLogin *login = lasso_login_new_from_dump(i->server, str_cstr(a, dump));
    int result = login ? answer(a, login, who, &made, e) : ERR(e, ERR_INTERNAL, "lasso does not know the request again");
    if (login)
        lasso_login_destroy(login);
    pthread_mutex_unlock(&i->lock);
    if (result == 0)
        *out = made;
    return result;
}

/* ---- signing out ---- */

static int logout(struct arena *a, const struct idp_input *in, struct str session, LassoLogout *l, struct idp_answer *out,
                  struct err *e)
{
    LassoProfile *p = LASSO_PROFILE(l);
    lasso_profile_set_signature_verify_hint(p, LASSO_PROFILE_SIGNATURE_VERIFY_HINT_FORCE);
    int code = lasso_logout_process_request_msg(l, raw_of(a, in));
    if (code != 0)
        return refuse(e, "lasso", "request to sign out", code);
    if (session.n > 0 && (code = lasso_profile_set_session_from_dump(p, str_cstr(a, session))) != 0)
        return refuse(e, "lasso", "session", code);
    lasso_logout_validate_request(l); /* what it finds wrong becomes the status of the response */
    g_free(p->msg_relayState);
    p->msg_relayState = in->relay_state.n > 0 ? g_strndup(in->relay_state.p, in->relay_state.n) : NULL;
    lasso_profile_set_signature_hint(p, LASSO_PROFILE_SIGNATURE_HINT_FORCE);
    code = lasso_logout_build_response_msg(l);
    return code == 0 ? take_answer(a, p, out, e) : refuse(e, "lasso", "response", code);
}

int idp_logout(struct idp *i, struct arena *a, const struct idp_input *in, struct str session, struct idp_answer *out,
               struct err *e)
{
    struct idp_answer made = { 0 };
    pthread_mutex_lock(&i->lock);
    LassoLogout *l = lasso_logout_new(i->server);
    int result = l ? logout(a, in, session, l, &made, e) : ERR(e, ERR_INTERNAL, "lasso has no memory");
    if (l)
        lasso_logout_destroy(l);
    pthread_mutex_unlock(&i->lock);
    if (result == 0)
        *out = made;
    return result;
}
