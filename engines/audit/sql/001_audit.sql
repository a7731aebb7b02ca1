-- The log. body is the canonical JSON whose hash is the Merkle leaf; the other columns repeat what is searched for.
CREATE TABLE audit_record (
    id            serial_int PRIMARY KEY,
    at            instant_int NOT NULL,
    action        text NOT NULL,
    account       id_int,                 -- NULL: the system
    account_name  text NOT NULL,          -- as it was then
    role          text NOT NULL,
    facility      id_int,
    facility_name text NOT NULL,
    subject       id_int,                 -- the person whose entry was touched
    purpose       text NOT NULL,
    object        text NOT NULL,
    body          text NOT NULL
);
CREATE INDEX audit_record_subject ON audit_record (subject, id) WHERE subject IS NOT NULL;
CREATE INDEX audit_record_account ON audit_record (account, id) WHERE account IS NOT NULL;

-- A signed root over the records first … last; payload is the signed text, previous seals are chained inside it.
CREATE TABLE audit_seal (
    id       serial_int PRIMARY KEY,
    at       instant_int NOT NULL,
    first    id_int NOT NULL,
    last     id_int NOT NULL,
    n        integer NOT NULL,
    payload  text NOT NULL,
    jws      text NOT NULL
);
CREATE UNIQUE INDEX audit_seal_last ON audit_seal (last);
