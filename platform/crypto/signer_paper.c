/* signer_paper.c: how papers are signed: a certificate for the key of "paper", and CMS over a digest. Runs in the signer process only.
 *
 * The certificate that is made here says nothing but whose key it is: nobody vouches for it. A province puts the one that its authority
 * has issued in its place.
 */
#include "platform/crypto/key_file.h"
#include "platform/crypto/signer_internal.h"

#include <openssl/cms.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

#define CERT_FILE PAPER_PURPOSE ".crt"
enum { CERT_YEARS = 10, DAY_S = 24 * 60 * 60, SERIAL_BITS = 127 };

/* ---- the certificate ---- */

static bool add_extension(X509 *cert, int nid, const char *value)
{
    X509V3_CTX of;
    X509V3_set_ctx(&of, cert, cert, NULL, NULL, 0);
    X509_EXTENSION *x = X509V3_EXT_conf_nid(NULL, &of, nid, value);
    bool added = x && X509_add_ext(cert, x, -1) == 1;
    X509_EXTENSION_free(x);
    return added;
}

static bool set_serial(X509 *cert)
{
    BIGNUM *n = BN_new();
    bool set = n && BN_rand(n, SERIAL_BITS, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1 &&
               BN_to_ASN1_INTEGER(n, X509_get_serialNumber(cert)) != NULL;
    BN_free(n);
    return set;
}

static bool set_name(X509 *cert)
{
    static const unsigned char name[] = "bon: chữ ký số của hệ thống (tự cấp)";
    X509_NAME *subject = X509_get_subject_name(cert);
    return X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, name, -1, -1, 0) == 1 &&
           X509_set_issuer_name(cert, subject) == 1;
}

static X509 *cert_make(EVP_PKEY *key)
{
    X509 *cert = X509_new();
    bool made = cert && X509_set_version(cert, X509_VERSION_3) == 1 && set_serial(cert) && set_name(cert) &&
                X509_gmtime_adj(X509_getm_notBefore(cert), -DAY_S) &&
                X509_time_adj_ex(X509_getm_notAfter(cert), CERT_YEARS * 365, 0, NULL) && X509_set_pubkey(cert, key) == 1 &&
                add_extension(cert, NID_basic_constraints, "critical,CA:FALSE") &&
                add_extension(cert, NID_key_usage, "critical,digitalSignature,nonRepudiation") &&
                add_extension(cert, NID_subject_key_identifier, "hash") && X509_sign(cert, key, EVP_sha256()) > 0;
    if (made)
        return cert;
    X509_free(cert);
    return NULL;
}

static int cert_write(const char *dir, X509 *cert, struct err *e)
{
    BIO *bio = BIO_new(BIO_s_mem());
    char *pem;
    long n = bio && PEM_write_bio_X509(bio, cert) == 1 ? BIO_get_mem_data(bio, &pem) : 0;
    int result = n > 0 ? key_file_write(dir, CERT_FILE, (struct str) { pem, (size_t)n }, 0644, false, e)
                       : ERR(e, ERR_SIGNER, "no PEM of the certificate for papers");
    BIO_free(bio);
    return result < 0 ? -1 : 0;
}

static int cert_read(const char *dir, X509 **out, struct err *e)
{
    char pem[16 * 1024];
    size_t n = 0;
    int found = key_file_read(dir, CERT_FILE, false, pem, sizeof pem, &n, e);
    if (found <= 0)
        return found;
    BIO *bio = BIO_new_mem_buf(pem, (int)n);
    *out = bio ? PEM_read_bio_X509(bio, NULL, NULL, NULL) : NULL;
    BIO_free(bio);
    return *out ? 1 : ERR(e, ERR_SIGNER, "%s/%s is no certificate", dir, CERT_FILE);
}

int paper_cert_load(const char *dir, EVP_PKEY *key, X509 **out, struct err *e)
{
    X509 *cert = NULL;
    int found = cert_read(dir, &cert, e);
    if (found < 0)
        return -1;
    if (found == 0 && (!(cert = cert_make(key)) || cert_write(dir, cert, e))) {
        X509_free(cert);
        return ERR(e, ERR_SIGNER, "no certificate for papers was made");
    }
    if (X509_check_private_key(cert, key) != 1) {
        X509_free(cert);
        return ERR(e, ERR_SIGNER, "%s/%s belongs to another key than " PAPER_PURPOSE ".key: move both away, or put both back", dir,
                   CERT_FILE);
    }
    *out = cert;
    return 0;
}

/* ---- a signature ---- */

static bool add_signer(CMS_ContentInfo *cms, EVP_PKEY *key, X509 *cert, struct str digest)
{
    /* The hash of the certificate is signed too (RFC 5035), so that no other one can be put under the signature. */
    CMS_SignerInfo *si = CMS_add1_signer(cms, cert, key, EVP_sha256(), CMS_PARTIAL | CMS_BINARY | CMS_NOSMIMECAP | CMS_CADES);
    return si && CMS_signed_add1_attr_by_NID(si, NID_pkcs9_contentType, V_ASN1_OBJECT, OBJ_nid2obj(NID_pkcs7_data), -1) == 1 &&
           CMS_signed_add1_attr_by_NID(si, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING, digest.p, (int)digest.n) == 1 &&
           CMS_SignerInfo_sign(si) == 1;
}

int paper_sign(EVP_PKEY *key, X509 *cert, struct arena *a, struct str digest, struct str *out, struct err *e)
{
    CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, NULL, CMS_PARTIAL | CMS_DETACHED | CMS_BINARY);
    BIO *bio = BIO_new(BIO_s_mem());
    char *der = NULL;
    long n = 0;
    if (cms && bio && add_signer(cms, key, cert, digest) && i2d_CMS_bio(bio, cms) == 1)
        n = BIO_get_mem_data(bio, &der);
    char *kept = n > 0 ? arena_try(a, (size_t)n) : NULL;
    if (kept) {
        memcpy(kept, der, (size_t)n);
        *out = (struct str) { kept, (size_t)n };
    }
    BIO_free(bio);
    CMS_ContentInfo_free(cms);
    return kept ? 0 : ERR(e, ERR_SIGNER, "the key for papers did not sign");
}
