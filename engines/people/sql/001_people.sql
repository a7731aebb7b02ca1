-- The population register. Rows are kept narrow: 700,000 people must fit a laptop's disk.

-- Administrative units with the period in which each existed. A code alone names no unit: 24760 was Xã Đắk Sin until
-- 30/6/2025 and has been Xã Quảng Tín since. `until` is exclusive.
CREATE TABLE unit (
    id serial_int PRIMARY KEY,
    code unit_text NOT NULL,
    level integer NOT NULL CHECK (level BETWEEN 1 AND 3),
    name text NOT NULL,
    short_name text NOT NULL,
    path text NOT NULL, -- as addresses print it: "Đắk Ru, Đắk R'Lấp, Đắk Nông"
    parent_code unit_text,
    since day_text NOT NULL,
    until day_text NOT NULL,
    lat_e6 integer, -- centre in millionths of a degree; of the communes of 2023 only approximate
    lon_e6 integer,
    CHECK (since < until)
);
CREATE UNIQUE INDEX unit_code ON unit (code, since);
CREATE INDEX unit_level ON unit (level, since);

-- Where an old unit's land and people went.
CREATE TABLE unit_successor (
    unit id_int NOT NULL REFERENCES unit (id),
    successor id_int NOT NULL REFERENCES unit (id),
    extent text NOT NULL CHECK (extent IN ('whole', 'part', 'unchanged')),
    PRIMARY KEY (unit, successor)
);

-- Which unit lies in which, also across 1/7/2025: worked out once when units are loaded, because every grant asks it.
CREATE TABLE unit_reach (
    unit id_int NOT NULL REFERENCES unit (id),
    territory id_int NOT NULL REFERENCES unit (id),
    PRIMARY KEY (unit, territory)
);

-- Thôn, bon, buôn, tổ dân phố: no administrative units, so they have no code.
CREATE TABLE hamlet (
    id serial_int PRIMARY KEY,
    unit id_int NOT NULL REFERENCES unit (id),
    name text NOT NULL
);
CREATE INDEX hamlet_unit ON hamlet (unit);

-- The 54 peoples, codes of QĐ 121-TCTK/PPCĐ 1979.
CREATE TABLE ethnic_group (
    code text PRIMARY KEY,
    name text NOT NULL
);

-- head has no foreign key: a household and its head name each other, and the household is written first.
CREATE TABLE household (
    id serial_int PRIMARY KEY,
    code text NOT NULL,
    unit id_int NOT NULL REFERENCES unit (id),
    hamlet id_int NOT NULL REFERENCES hamlet (id),
    head id_int
);
CREATE UNIQUE INDEX household_code ON household (code);
CREATE INDEX household_unit ON household (unit);

CREATE TABLE person (
    id serial_int PRIMARY KEY,
    pid pid_text NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL,  -- text_fold(name): for finding
    given_key text NOT NULL, -- the given name, folded: Vietnamese lists go by it first
    born birth_text NOT NULL,
    sex integer NOT NULL CHECK (sex BETWEEN 0 AND 3),
    ethnic text NOT NULL REFERENCES ethnic_group (code),
    religion text,
    origin id_int REFERENCES unit (id), -- quê quán: a commune here, a province elsewhere
    mother id_int REFERENCES person (id),
    father id_int REFERENCES person (id),
    household id_int REFERENCES household (id),
    died day_text
);
CREATE UNIQUE INDEX person_pid ON person (pid);
CREATE INDEX person_name ON person (name_key);
CREATE INDEX person_household ON person (household);

-- kind 1 thường trú, 2 tạm trú (Luật Cư trú 68/2020/QH14 Điều 2). until NULL: still in force.
CREATE TABLE residence (
    id serial_int PRIMARY KEY,
    person id_int NOT NULL REFERENCES person (id),
    kind integer NOT NULL CHECK (kind IN (1, 2)),
    unit id_int NOT NULL REFERENCES unit (id),
    address text NOT NULL, -- what stands before the commune: "Thôn 3"
    since day_text NOT NULL,
    until day_text
);
CREATE INDEX residence_person ON residence (person);
CREATE INDEX residence_unit ON residence (unit, kind);

-- kind 1 CMND of nine digits, 2 CCCD with barcode (2016-2020), 3 CCCD with chip (2021-2024), 4 căn cước (from 1/7/2024).
-- expires NULL: no term (from the age of 60).
CREATE TABLE card (
    id serial_int PRIMARY KEY,
    person id_int NOT NULL REFERENCES person (id),
    kind integer NOT NULL CHECK (kind BETWEEN 1 AND 4),
    number text NOT NULL,
    issued day_text NOT NULL,
    expires day_text
);
CREATE INDEX card_person ON card (person);

-- Numbers a person was known by before. kind 1 CMND of nine digits, 2 a personal number that was cancelled. reason 1 replaced by
-- a card of twelve digits, 2 issued with the wrong sex.
CREATE TABLE identifier (
    id serial_int PRIMARY KEY,
    person id_int NOT NULL REFERENCES person (id),
    kind integer NOT NULL CHECK (kind IN (1, 2)),
    value text NOT NULL,
    since day_text NOT NULL,
    until day_text,
    reason integer CHECK (reason IN (1, 2))
);
CREATE INDEX identifier_value ON identifier (value);
CREATE INDEX identifier_person ON identifier (person);

-- Paper-age records as they were typed, errors and all: raw text on purpose. Whose they are stands only in the truth file.
CREATE TABLE people_old_record (
    id serial_int PRIMARY KEY,
    source text NOT NULL,
    number text,
    name text NOT NULL,
    born text,
    sex text,
    father text,
    mother text,
    address text
);

-- One row when the people are synthetic: which province this is, exactly.
CREATE TABLE people_synthetic (
    id serial_int PRIMARY KEY,
    people integer NOT NULL,
    households integer NOT NULL,
    seed integer NOT NULL,
    as_of day_text NOT NULL,
    digest hash_blob NOT NULL,
    took_us integer NOT NULL
);
