-- Who acts for a person who cannot act alone, by a paper: a guardian of a minor, or of an adult by a court's decision. Parents are not
-- here: the register of people knows them.
CREATE TABLE guardianship (
    id          serial_int PRIMARY KEY,
    guardian    id_int NOT NULL REFERENCES person (id),
    guardian_name text NOT NULL,         -- as it was then
    ward        id_int NOT NULL REFERENCES person (id),
    ward_name   text NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('minor', 'incapacity')),
    unit        unit_text NOT NULL,      -- commune that recorded it
    from_day    day_text NOT NULL,
    until_day   day_text NOT NULL,       -- exclusive; of a minor at the latest the eighteenth birthday
    basis       text NOT NULL,           -- the paper: number, day, who gave it
    made_name   text NOT NULL,           -- who recorded it
    made_at     instant_int NOT NULL,
    end_reason  text                     -- NULL: it ends, or ended, on its last day
);
CREATE INDEX guardianship_guardian ON guardianship (guardian);
CREATE INDEX guardianship_ward ON guardianship (ward);
CREATE INDEX guardianship_unit ON guardianship (unit, id);
