-- Whose accounts a number belongs to: asked when somebody signs in with an identity from elsewhere.
CREATE INDEX account_pid ON account (pid);
