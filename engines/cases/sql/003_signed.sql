-- A result is signed after the act that gave it, off the door: until then it waits.
ALTER TABLE case_letter ADD COLUMN to_sign bool_int NOT NULL DEFAULT 0;
CREATE INDEX case_letter_to_sign ON case_letter (to_sign, id) WHERE to_sign = 1;

-- The file as it was signed: drawn again by a later version of the program it could differ by a byte, and the signature would not hold.
CREATE TABLE case_letter_signed (
    letter    id_int NOT NULL PRIMARY KEY REFERENCES case_letter (id),
    code      text NOT NULL,                  -- in the QR on it: whoever holds the paper can ask whether it is real
    pdf       blob NOT NULL,
    hash      hash_blob NOT NULL,             -- SHA-256 of pdf
    signed_at instant_int NOT NULL
);
CREATE UNIQUE INDEX case_letter_signed_code ON case_letter_signed (code);
