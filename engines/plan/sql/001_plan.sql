-- ---- the plan as it was written ----

CREATE TABLE plan_group (
    code       text NOT NULL PRIMARY KEY,   -- "I" … "V"
    n          integer NOT NULL,
    name       text NOT NULL
);

-- One row of the plan. What two places of the paper say differently stands in plan_reading.
CREATE TABLE plan_model (
    number      integer NOT NULL PRIMARY KEY,
    group_code  text NOT NULL REFERENCES plan_group (code),
    name        text NOT NULL,
    name_en     text NOT NULL,
    goal        text NOT NULL,
    goal_source text NOT NULL,              -- Mục tiêu, Hiệu quả, none
    assignments text NOT NULL,              -- section II, pieces parted by ' | '
    tools       text NOT NULL,
    ongoing     bool_int NOT NULL,          -- "thường xuyên": no day to miss
    note        text NOT NULL
);

-- What section II (body) and the appendix say of one thing. day: what a deadline's words mean, when they mean a day.
CREATE TABLE plan_reading (
    model      integer NOT NULL REFERENCES plan_model (number),
    field      text NOT NULL CHECK (field IN ('name', 'lead', 'coordinating', 'force', 'deadline', 'platform')),
    place      text NOT NULL CHECK (place IN ('body', 'appendix')),
    words      text NOT NULL,
    day        day_text,
    PRIMARY KEY (model, field, place)
);

-- Where the two disagree, or the paper is wrong in itself. model NULL: about the plan as a whole.
CREATE TABLE plan_conflict (
    id         serial_int PRIMARY KEY,
    model      integer REFERENCES plan_model (number),
    field      text NOT NULL,
    body       text NOT NULL,
    appendix   text NOT NULL,
    question   text NOT NULL
);

-- Decisions about a conflict; the newest counts, none is ever removed.
CREATE TABLE plan_decision (
    id         serial_int PRIMARY KEY,
    conflict   id_int NOT NULL REFERENCES plan_conflict (id),
    reading    text NOT NULL CHECK (reading IN ('body', 'appendix', 'other')),
    words      text NOT NULL,               -- what counts from now on
    day        day_text,                    -- for a deadline
    reason     text NOT NULL,
    account    id_int NOT NULL,
    decided_by text NOT NULL,
    at         instant_int NOT NULL
);
CREATE INDEX plan_decision_conflict ON plan_decision (conflict, id);

-- Numbers that the plan's words ask for: kind as enum measure_target.
CREATE TABLE plan_target (
    model      integer NOT NULL REFERENCES plan_model (number),
    kind       integer NOT NULL,
    goal       integer NOT NULL,
    what       text NOT NULL,
    unit       text NOT NULL,
    source     text NOT NULL,
    PRIMARY KEY (model, kind)
);

-- Who leads and who helps, from when to when (until exclusive).
CREATE TABLE plan_assignment (
    id         serial_int PRIMARY KEY,
    model      integer NOT NULL REFERENCES plan_model (number),
    agency     text NOT NULL REFERENCES agency (code),
    part       text NOT NULL CHECK (part IN ('lead', 'coordinating')),
    since      day_text NOT NULL,
    until      day_text NOT NULL,
    source     text NOT NULL
);
CREATE INDEX plan_assignment_model ON plan_assignment (model, part);
CREATE INDEX plan_assignment_agency ON plan_assignment (agency);

-- ---- measured ----

-- What a module counted for the end of a day. counted 0: there was nothing to count, which is no number, not zero.
CREATE TABLE plan_measured (
    measure     text NOT NULL,
    day         day_text NOT NULL,
    counted     bool_int NOT NULL,
    numerator   integer NOT NULL,
    denominator integer NOT NULL,
    at          instant_int NOT NULL,
    PRIMARY KEY (measure, day)
);

-- ---- the month ----

CREATE TABLE plan_month (
    month      integer NOT NULL PRIMARY KEY, -- yyyymm
    opened_at  instant_int NOT NULL,
    closed_at  instant_int,
    closed_by  text NOT NULL
);

-- An agency's report of a month. version 1 is the first; a correction is the next one with its reason. edit counts savings, so
-- that two people do not overwrite each other.
CREATE TABLE plan_report (
    id         serial_int PRIMARY KEY,
    month      integer NOT NULL REFERENCES plan_month (month),
    agency     text NOT NULL REFERENCES agency (code),
    version    integer NOT NULL,
    edit       integer NOT NULL,
    measured   day_text NOT NULL,            -- the numbers are of the end of this day
    words      text NOT NULL,
    reason     text NOT NULL,                -- why a correction was needed
    drafted_at instant_int NOT NULL,
    signed_at  instant_int,
    signed_by  text NOT NULL,
    late       bool_int NOT NULL,
    audit      id_int                        -- the record that proves the signed text
);
CREATE UNIQUE INDEX plan_report_version ON plan_report (month, agency, version);

-- One model in a report. claim: percent done in the agency's own word, NULL when it claims nothing.
CREATE TABLE plan_report_row (
    report      id_int NOT NULL REFERENCES plan_report (id),
    model       integer NOT NULL REFERENCES plan_model (number),
    claim       integer CHECK (claim >= 0 AND claim <= 100),
    did         text NOT NULL,
    next        text NOT NULL,
    tasks       integer NOT NULL,
    tasks_done  integer NOT NULL,
    tasks_late  integer NOT NULL,
    PRIMARY KEY (report, model)
);

-- The numbers of a report, as they were counted for its day: they stand even when a later program counts otherwise.
CREATE TABLE plan_report_number (
    report      id_int NOT NULL REFERENCES plan_report (id),
    model       integer NOT NULL REFERENCES plan_model (number),
    measure     text NOT NULL,
    counted     bool_int NOT NULL,
    numerator   integer NOT NULL,
    denominator integer NOT NULL,
    PRIMARY KEY (report, model, measure)
);

-- A closed month stands. The store itself refuses, whoever writes.
-- @sqlite
CREATE TRIGGER plan_report_closed_insert BEFORE INSERT ON plan_report
WHEN (SELECT closed_at FROM plan_month WHERE month = NEW.month) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'month is closed'); END;
CREATE TRIGGER plan_report_closed_update BEFORE UPDATE ON plan_report
WHEN (SELECT closed_at FROM plan_month WHERE month = OLD.month) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'month is closed'); END;
CREATE TRIGGER plan_report_closed_delete BEFORE DELETE ON plan_report
WHEN (SELECT closed_at FROM plan_month WHERE month = OLD.month) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'month is closed'); END;
CREATE TRIGGER plan_row_closed_insert BEFORE INSERT ON plan_report_row
WHEN (SELECT m.closed_at FROM plan_month m JOIN plan_report r ON r.month = m.month WHERE r.id = NEW.report) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'month is closed'); END;
CREATE TRIGGER plan_row_closed_update BEFORE UPDATE ON plan_report_row
WHEN (SELECT m.closed_at FROM plan_month m JOIN plan_report r ON r.month = m.month WHERE r.id = OLD.report) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'month is closed'); END;
CREATE TRIGGER plan_row_closed_delete BEFORE DELETE ON plan_report_row
WHEN (SELECT m.closed_at FROM plan_month m JOIN plan_report r ON r.month = m.month WHERE r.id = OLD.report) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'month is closed'); END;
CREATE TRIGGER plan_number_closed_insert BEFORE INSERT ON plan_report_number
WHEN (SELECT m.closed_at FROM plan_month m JOIN plan_report r ON r.month = m.month WHERE r.id = NEW.report) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'month is closed'); END;
CREATE TRIGGER plan_number_never_changes BEFORE UPDATE ON plan_report_number
BEGIN SELECT RAISE(ABORT, 'a counted number is never changed'); END;
CREATE TRIGGER plan_number_stays BEFORE DELETE ON plan_report_number
BEGIN SELECT RAISE(ABORT, 'a counted number is never changed'); END;
CREATE TRIGGER plan_month_closed BEFORE UPDATE ON plan_month WHEN OLD.closed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'month is closed'); END;
-- @postgres
CREATE FUNCTION plan_month_stands() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE
    shut bigint;
BEGIN
    IF TG_TABLE_NAME = ''plan_month'' THEN
        shut := OLD.closed_at;
    ELSIF TG_TABLE_NAME = ''plan_report'' THEN
        SELECT closed_at INTO shut FROM plan_month WHERE month = CASE WHEN TG_OP = ''INSERT'' THEN NEW.month ELSE OLD.month END;
    ELSE
        SELECT m.closed_at INTO shut FROM plan_month m JOIN plan_report r ON r.month = m.month
        WHERE r.id = CASE WHEN TG_OP = ''INSERT'' THEN NEW.report ELSE OLD.report END;
    END IF;
    IF shut IS NOT NULL THEN
        RAISE EXCEPTION ''month is closed'';
    END IF;
    IF TG_OP = ''DELETE'' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END';
CREATE FUNCTION plan_number_stands() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
    RAISE EXCEPTION ''a counted number is never changed'';
END';
CREATE TRIGGER plan_number_closed BEFORE INSERT ON plan_report_number
FOR EACH ROW EXECUTE FUNCTION plan_month_stands();
CREATE TRIGGER plan_number_stands BEFORE UPDATE OR DELETE ON plan_report_number
FOR EACH ROW EXECUTE FUNCTION plan_number_stands();
CREATE TRIGGER plan_report_closed BEFORE INSERT OR UPDATE OR DELETE ON plan_report
FOR EACH ROW EXECUTE FUNCTION plan_month_stands();
CREATE TRIGGER plan_row_closed BEFORE INSERT OR UPDATE OR DELETE ON plan_report_row
FOR EACH ROW EXECUTE FUNCTION plan_month_stands();
CREATE TRIGGER plan_month_closed BEFORE UPDATE ON plan_month
FOR EACH ROW EXECUTE FUNCTION plan_month_stands();
-- @both

-- ---- tasks ----

CREATE TABLE plan_task (
    id          serial_int PRIMARY KEY,
    model       integer NOT NULL REFERENCES plan_model (number),
    agency      text NOT NULL REFERENCES agency (code),
    partners    text NOT NULL,               -- agency codes by spaces
    title       text NOT NULL,
    detail      text NOT NULL,
    due         day_text NOT NULL,
    milestone   bool_int NOT NULL,
    state       integer NOT NULL,            -- enum task_state
    done_on     day_text,
    risk        integer NOT NULL,            -- enum task_risk
    risk_note   text NOT NULL,
    budget      money_int NOT NULL,
    budget_line text NOT NULL,
    meeting     text NOT NULL,               -- number of the minutes in which it was given
    meeting_on  day_text,
    edit        integer NOT NULL,
    made_at     instant_int NOT NULL
);
CREATE INDEX plan_task_model ON plan_task (model, due);
CREATE INDEX plan_task_agency ON plan_task (agency, due);

CREATE TABLE plan_task_change (
    id         serial_int PRIMARY KEY,
    task       id_int NOT NULL REFERENCES plan_task (id),
    at         instant_int NOT NULL,
    account    id_int NOT NULL,
    changed_by text NOT NULL,
    what       text NOT NULL
);
CREATE INDEX plan_task_change_task ON plan_task_change (task, id);

-- A file is kept once under its SHA-256.
CREATE TABLE plan_file (
    hash       hash_blob NOT NULL PRIMARY KEY,
    media_type text NOT NULL,
    size       integer NOT NULL,
    bytes      blob NOT NULL
);

-- What shows that a task was done: a file, a link, or a measure that is read live.
CREATE TABLE plan_evidence (
    id         serial_int PRIMARY KEY,
    task       id_int NOT NULL REFERENCES plan_task (id),
    kind       text NOT NULL CHECK (kind IN ('file', 'link', 'measure')),
    title      text NOT NULL,
    target     text NOT NULL,                -- file name, address, or the measure's name
    hash       hash_blob REFERENCES plan_file (hash),
    account    id_int NOT NULL,
    added_by   text NOT NULL,
    at         instant_int NOT NULL
);
CREATE INDEX plan_evidence_task ON plan_evidence (task);

CREATE TABLE plan_reminder (
    task       id_int NOT NULL REFERENCES plan_task (id),
    days_left  integer NOT NULL,
    agency     text NOT NULL REFERENCES agency (code),
    at         instant_int NOT NULL,
    seen_at    instant_int,
    PRIMARY KEY (task, days_left)
);
CREATE INDEX plan_reminder_agency ON plan_reminder (agency, at);

-- Letters that wait for whoever carries mail.
CREATE TABLE plan_letter (
    id         serial_int PRIMARY KEY,
    agency     text NOT NULL REFERENCES agency (code),
    subject    text NOT NULL,
    body       text NOT NULL,
    made_at    instant_int NOT NULL,
    sent_at    instant_int
);

-- A calendar address: who has it may read; the store keeps its hash.
CREATE TABLE plan_feed (
    token      hash_blob NOT NULL PRIMARY KEY,
    agency     text NOT NULL REFERENCES agency (code),
    account    id_int NOT NULL,
    made_at    instant_int NOT NULL,
    revoked_at instant_int
);
CREATE INDEX plan_feed_agency ON plan_feed (agency);
