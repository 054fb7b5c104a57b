import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from './config.ts';

/**
 * Verifies at the start that the files folder exists and is writable. At half past midnight nobody is present to fix a
 * mount that is missing or belongs to another user.
 * @throws ConfigError with the system's reason.
 */
export async function assertFilesDir(filesDir: string): Promise<void> {
  // A unique name: all processes that run nights share the folder, and may start at the same time.
  const trial = join(filesDir, `.trial-${randomUUID()}`);
  try {
    await mkdir(filesDir, { recursive: true });
    await writeFile(trial, 'may be removed\n', { flag: 'wx' });
  } catch (error) {
    throw refusal(error);
  } finally {
    await rm(trial, { force: true }).catch(() => undefined);
  }
}

function refusal(error: unknown): ConfigError {
  const reason = error instanceof Error ? error.message : String(error);
  return new ConfigError([`FILES_DIR cannot be written to, which nights do: ${reason}`]);
}
