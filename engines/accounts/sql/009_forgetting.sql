-- Those that ran out long ago are found by their end.
CREATE INDEX account_session_expires ON account_session (expires_at);
