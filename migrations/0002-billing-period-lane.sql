-- Where intake and close meet when they run on different nodes of a cluster. A node does not tell the others which
-- rows it has share-locked, so a close on one does not see a charge under way on another: each charge writes its
-- period in a lane, the close writes all lanes, and of two transactions that wrote the same row the cluster lets one
-- commit. Lanes keep charges from waiting for each other.
CREATE TABLE billing_period_lane (
  period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  closing_group TINYINT UNSIGNED NOT NULL,
  lane SMALLINT UNSIGNED NOT NULL,
  passed BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (period, closing_group, lane)
);
