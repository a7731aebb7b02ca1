-- From where a program without a secret asked: a keyed hash, so that one address cannot fill the store with questions, and the store
-- does not know the address.
ALTER TABLE signon_ask ADD COLUMN source hash_blob;
CREATE INDEX signon_ask_source ON signon_ask (source, made_at) WHERE source IS NOT NULL;
