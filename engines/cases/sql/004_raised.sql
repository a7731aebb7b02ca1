-- A case that an officer has put before whoever signs. unit and agency: where the case lay then, so that its head finds it.
CREATE TABLE case_raised (
    id         serial_int PRIMARY KEY,
    case_id    id_int NOT NULL REFERENCES case_record (id),
    unit       unit_text NOT NULL,
    agency     text NOT NULL,                 -- empty: the commune's own authority
    at         instant_int NOT NULL,
    account    id_int NOT NULL,
    name       text NOT NULL,
    reason     text NOT NULL,
    settled_at instant_int,
    settled_by text NOT NULL,
    answer     text NOT NULL
);
CREATE UNIQUE INDEX case_raised_open ON case_raised (case_id) WHERE settled_at IS NULL;
CREATE INDEX case_raised_case ON case_raised (case_id, id);
CREATE INDEX case_raised_unit ON case_raised (unit, at) WHERE settled_at IS NULL;
CREATE INDEX case_raised_agency ON case_raised (agency, at) WHERE settled_at IS NULL;
