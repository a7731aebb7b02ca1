-- What the desk knows of an app besides what the provider needs. An app proposed and not returned waits for its reviewer; `pending` is
-- what an app that people use already wants to become.
CREATE TABLE app (
    client      text NOT NULL PRIMARY KEY REFERENCES signon_client (id),
    agency      text NOT NULL,
    contact     text NOT NULL,
    pending     text,                   -- metadata as JSON
    returned    bool_int NOT NULL,
    made_by     id_int NOT NULL,
    made_at     instant_int NOT NULL
);
CREATE INDEX app_agency ON app (agency);

CREATE TABLE app_history (
    id          serial_int PRIMARY KEY,
    client      text NOT NULL REFERENCES app (client),
    at          instant_int NOT NULL,
    account     id_int NOT NULL,
    by_name     text NOT NULL,
    act         text NOT NULL,
    note        text NOT NULL
);
CREATE INDEX app_history_client ON app_history (client, id);

-- What ends soon: the app's own last day, or a secret. One row for each threshold that was crossed.
CREATE TABLE app_warning (
    client      text NOT NULL REFERENCES app (client),
    thing       text NOT NULL,          -- 'app' or 'secret'
    ends_on     day_text NOT NULL,
    days        integer NOT NULL CHECK (days IN (30, 7, 1)),
    at          instant_int NOT NULL,
    PRIMARY KEY (client, thing, ends_on, days)
);
