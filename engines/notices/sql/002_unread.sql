-- The bell on every page asks for these only: an account without unread notices has no entry here.
CREATE INDEX notice_unread ON notice (account) WHERE seen_at IS NULL;
