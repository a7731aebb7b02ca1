-- What a session was opened with, or last confirmed by. Sessions from before had a password and nothing else.
ALTER TABLE account_session ADD COLUMN methods text NOT NULL DEFAULT 'pwd';
ALTER TABLE account_session ADD COLUMN assurance integer NOT NULL DEFAULT 1;
ALTER TABLE account_session ADD COLUMN authenticated_at instant_int NOT NULL DEFAULT 0;
UPDATE account_session SET authenticated_at = made_at;
