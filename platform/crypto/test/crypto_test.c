/* Hashes, MACs, Merkle trees, passwords, tokens against published vectors. */
#include "platform/crypto/crypto.h"
#include "platform/crypto/test/test_main.h"

static void assert_hash(struct hash32 h, const char *hex)
{
    uint8_t want[32];
    assert_true(str_unhex(str_of(hex), want, sizeof want));
    assert_memory_equal(h.b, want, sizeof want);
}

/* FIPS 180-4 examples. */
static void test_sha256__the_published_examples(void **state)
{
    (void)state;
    assert_hash(sha256(STR("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_hash(sha256(STR("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_hash(sha256(STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

/* RFC 4231 cases 1, 2 and 6 (a key longer than a block). */
static void test_hmac_sha256__rfc_4231(void **state)
{
    (void)state;
    char key[131];
    memset(key, 0x0b, 20);
    assert_hash(hmac_sha256((struct str) { key, 20 }, STR("Hi There")),
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    assert_hash(hmac_sha256(STR("Jefe"), STR("what do ya want for nothing?")),
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(key, 0xaa, sizeof key);
    assert_hash(hmac_sha256((struct str) { key, sizeof key }, STR("Test Using Larger Than Block-Size Key - Hash Key First")),
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

/* The eight inputs and roots that Certificate Transparency implementations share. */
static const char *const ct_leaves[8] = {
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"
};
static const char *const ct_roots[9] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

static void ct_tree(struct hash32 leaves[8])
{
    for (size_t i = 0; i < 8; i++) {
        uint8_t bytes[16];
        size_t n = strlen(ct_leaves[i]) / 2;
        assert_true(n == 0 || str_unhex(str_of(ct_leaves[i]), bytes, n));
        leaves[i] = merkle_leaf((struct str) { (const char *)bytes, n });
    }
}

static void test_merkle_root__certificate_transparency_trees_of_0_to_8_leaves(void **state)
{
    struct hash32 leaves[8];
    ct_tree(leaves);
    for (size_t n = 0; n <= 8; n++)
        assert_hash(merkle_root(*state, leaves, n), ct_roots[n]);
}

static void test_merkle_path__leaf_0_of_8_is_the_published_path(void **state)
{
    struct hash32 leaves[8], path[64];
    size_t n_path;
    ct_tree(leaves);
    merkle_path(*state, leaves, 8, 0, path, &n_path);
    assert_int_equal(n_path, 3);
    assert_hash(path[0], "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7");
    assert_hash(path[1], "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e");
    assert_hash(path[2], "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
}

static void test_merkle_path__every_leaf_of_every_tree_to_70_checks_and_no_other_place_does(void **state)
{
    struct hash32 leaves[70], path[64];
    size_t n_path;
    for (size_t i = 0; i < 70; i++)
        leaves[i] = merkle_leaf(str_fmt(*state, "leaf %zu", i));
    for (size_t n = 1; n <= 70; n++) {
        struct hash32 root = merkle_root(*state, leaves, n);
        for (size_t i = 0; i < n; i++) {
            merkle_path(*state, leaves, n, i, path, &n_path);
            assert_true(merkle_check(leaves[i], i, n, path, n_path, root));
            assert_false(merkle_check(leaves[i], n, n, path, n_path, root));
            if (n > 1) {
                assert_false(merkle_check(leaves[i], (i + 1) % n, n, path, n_path, root));
                assert_false(merkle_check(leaves[i], i, n, path, n_path - 1, root));
                path[n_path - 1].b[5] ^= 1;
                assert_false(merkle_check(leaves[i], i, n, path, n_path, root));
            }
        }
    }
}

static void test_merkle_check__an_inner_node_is_no_leaf(void **state)
{
    struct hash32 leaves[2] = { merkle_leaf(STR("a")), merkle_leaf(STR("b")) };
    struct hash32 root = merkle_root(*state, leaves, 2);
    char joined[64];
    memcpy(joined, leaves, sizeof joined);
    struct hash32 forged = merkle_leaf((struct str) { joined, sizeof joined });
    assert_false(merkle_check(forged, 0, 1, NULL, 0, root));
}

static void test_password__matches_itself_only_and_names_its_parameters(void **state)
{
    struct str encoded;
    struct err e = { 0 };
    assert_int_equal(password_hash(*state, STR("Đắk Nông 511"), &encoded, &e), 0);
    assert_true(str_starts(encoded, STR("$argon2id$v=19$m=19456,t=2,p=1$")));
    assert_true(password_matches(STR("Đắk Nông 511"), encoded));
    assert_false(password_matches(STR("Đắk Nông 512"), encoded));
    assert_false(password_matches(STR(""), encoded));
    assert_false(password_matches(STR("Đắk Nông 511"), STR("")));
    assert_false(password_matches(STR("Đắk Nông 511"), STR("$argon2id$v=19$m=19456")));
}

static void test_password__more_than_1024_bytes_are_refused_before_hashing(void **state)
{
    struct str encoded, longer = { arena_alloc(*state, 1025), 1025 };
    struct err e = { 0 };
    assert_int_equal(password_hash(*state, longer, &encoded, &e), -1);
    assert_int_equal(e.code, ERR_FORM);
}

static void test_token__43_characters_and_never_twice(void **state)
{
    struct str x = token_new(*state), y = token_new(*state);
    assert_int_equal(x.n, 43);
    assert_int_equal(y.n, 43);
    assert_false(str_eq(x, y));
}

static void test_secret_wipe__leaves_zeros_and_bears_nothing(void **state)
{
    (void)state;
    char secret[8] = "secret!";
    secret_wipe(secret, sizeof secret);
    assert_memory_equal(secret, "\0\0\0\0\0\0\0\0", 8);
    secret_wipe(NULL, 8);
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, arena_setup, arena_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_sha256__the_published_examples),
        T(test_hmac_sha256__rfc_4231),
        T(test_merkle_root__certificate_transparency_trees_of_0_to_8_leaves),
        T(test_merkle_path__leaf_0_of_8_is_the_published_path),
        T(test_merkle_path__every_leaf_of_every_tree_to_70_checks_and_no_other_place_does),
        T(test_merkle_check__an_inner_node_is_no_leaf),
        T(test_password__matches_itself_only_and_names_its_parameters),
        T(test_password__more_than_1024_bytes_are_refused_before_hashing),
        T(test_token__43_characters_and_never_twice),
        T(test_secret_wipe__leaves_zeros_and_bears_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
