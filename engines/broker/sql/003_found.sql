-- What is forgotten is found by its time, and the sessions of a logout token by whom it is about.
CREATE INDEX broker_pending_expires ON broker_pending (expires_at);
CREATE INDEX broker_session_opened ON broker_session (opened_at);
CREATE INDEX broker_link_about ON broker_link (issuer, subject);
