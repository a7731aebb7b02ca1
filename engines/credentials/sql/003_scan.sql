-- A desk asks to be signed in by a telephone that is. The store has hashes of what the code on the screen and the asking browser hold.
CREATE TABLE credential_scan (
    id          serial_int PRIMARY KEY,
    token       hash_blob NOT NULL UNIQUE,  -- in the QR code
    browser     hash_blob NOT NULL UNIQUE,  -- of the asking browser's cookie
    number      integer NOT NULL,           -- three digits on the desk's screen
    remote      text NOT NULL,
    agent       text NOT NULL,
    made_at     instant_int NOT NULL,
    expires_at  instant_int NOT NULL,
    account     id_int REFERENCES account (id),
    answered_at instant_int,
    accepted    bool_int,
    used_at     instant_int
);
