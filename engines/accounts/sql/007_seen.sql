-- To the minute, and up to some minutes behind (session_seen.c).
ALTER TABLE account_session ADD COLUMN seen_at instant_int;
