import type { SandboxDeps } from './company-world.ts';
import type { Registry } from './registry.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Drops the worlds that nobody has used for so long, and databases that a crash left without a world. Returns how many of each. */
export async function dropIdleWorlds(
  { sandbox }: SandboxDeps,
  { now = new Date(), stopping }: { readonly now?: Date; readonly stopping?: AbortSignal } = {},
): Promise<{ idle: number; leftOver: number }> {
  if (!sandbox) return { idle: 0, leftOver: 0 };
  const { registry, config } = sandbox;
  const usedBefore = new Date(now.getTime() - config.idleDays * DAY_MS);
  const world = registry.table('world');
  const found = await registry.query(`SELECT id FROM ${world} WHERE last_used_at < ?`, [usedBefore]);
  let idle = 0;
  for (const { id } of found) {
    if (stopping?.aborted) break;
    // Under the condition again: a world that was used meanwhile stays, and of two processes one drops it.
    const taken = await registry.change(`DELETE FROM ${world} WHERE id = ? AND last_used_at < ?`, [
      id,
      usedBefore,
    ]);
    if (taken === 0) continue;
    await sandbox.drop(String(id));
    idle += 1;
  }
  const leftOver = stopping?.aborted ? [] : await listLeftOver(registry);
  for (const id of leftOver) await sandbox.drop(id);
  return { idle, leftOver: leftOver.length };
}

/** A world has its row before its database, so a database without one is of a drop that was cut off. */
async function listLeftOver(registry: Registry): Promise<string[]> {
  const pattern = `${registry.databaseOf('').replaceAll('_', String.raw`\_`)}____________`;
  const databases = await registry.query('SHOW DATABASES LIKE ?', [pattern]);
  const names = databases.flatMap((row) => Object.values(row).map(String));
  const ids = names.map((name) => name.slice(registry.databaseOf('').length));
  const left: string[] = [];
  for (const id of ids) {
    if (/^[a-z2-9]{12}$/.test(id) && !(await registry.find(id))) left.push(id);
  }
  return left;
}
