import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection, type Connection } from 'mysql2/promise';

const ACCESS_DENIED = 1045;

/**
 * Gives root of a private server a password of its own, kept in the server's folder, which is closed to other users of the
 * machine. A server of an earlier release, whose root has none, gets one too. Call it under the launch lock.
 * @returns the password.
 */
export async function secureRoot(folder: string, socketPath: string): Promise<string> {
  const password = readPassword(folder) ?? writePassword(folder);
  if (await isLetIn(socketPath, password)) return password;
  const connection = await createConnection({ user: 'root', socketPath });
  try {
    await setRootPassword(connection, password);
  } finally {
    connection.destroy();
  }
  return password;
}

/** The password of another user of the server, derived from root's, so that it is the same at each start. */
export function passwordOf(user: string, rootPassword: string): string {
  return createHmac('sha256', rootPassword).update(user).digest('hex').slice(0, 32);
}

/** Root comes from this machine alone: its accounts for other names of the machine are those of an installation, and go. */
async function setRootPassword(connection: Connection, password: string): Promise<void> {
  await connection.query("DELETE FROM mysql.global_priv WHERE User = 'root' AND Host <> 'localhost'");
  await connection.query('FLUSH PRIVILEGES');
  await connection.query("ALTER USER 'root'@'localhost' IDENTIFIED BY ?", [password]);
}

async function isLetIn(socketPath: string, password: string): Promise<boolean> {
  try {
    const connection = await createConnection({ user: 'root', password, socketPath });
    connection.destroy();
    return true;
  } catch (error) {
    if (error instanceof Error && 'errno' in error && error.errno === ACCESS_DENIED) return false;
    throw error;
  }
}

function fileOf(folder: string): string {
  return join(folder, 'root-password');
}

function readPassword(folder: string): string | undefined {
  try {
    return readFileSync(fileOf(folder), 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Before the server knows it: a launcher that is killed in between leaves a password that only has to be set. */
function writePassword(folder: string): string {
  const password = randomBytes(16).toString('hex');
  const unfinished = `${fileOf(folder)}.new`;
  writeFileSync(unfinished, `${password}\n`, { mode: 0o600 });
  renameSync(unfinished, fileOf(folder));
  return password;
}
