#!/bin/sh
# Creates the two users of the database tabane: the owner of the schema, who migrates, and the user of the service, to whom a
# migration grants the right to read and write rows. The image of MariaDB runs it when its volume is new; on a volume of an
# earlier release, and to change a password, by hand:
#   docker compose exec database sh /docker-entrypoint-initdb.d/database-users.sh
# Passwords consist of letters and digits, because they are part of addresses.
(
  set -eu
  mariadb -uroot -p"$MARIADB_ROOT_PASSWORD" <<SQL
CREATE USER IF NOT EXISTS tabane_owner@'%';
ALTER USER tabane_owner@'%' IDENTIFIED BY '$DATABASE_OWNER_PASSWORD';
GRANT ALL PRIVILEGES ON tabane.* TO tabane_owner@'%' WITH GRANT OPTION;
CREATE USER IF NOT EXISTS tabane@'%';
ALTER USER tabane@'%' IDENTIFIED BY '$DATABASE_PASSWORD';
SQL
)
