-- Of an app that is stopped, and of sessions that ran out by themselves, only what still lives or was not told is looked at.
CREATE INDEX signon_family_client ON signon_family (client) WHERE ended_at IS NULL;
CREATE INDEX signon_family_untold ON signon_family (made_at) WHERE told = 0;
