/* paper_codes.c: ten codes to print, for the day the phone is lost. Sixty bits each; the store has their hashes under a key that the
 * signer derives, so that a copy of the store cannot be searched for them.
 */
#include "engines/credentials/factors.h"
#include "gen/credentials_queries.h"

#include "base/rng.h"
#include "platform/crypto/signer.h"

#include <string.h>

/* Letters and digits that are not taken for one another: no i l o u 0 1 … 32 of them would be ideal, so 0 and 1 stay and o, i, l
 * are read as them. */
static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";
enum { LETTERS = 12, GROUP = 4 };

bool paper_code_typed(struct arena *a, struct str typed, struct str *plain)
{
    char *out = arena_alloc(a, LETTERS);
    size_t n = 0;
    for (size_t i = 0; i < typed.n; i++) {
        char c = typed.p[i];
        if (c == ' ' || c == '-')
            continue;
        c = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
        c = c == 'o' ? '0' : c == 'i' || c == 'l' ? '1' : c;
        if (!c || !strchr(letters, c) || n == LETTERS)
            return false;
        out[n++] = c;
    }
    *plain = (struct str){ out, n };
    return n == LETTERS;
}

static struct hash32 hash_under(const struct hash32 *key, struct str plain)
{
    return hmac_sha256((struct str){ (const char *)key->b, sizeof(key->b) }, plain);
}

static int codes_key(struct req *q, int64_t account, struct hash32 *key, struct err *e)
{
    return signer_vault_key(q->signer, q->arena, str_fmt(q->arena, "codes/%lld", (long long)account), key, e);
}

int paper_code_hash(struct req *q, int64_t account, struct str plain, struct hash32 *hash, struct err *e)
{
    struct hash32 key;
    if (codes_key(q, account, &key, e) != 0)
        return -1;
    *hash = hash_under(&key, plain);
    secret_wipe(&key, sizeof(key));
    return 0;
}

int paper_codes_make(struct req *q, int64_t account, struct paper_codes *codes, struct err *e)
{
    struct hash32 key;
    if (codes_key(q, account, &key, e) != 0)
        return -1;
    for (size_t i = 0; i < PAPER_CODES; i++) {
        uint8_t chance[LETTERS];
        char *plain = arena_alloc(q->arena, LETTERS);
        random_bytes(chance, sizeof(chance));
        for (size_t k = 0; k < LETTERS; k++)
            plain[k] = letters[chance[k] & 31];
        codes->hash[i] = hash_under(&key, (struct str){ plain, LETTERS });
        codes->text[i] = str_fmt(q->arena, "%.*s-%.*s-%.*s", GROUP, plain, GROUP, plain + GROUP, GROUP, plain + 2 * GROUP);
    }
    secret_wipe(&key, sizeof(key));
    return 0;
}

int paper_codes_keep(struct tx *tx, int64_t account, const struct paper_codes *codes, struct err *e)
{
    if (paper_codes_remove(tx, &(struct paper_codes_remove_in){ .account = account }, NULL, e) != 0)
        return -1;
    for (size_t i = 0; i < PAPER_CODES; i++) {
        struct paper_code_insert_in in = { .hash = codes->hash[i], .account = account, .made_at = tx_now(tx) };
        if (paper_code_insert(tx, &in, NULL, e) != 0)
            return -1;
    }
    return 0;
}

int paper_codes_end(struct req *q, struct tx *tx, int64_t account, struct err *e)
{
    struct factors left;
    if (factors_of(q, tx_reader(tx), account, &left, e) != 0)
        return -1;
    return factors_any(&left) ? 0 : paper_codes_remove(tx, &(struct paper_codes_remove_in){ .account = account }, NULL, e);
}
