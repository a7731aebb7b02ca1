/* signed.h: made by fuzz/vectors.py: keys that the targets trust, and all that these keys have signed. */
#ifndef BON_FUZZ_SIGNED_H
#define BON_FUZZ_SIGNED_H

#define SIGNED_KEY_ED                                                                                                 \
    "{\"alg\":\"EdDSA\",\"crv\":\"Ed25519\",\"kid\":\"1IG2tMH7J2wbJZnOf8LJzQitKf7LMvoAElsuDMVM54Y\",\"kty\":\"OKP\"," \
    "\"use\":\"sig\",\"x\":\"A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg\"}"
#define SIGNED_KEY_P256                                                                                                    \
    "{\"alg\":\"ES256\",\"crv\":\"P-256\",\"kid\":\"50_I0DFTKABOlMcTvNFXiAV0lH_hk4M8KFPnX9zK1KI\",\"kty\":\"EC\",\"use\":" \
    "\"sig\",\"x\":\"VaAtmYjj3dlK6kl-eZ3ZQk6J4Z4vq0I7Cl3AmyGTKbY\",\"y\":\"SmKc_-J4aTuUAwYhcAD7PQB9-g-DqknY38j_ODhuRAQ\"}"
#define SIGNED_PAYLOAD "Biên nhận LT-67-000001-2611-000001"
#define SIGNED_RECORDS                                                                                                           \
    "{\"account\":7,\"account_name\":\"Lê Thị Thu "                                                                           \
    "Hà\",\"action\":\"stays.declared\",\"at\":\"2026-11-23T13:47:00.000000Z\",\"detail\":{\"guests\":1,\"late\":0,"            \
    "\"number\":\"LT-67-000001-2611-000001\"},\"facility\":1,\"facility_name\":\"Nhà nghỉ Hoa Cà Phê\",\"mode\":\"MÔ "     \
    "PHỎNG\",\"object\":\"stay/LT-67-000001-2611-000001\",\"role\":\"receptionist\",\"unit\":\"24763\"}",                        \
        "{\"account\":7,\"account_name\":\"Lê Thị Thu "                                                                       \
        "Hà\",\"action\":\"stays.declared\",\"at\":\"2026-11-23T13:47:01.000000Z\",\"detail\":{\"guests\":2,\"late\":0,"        \
        "\"number\":\"LT-67-000001-2611-000002\"},\"facility\":1,\"facility_name\":\"Nhà nghỉ Hoa Cà Phê\",\"mode\":\"MÔ " \
        "PHỎNG\",\"object\":\"stay/LT-67-000001-2611-000002\",\"role\":\"receptionist\",\"unit\":\"24763\"}",                    \
        "{\"account\":7,\"account_name\":\"Lê Thị Thu "                                                                       \
        "Hà\",\"action\":\"stays.declared\",\"at\":\"2026-11-23T13:47:02.000000Z\",\"detail\":{\"guests\":3,\"late\":0,"        \
        "\"number\":\"LT-67-000001-2611-000003\"},\"facility\":1,\"facility_name\":\"Nhà nghỉ Hoa Cà Phê\",\"mode\":\"MÔ " \
        "PHỎNG\",\"object\":\"stay/LT-67-000001-2611-000003\",\"role\":\"receptionist\",\"unit\":\"24763\"}",                    \
        "{\"account\":7,\"account_name\":\"Lê Thị Thu "                                                                       \
        "Hà\",\"action\":\"stays.declared\",\"at\":\"2026-11-23T13:47:03.000000Z\",\"detail\":{\"guests\":4,\"late\":0,"        \
        "\"number\":\"LT-67-000001-2611-000004\"},\"facility\":1,\"facility_name\":\"Nhà nghỉ Hoa Cà Phê\",\"mode\":\"MÔ " \
        "PHỎNG\",\"object\":\"stay/LT-67-000001-2611-000004\",\"role\":\"receptionist\",\"unit\":\"24763\"}",                    \
        "{\"account\":7,\"account_name\":\"Lê Thị Thu "                                                                       \
        "Hà\",\"action\":\"stays.declared\",\"at\":\"2026-11-23T13:47:04.000000Z\",\"detail\":{\"guests\":5,\"late\":0,"        \
        "\"number\":\"LT-67-000001-2611-000005\"},\"facility\":1,\"facility_name\":\"Nhà nghỉ Hoa Cà Phê\",\"mode\":\"MÔ " \
        "PHỎNG\",\"object\":\"stay/LT-67-000001-2611-000005\",\"role\":\"receptionist\",\"unit\":\"24763\"}"

#endif
