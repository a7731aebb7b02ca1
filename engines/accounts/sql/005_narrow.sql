-- A session may do less than its account: the legal functions that it keeps, and what made it so.
ALTER TABLE account_session ADD COLUMN only_functions text;
ALTER TABLE account_session ADD COLUMN mark text;
CREATE INDEX account_session_mark ON account_session (mark) WHERE mark IS NOT NULL;
