-- When a key was used last, for the list of keys. In a table of its own: the row of a key is final, and requests read it while this
-- one is written. A process writes each key once an hour at most.
CREATE TABLE api_key_use (
  api_key_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  last_used_at DATETIME(3) NOT NULL,
  CONSTRAINT api_key_use_key FOREIGN KEY (api_key_id) REFERENCES api_key (id)
);
