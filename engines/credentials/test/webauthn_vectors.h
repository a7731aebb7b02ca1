/* Made by webauthn_vectors.mjs: what an authenticator and a browser written a second time say. */
#ifndef BON_ENGINES_CREDENTIALS_WEBAUTHN_VECTORS_H
#define BON_ENGINES_CREDENTIALS_WEBAUTHN_VECTORS_H

static const char v_created[] =
    "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiWTJoaGJHeGxibWRsSUc5dVpRIiwib3JpZ2luIjoiaHR0cHM6Ly9ib24uZX"
    "hhbXBsZS52biIsImNyb3NzT3JpZ2luIjpmYWxzZX0";
static const char v_got[] =
    "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiWTJoaGJHeGxibWRsSUhSM2J3Iiwib3JpZ2luIjoiaHR0cHM6Ly9ib24uZXhhbX"
    "BsZS52biIsImNyb3NzT3JpZ2luIjpmYWxzZX0";
static const char v_created_elsewhere[] =
    "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiWTJoaGJHeGxibWRsSUc5dVpRIiwib3JpZ2luIjoiaHR0cHM6Ly9ib24uZX"
    "hhbXBsZS52bi5ldmlsLmV4YW1wbGUiLCJjcm9zc09yaWdpbiI6ZmFsc2V9";
static const char v_handle[] =
    "VZg2clYnss9gVBqpZGjIYp2lJKk";
static const char v_es256_attestation[] =
    "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YViY2zUoOuyNaBJfzd0Mllb_bdlnfW0KbSvXcsCU1-KHKXJFAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAFFWYNnJWJ7LPYFQaqWRoyGKdpSSppQECAyYgASFYIP60MFByaLAPggu-OxUZC7NQUaY39ekmP4Og6Rhr-CrLIlggnnpo3V7eXIW9DPVp8C1F"
    "BcyMVwjudk9G2SypRX0QkxQ";
static const char v_es256_self[] =
    "o2NmbXRmcGFja2VkZ2F0dFN0bXSiY2FsZyZjc2lnWEgwRgIhANtceLkaXWL1CHUV5ADfrvHC5NMR7NG7SpebMnw9Co54AiEAkDS1hsmjCmvas9"
    "mbKbeIAdEA_zHpbLozRan4iOLigGZoYXV0aERhdGFYmNs1KDrsjWgSX83dDJZW_23ZZ31tCm0r13LAlNfihylyRQAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAABRVmDZyVieyz2BUGqlkaMhinaUkqaUBAgMmIAEhWCD-tDBQcmiwD4ILvjsVGQuzUFGmN_XpJj-DoOkYa_gqyyJYIJ56aN1e3lyFvQz1af"
    "AtRQXMjFcI7nZPRtksqUV9EJMU";
static const char v_es256_auth[] =
    "2zUoOuyNaBJfzd0Mllb_bdlnfW0KbSvXcsCU1-KHKXIFAAAABw";
static const char v_es256_auth_signature[] =
    "MEUCIFV8SLvW5IEbY5DFVE5C3Fhnd8ENmPwVzI5yzzNKpzWJAiEA9ihkgJYScfg3Fq_FvsmWRwFZ0T7MP5o_sT_dwMRnJ9Q";
static const char v_es256_auth_unverified[] =
    "2zUoOuyNaBJfzd0Mllb_bdlnfW0KbSvXcsCU1-KHKXIBAAAABw";
static const char v_es256_auth_unverified_signature[] =
    "MEQCIDPPnXCUSC530__PACVyINNQ7NQLCLsYUMFpz8GsGgooAiBBQs4-wmUkMXoMZg3_pjnY8shrBwI0ovHFddSV1SrXTg";
static const char v_eddsa_attestation[] =
    "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVh12zUoOuyNaBJfzd0Mllb_bdlnfW0KbSvXcsCU1-KHKXJFAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAFFWYNnJWJ7LPYFQaqWRoyGKdpSSppAEBAycgBiFYIJr-Towtm5RFBAASOhhjmqIDqmqtRIaLGCqD8cJUKH6u";
static const char v_eddsa_self[] =
    "o2NmbXRmcGFja2VkZ2F0dFN0bXSiY2FsZydjc2lnWEDV5KoM-3KNQ3JjW7g4oIg7HwAIhR5Z0PG8RYWGhk6_yaCq1wLrSqkbX3kofDVjZzlYh6"
    "Wudkw3bCLJXwabK9YAaGF1dGhEYXRhWHXbNSg67I1oEl_N3QyWVv9t2Wd9bQptK9dywJTX4ocpckUAAAAAAAAAAAAAAAAAAAAAAAAAAAAUVZg2"
    "clYnss9gVBqpZGjIYp2lJKmkAQEDJyAGIVggmv5OjC2blEUEABI6GGOaogOqaq1EhosYKoPxwlQofq4";
static const char v_eddsa_auth[] =
    "2zUoOuyNaBJfzd0Mllb_bdlnfW0KbSvXcsCU1-KHKXIFAAAABw";
static const char v_eddsa_auth_signature[] =
    "5aip2DXrIocMgQLC-adhWyXj38wV9WD-qJLHcHCNFLtuXWd6uzqaZwPFpAfJbp_rvSc0LL9dzasFg03vEyCgDQ";
static const char v_eddsa_auth_unverified[] =
    "2zUoOuyNaBJfzd0Mllb_bdlnfW0KbSvXcsCU1-KHKXIBAAAABw";
static const char v_eddsa_auth_unverified_signature[] =
    "xbfiY2_ptWTzlfHDgjPMx1gkhfWrEiav0_aP9mw0W1uilRC36UQHHK-UaPzrX6WiILYbmEojCyql50Ll7hjJAA";
static const char v_rs256_attestation[] =
    "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVkBW9s1KDrsjWgSX83dDJZW_23ZZ31tCm0r13LAlNfihylyRQAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAABRVmDZyVieyz2BUGqlkaMhinaUkqaQBAwM5AQAgWQEAxFLPtRs8CmOaxF_cvdp3DuvrUio-2Jke8PWORJl7lvRLNIZlPl8_fiiXnLKl3MwF"
    "yeTVVfcZuaf02DLvSZSzwjUwUXis50uFbqFdiMzNNntntNuhm7X6pnsTcbnr6a2D9CLONshXiONDujN2Ko0MJLP-TlvSCAwU0ep1aDk-9SHBwl"
    "RLLSf10bF1ZUNMbD1CVsKMUovfaf4iYYUWnV7uMk_U7wMKkqnz4SOIaGBoVdkaQYdYtR6OEPJZ9b3BiRUog6pZ4Pv5UhB2BQIu_VadnbGhxJ33"
    "70n5gY5WGWpkpvxrC6Z0T2Spac0nnvPChbHDcIeSVUhCgzsbAfClXRnCNSFDAQAB";
static const char v_rs256_self[] =
    "o2NmbXRmcGFja2VkZ2F0dFN0bXSiY2FsZzkBAGNzaWdZAQC3QwsS3UuGIOvy24Fz4R3_421DTRySK81_1rYXOh-Ur2v0HND_3G95RztM37KJoE"
    "sYh52znB01vw2Kq-soh1CEVSwT4twgECLcWyuUvSLmWKMfj4OqfhpzXVuO3-1iPmpeuKSJHp5nHCxtmaMOmdSQoN58Azo2f2sSYxEcpwpZLrZT"
    "TbxfXU2sDBTWeiJ82RhXPJLZEKDT_XB1On_u18i8s_ap7GXX6axgBy3R1a3zI5y1NTtmvYTSkefRmsDydA3c9Xsvmb7SthGqUFkxP3zDMJ5Bip"
    "8jUGKUjYtOXX3m1BFs9J5iAPBCoq-6hV5DAZUugE-7sUWL1of5ugC1YNFqaGF1dGhEYXRhWQFb2zUoOuyNaBJfzd0Mllb_bdlnfW0KbSvXcsCU"
    "1-KHKXJFAAAAAAAAAAAAAAAAAAAAAAAAAAAAFFWYNnJWJ7LPYFQaqWRoyGKdpSSppAEDAzkBACBZAQDEUs-1GzwKY5rEX9y92ncO6-tSKj7YmR"
    "7w9Y5EmXuW9Es0hmU-Xz9-KJecsqXczAXJ5NVV9xm5p_TYMu9JlLPCNTBReKznS4VuoV2IzM02e2e026GbtfqmexNxuevprYP0Is42yFeI40O6"
    "M3YqjQwks_5OW9IIDBTR6nVoOT71IcHCVEstJ_XRsXVlQ0xsPUJWwoxSi99p_iJhhRadXu4yT9TvAwqSqfPhI4hoYGhV2RpBh1i1Ho4Q8ln1vc"
    "GJFSiDqlng-_lSEHYFAi79Vp2dsaHEnffvSfmBjlYZamSm_GsLpnRPZKlpzSee88KFscNwh5JVSEKDOxsB8KVdGcI1IUMBAAE";
static const char v_rs256_auth[] =
    "2zUoOuyNaBJfzd0Mllb_bdlnfW0KbSvXcsCU1-KHKXIFAAAABw";
static const char v_rs256_auth_signature[] =
    "cQiVod4hET40S3zwImgvgFKIsEBe-GSfYPP_HTEwNnrobKrPBewH-hNoLt0sTT23o8IxHFSrVnz9HD6ULnsk1G1eJHRP8cQAfzkHEcgqBWXvsk"
    "oyWndINbxoukWdb4ygxNj6-Tt414VGLMdI3ACZm9tFHn4rlLa0H1aKVM6V9pKu4Zau82keUH2WdlQnYspb75NnzeYxaQ5ONXGVQ6fl8P2INI6E"
    "4FUgcGq_9Q4EFASgRL-yrMBxdgNHYBXdqlKB66UWAqEzax1aSh1qARJOu2AfKo0OmWHLKuWClFTMAfys9umrJxNlgHDF5uhTEOs6H7ej6VqC3z"
    "cJPAByp14S1g";
static const char v_rs256_auth_unverified[] =
    "2zUoOuyNaBJfzd0Mllb_bdlnfW0KbSvXcsCU1-KHKXIBAAAABw";
static const char v_rs256_auth_unverified_signature[] =
    "Bt6n0CdaNV54ZbglsF19ZV8__HOtdI-hrgTqwogvJVFhd-0TLVmDFsflp2dbZabKoo8T9Hr5ObrVR0NOA6JzwowHZndWNRBYbmXHFbccXaWahI"
    "0u8AAlLETbRRT3LEriN9qLqn1ZP3dLrmB_A_JbP1i_VtX8WVroY4ADgn8P16_6ExFLOy9yBWrbuL9NAK72c1g2SlSS765g2bIDLFcnCG157aEU"
    "fBlGTy-ICU9GzPM7PtLPXE6EZBADDEm4RxxkWw7M6kuQV53-09Adt8ovayb798sly98U67NCnlXrXrYFIwkTq4J84KKD7qFTJTgiLZEra9oftk"
    "J8FzHHdxjfjQ";

#endif
