import {
  createConnection,
  type Connection,
  type ConnectionOptions,
  type RowDataPacket,
} from 'mysql2/promise';
import {
  findExcessRights,
  listMissingRights,
  listRevocable,
  SERVICE_RIGHTS,
} from '../../src/database/grants.rules.ts';
import { ConfigError } from '../config.ts';
import { readDatabaseUrl } from '../database-url.ts';

/** Error numbers of statements that the user has no right to. */
const DENIED = new Set([1044, 1045, 1142, 1227, 1370]);

/**
 * Grants the user of the service the rights to read and write rows of the database, and revokes its other rights there.
 * Returns rights elsewhere that it should not have; only an administrator can revoke those.
 * @throws ConfigError with the statements to run, when the owner may not grant these rights or the user does not exist.
 */
export async function grantServiceRights(urls: { owner: string; service: string }): Promise<string[]> {
  const { database } = readDatabaseUrl(urls.service);
  const { account, lines } = await readServiceUser(urls.service);
  const missing = listMissingRights(lines, database);
  const revocable = listRevocable(lines, database);
  const pattern = quote(database.replaceAll(/[_%\\]/g, String.raw`\$&`));
  if (missing.length === 0 && revocable.length === 0) return findExcessRights(lines);
  // Last, because the revoke may remove all rights; open connections keep theirs until then.
  const statements = [
    ...revocable.flatMap(({ on, rights }) =>
      rights.map((right) => `REVOKE ${right} ON ${on} FROM ${account}`),
    ),
    `GRANT ${SERVICE_RIGHTS.join(', ')} ON ${pattern}.* TO ${account}`,
  ];
  await onDatabase(urls.owner, async (owner) => {
    for (const statement of statements) await runOrExplain(owner, statement, statements);
  });
  return findExcessRights((await readServiceUser(urls.service)).lines);
}

async function runOrExplain(owner: Connection, statement: string, all: readonly string[]): Promise<void> {
  try {
    await owner.query(statement);
  } catch (error) {
    if (!isDenied(error)) throw error;
    throw new ConfigError([
      `MIGRATION_DATABASE_URL names a user that may not give rights (WITH GRANT OPTION); as an administrator: ${all.join('; ')};`,
    ]);
  }
}

/** The account under which the server knows the service, and its rights. */
async function readServiceUser(serviceUrl: string): Promise<{ account: string; lines: string[] }> {
  try {
    return await onServer(serviceUrl, async (connection) => {
      const [[row]] = await connection.query<RowDataPacket[]>('SELECT CURRENT_USER() AS account');
      const [name = '', host = ''] = String(row?.['account']).split(/@(?=[^@]*$)/);
      const [grants] = await connection.query<RowDataPacket[]>('SHOW GRANTS');
      return {
        account: `${quote(name)}@${quote(host)}`,
        lines: grants.flatMap((grant) => Object.values(grant).map(String)),
      };
    });
  } catch (error) {
    if (!isDenied(error)) throw error;
    const { user } = readDatabaseUrl(serviceUrl);
    throw new ConfigError([
      `DATABASE_URL names a user that is not let in (${(error as Error).message}); as an administrator: ` +
        `CREATE USER ${quote(user)}@'%' IDENTIFIED BY '…';`,
    ]);
  }
}

/**
 * Makes the migrating user the definer of all triggers and functions: they run with the rights of their definer, and fail
 * once that user lacks a right or does not exist, for instance after a restore elsewhere. A user who may not read them
 * finds none.
 */
export async function adoptGuards(ownerUrl: string): Promise<void> {
  await onDatabase(ownerUrl, async (owner) => {
    await owner.query("SET sql_mode = 'TRADITIONAL'");
    const [found] = await owner.query<RowDataPacket[]>(`
      SELECT 'TRIGGER' AS kind, TRIGGER_NAME AS name FROM information_schema.TRIGGERS
      WHERE EVENT_OBJECT_SCHEMA = DATABASE() AND DEFINER <> CURRENT_USER()
      UNION ALL SELECT ROUTINE_TYPE, ROUTINE_NAME FROM information_schema.ROUTINES
      WHERE ROUTINE_SCHEMA = DATABASE() AND DEFINER <> CURRENT_USER() AND ROUTINE_DEFINITION IS NOT NULL`);
    for (const { kind, name } of found) {
      const [[made]] = await owner.query<RowDataPacket[]>(
        `SHOW CREATE ${String(kind)} ${quote(String(name))}`,
      );
      const statement = String(
        made?.['SQL Original Statement'] ?? made?.['Create Function'] ?? made?.['Create Procedure'],
      );
      await owner.query(statement.replace(DEFINED_BY, 'CREATE OR REPLACE '));
    }
  });
}

const DEFINED_BY = /^CREATE (?:OR REPLACE )?(?:DEFINER ?= ?`(?:[^`]|``)*`@`(?:[^`]|``)*` )?/i;

function isDenied(error: unknown): boolean {
  return error instanceof Error && 'errno' in error && DENIED.has(Number(error.errno));
}

function quote(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** Connects to the server without a database: the user may have no right in it yet. */
function onServer<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const { database: _, ...options } = readDatabaseUrl(url);
  return connected(options, work);
}

function onDatabase<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  return connected(readDatabaseUrl(url), work);
}

async function connected<T>(
  options: ConnectionOptions,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await createConnection(options);
  try {
    return await work(connection);
  } finally {
    connection.destroy();
  }
}
