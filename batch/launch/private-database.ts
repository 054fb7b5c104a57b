import { createConnection, escapeId } from 'mysql2/promise';
import type { EmbeddedDatabase } from './embedded-database.ts';
import { passwordOf } from './server-passwords.ts';

const DATABASE = 'tabane';
/** The registry of the sandboxes; the databases of their worlds have longer names. */
const SANDBOX = 'sandbox';

/** Addresses of one database of a private server. */
export interface PrivateDatabase {
  /** Of the user that reads and writes rows. */
  readonly serviceUrl: string;
  /** Of the user that owns the schema. */
  readonly ownerUrl: string;
  /** Of the user that owns the sandboxes, and nothing else. */
  readonly sandboxUrl: string;
  /** Of the server's root. */
  readonly rootUrl: string;
}

/**
 * Creates the service's database on the private server, with its two users, or migrates it, and a third user for the sandboxes. A database
 * of DATABASE_URL is migrated by a separate command; the private one is migrated at every start.
 */
export async function preparePrivateDatabase(server: EmbeddedDatabase): Promise<PrivateDatabase> {
  const [service, owner] = [userOf(server, DATABASE), userOf(server, `${DATABASE}_owner`)];
  const sandbox = userOf(server, `${SANDBOX}_owner`, SANDBOX);
  const connection = await createConnection(server.url);
  // Two commands may start at once, and a migration is for one.
  await connection.query('DO GET_LOCK(?, 600)', [DATABASE]);
  await connection.query(`CREATE DATABASE IF NOT EXISTS ${escapeId(DATABASE)}`);
  for (const { name, password } of [service, owner, sandbox]) {
    await connection.query('CREATE USER IF NOT EXISTS ?@localhost', [name]);
    await connection.query('ALTER USER ?@localhost IDENTIFIED BY ?', [name, password]);
  }
  await connection.query(`GRANT ALL PRIVILEGES ON ${escapeId(DATABASE)}.* TO ?@localhost WITH GRANT OPTION`, [
    owner.name,
  ]);
  await connection.query(`GRANT ALL PRIVILEGES ON ${escapeId(`${SANDBOX}%`)}.* TO ?@localhost`, [
    sandbox.name,
  ]);
  const { migrate } = await import('../../config/database/migrate.ts');
  await migrate(owner.url, service.url);
  await connection.end();
  return {
    serviceUrl: service.url,
    ownerUrl: owner.url,
    sandboxUrl: sandbox.url,
    rootUrl: urlFor(server, 'root', server.rootPassword),
  };
}

function userOf(server: EmbeddedDatabase, name: string, database = DATABASE) {
  const password = passwordOf(name, server.rootPassword);
  return { name, password, url: urlFor(server, name, password, database) };
}

function urlFor(server: EmbeddedDatabase, user: string, password: string, database = DATABASE): string {
  const url = new URL(server.url);
  url.username = user;
  url.password = password;
  url.pathname = `/${database}`;
  return url.href;
}
