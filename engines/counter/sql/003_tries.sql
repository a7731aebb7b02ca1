-- Officers who set out to ask a citizen for what data replaces: refused each time, and shown to whoever inspects that.
CREATE TABLE counter_try (
    id           serial_int PRIMARY KEY,
    at           instant_int NOT NULL,
    case_id      id_int NOT NULL,
    number       text NOT NULL,
    service_name text NOT NULL,
    unit         unit_text NOT NULL,
    account      id_int NOT NULL,
    account_name text NOT NULL,
    asked        text NOT NULL,               -- the paper
    words        text NOT NULL                -- as the officer wrote them; empty: the paper was ticked
);
