-- The register of organisations: enterprises, co-operatives, household businesses, public units. code is the tax code.
CREATE TABLE organisation (
    id          serial_int PRIMARY KEY,
    code        text NOT NULL,
    name        text NOT NULL,
    name_key    text NOT NULL,           -- text_fold(name)
    kind        text NOT NULL CHECK (kind IN ('enterprise', 'cooperative', 'household_business', 'public_unit')),
    unit        unit_text NOT NULL,      -- commune of its seat
    address     text NOT NULL,
    since       day_text NOT NULL,
    until       day_text NOT NULL,       -- exclusive; 9999-12-31: it exists
    CHECK (since <= until)
);
CREATE UNIQUE INDEX organisation_code ON organisation (code);
CREATE INDEX organisation_name ON organisation (name_key);

-- Who may act for it. Ended early: until_day is moved, the row stays.
CREATE TABLE organisation_part (
    id           serial_int PRIMARY KEY,
    organisation id_int NOT NULL REFERENCES organisation (id),
    person       id_int NOT NULL REFERENCES person (id),
    name         text NOT NULL,          -- as it was when the part was given
    part         text NOT NULL CHECK (part IN ('representative', 'agent')),
    scope        text NOT NULL,          -- words of scopes (scope.c); of a representative: empty, everything
    from_day     day_text NOT NULL,
    until_day    day_text NOT NULL,      -- exclusive
    basis        text NOT NULL,          -- the paper: a number and a day
    given_name   text NOT NULL,          -- who gave it
    given_at     instant_int NOT NULL
);
CREATE INDEX organisation_part_person ON organisation_part (person);
CREATE INDEX organisation_part_organisation ON organisation_part (organisation, part);
