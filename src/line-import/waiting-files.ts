import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { isLineFileName } from './inbox-names.rules.ts';

/** How many files of the line master wait in the inbox for the next import. @throws Problem `permission-denied` */
export async function countWaitingLineFiles(deps: Deps, actor: Actor): Promise<number> {
  authorize(actor, 'runs:read');
  const inbox = join(deps.config.filesDir, 'lines', 'inbox');
  // Before the first import there is no inbox.
  const names = await readdir(inbox).catch(() => []);
  return names.filter(isLineFileName).length;
}
