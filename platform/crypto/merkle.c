/* Merkle trees of RFC 6962 section 2.1 (the same in RFC 9162). The prefix bytes keep a node from being passed off as a leaf. */
#include "platform/crypto/crypto.h"
#include "platform/crypto/crypto_internal.h"

enum { TREE_DEPTH = 64 }; /* a count of leaves is a 64-bit number */

struct hash32 merkle_leaf(struct str bytes)
{
    return sha256_two(STR("\x00"), bytes);
}

static struct hash32 node(const struct hash32 *left, const struct hash32 *right)
{
    struct {
        uint8_t prefix;
        struct hash32 pair[2];
    } in = { 1, { *left, *right } };
    _Static_assert(sizeof in == 65, "no padding: the struct is the hashed text");
    return sha256((struct str) { (const char *)&in, sizeof in });
}

/* Leaves join like the bits of a counter: after leaf number c, one subtree stands for each 1 bit of c, largest first. What
 * is left at the end joins from the right, which is the split at the largest power of two that the RFC asks for. */
static struct hash32 root_of(const struct hash32 *leaves, size_t n)
{
    if (n == 0)
        return sha256(STR(""));
    struct hash32 standing[TREE_DEPTH + 1];
    size_t n_standing = 0;
    for (size_t i = 0; i < n; i++) {
        standing[n_standing++] = leaves[i];
        for (size_t carry = i; carry & 1; carry >>= 1) {
            standing[n_standing - 2] = node(&standing[n_standing - 2], &standing[n_standing - 1]);
            n_standing--;
        }
    }
    while (n_standing > 1) {
        standing[n_standing - 2] = node(&standing[n_standing - 2], &standing[n_standing - 1]);
        n_standing--;
    }
    return standing[0];
}

struct hash32 merkle_root(struct arena *a, const struct hash32 *leaves, size_t n)
{
    (void)a; /* at most 65 hashes stand at a time: the stack holds them */
    return root_of(leaves, n);
}

static size_t largest_power_below(size_t n)
{
    size_t k = 1;
    while (k < n - k)
        k <<= 1;
    return k;
}

void merkle_path(struct arena *a, const struct hash32 *leaves, size_t n, size_t i, struct hash32 *path, size_t *n_path)
{
    (void)a;
    ASSERT(i < n);
    struct hash32 from_top[TREE_DEPTH];
    size_t depth = 0;
    while (n > 1) {
        size_t k = largest_power_below(n);
        if (i < k) {
            from_top[depth++] = root_of(leaves + k, n - k);
            n = k;
        } else {
            from_top[depth++] = root_of(leaves, k);
            leaves += k;
            i -= k;
            n -= k;
        }
    }
    for (size_t d = 0; d < depth; d++)
        path[d] = from_top[depth - 1 - d];
    *n_path = depth;
}

/* RFC 9162 section 2.1.3.2: `at` and `last` are the leaf's and the last leaf's place on the level that r stands on. */
bool merkle_check(struct hash32 leaf, size_t i, size_t n, const struct hash32 *path, size_t n_path, struct hash32 root)
{
    if (i >= n)
        return false;
    size_t at = i, last = n - 1;
    struct hash32 r = leaf;
    for (size_t p = 0; p < n_path; p++) {
        if (last == 0)
            return false;
        if ((at & 1) || at == last) {
            r = node(&path[p], &r);
            while (!(at & 1) && at != 0) { /* levels on which r had no sibling */
                at >>= 1;
                last >>= 1;
            }
        } else {
            r = node(&r, &path[p]);
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0 && hash32_eq(&r, &root);
}
