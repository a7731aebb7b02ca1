-- Requests for a personal digital signature. state: 1 waits to be sent, 2 with the authority, 3 issued, 4 refused, 5 taken back by whoever
-- asked. What the authority asks of its customer (PIN, one-time code, password) never comes here.
CREATE TABLE digital_signature (
    id          serial_int PRIMARY KEY,
    person      id_int NOT NULL REFERENCES person (id),
    provider    text NOT NULL,
    state       integer NOT NULL CHECK (state BETWEEN 1 AND 5),
    asked_by    id_int NOT NULL,
    asked_at    instant_int NOT NULL,
    changed_at  instant_int NOT NULL,
    reference   text NOT NULL,
    serial      text NOT NULL,
    issued_on   day_text,
    expires_on  day_text,
    why         text NOT NULL,
    tries       integer NOT NULL,
    next_at     instant_int NOT NULL,
    mode        text NOT NULL,
    CHECK (state <> 3 OR (serial <> '' AND expires_on IS NOT NULL))
);
CREATE INDEX digital_signature_person ON digital_signature (person, id);
CREATE INDEX digital_signature_due ON digital_signature (next_at) WHERE state IN (1, 2);
CREATE UNIQUE INDEX digital_signature_open ON digital_signature (person) WHERE state IN (1, 2);
