-- A declaration that was drawn for a check after the decision. One declaration is drawn once; the same seed and case draw the same.
CREATE TABLE paper_check (
    id           serial_int PRIMARY KEY,
    case_id      id_int NOT NULL,
    paper        id_int NOT NULL,             -- case_paper
    number       text NOT NULL,
    service      text NOT NULL,
    service_name text NOT NULL,
    paper_name   text NOT NULL,
    system       text NOT NULL,               -- the source that should have said it; empty: it always was a declaration
    why          text NOT NULL,               -- "down", "nothing", "other_person", or empty
    unit         unit_text NOT NULL,          -- whose duty: the authority that decides the case
    agency       text NOT NULL,               -- empty: the commune's own
    risk         integer NOT NULL,            -- per mille with which it was drawn
    drawn_at     instant_int NOT NULL,
    due_on       day_text NOT NULL,
    state        integer NOT NULL,            -- enum check_state
    words        text NOT NULL,
    checked_at   instant_int,
    checked_by   id_int NOT NULL,
    checked_name text NOT NULL,
    settled_at   instant_int,                 -- of a wrong one: when somebody had dealt with it
    settled_words text NOT NULL,
    settled_name text NOT NULL
);
CREATE UNIQUE INDEX paper_check_paper ON paper_check (case_id, paper);
CREATE INDEX paper_check_desk ON paper_check (unit, agency, state, due_on);
CREATE INDEX paper_check_agency ON paper_check (agency, state, due_on) WHERE agency <> '';
CREATE INDEX paper_check_service ON paper_check (service, state);
