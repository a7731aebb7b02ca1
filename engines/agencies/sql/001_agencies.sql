-- Agencies of the province. code is ours and stays; names are those of the period. until is exclusive and moved only by a
-- recorded succession: what the pack expects stands in agency_expected until somebody records the decree.
CREATE TABLE agency (
    code       text NOT NULL PRIMARY KEY,
    name       text NOT NULL,
    short_name text NOT NULL,
    kind       text NOT NULL,
    parent     text REFERENCES agency (code),
    since      day_text NOT NULL,
    until      day_text NOT NULL
);

-- How papers write it: key is text_fold of alias.
CREATE TABLE agency_alias (
    key        text NOT NULL,
    agency     text NOT NULL REFERENCES agency (code),
    alias      text NOT NULL,
    PRIMARY KEY (key, agency)
);

CREATE TABLE agency_expected (
    agency     text NOT NULL REFERENCES agency (code),
    successor  text NOT NULL,             -- '' when the agency ends without one
    on_day     day_text NOT NULL,
    source     text NOT NULL,
    PRIMARY KEY (agency, successor)
);

-- A recorded succession. covers '': all duties, and from_agency ends; else the objects that moved ("model/35 model/37").
CREATE TABLE agency_succession (
    id          serial_int PRIMARY KEY,
    from_agency text NOT NULL REFERENCES agency (code),
    to_agency   text NOT NULL REFERENCES agency (code),
    on_day      day_text NOT NULL,
    decree      text NOT NULL,
    covers      text NOT NULL,
    made_at     instant_int NOT NULL,
    account     id_int NOT NULL,
    undone_at   instant_int,
    undone_by   id_int
);

-- Fingerprints of what each module holds of both agencies, before and after.
CREATE TABLE agency_succession_part (
    succession id_int NOT NULL REFERENCES agency_succession (id),
    module     text NOT NULL,
    was        hash_blob NOT NULL,
    became     hash_blob NOT NULL,
    PRIMARY KEY (succession, module)
);

-- Row by row what moved: the report, and what an undo puts back.
CREATE TABLE agency_succession_row (
    succession id_int NOT NULL REFERENCES agency_succession (id),
    n          integer NOT NULL,
    module     text NOT NULL,
    object     text NOT NULL,
    was        text NOT NULL,
    became     text NOT NULL,
    PRIMARY KEY (succession, n)
);
