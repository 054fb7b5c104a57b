import { mkdir, readdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { parseMail } from './parse-mail.ts';
import { receiveMail, type Received } from './receive-mail.ts';

/** Larger mails are set aside unread. */
const MAX_BYTES = 10 * 1_024 * 1_024;
/** Mails of one pass; the next one continues. */
const MAX_FILES = 100;

/** Where a mail goes when it is done with. */
type Folder = 'cur' | 'refused';

export type CollectedMails = Readonly<Record<Received | 'refused', number>>;

/**
 * Takes the mails that arrived in `FILES_DIR/mails/inbox/new`, one file each, which a mail server renames into it when it is complete
 * (maildir). What is done goes to `cur`, what cannot be read or is too much to `refused`, for a person to look at. Runs in several processes
 * at once, and again after a crash: a mail is stored once by its Message-ID, and moved afterwards.
 */
export async function collectMails(deps: Deps, actor: Actor, stopping: AbortSignal): Promise<CollectedMails> {
  authorize(actor, 'case-mails:receive');
  const counts = { noted: 0, opened: 0, repeated: 0, ignored: 0, refused: 0 };
  const inbox = join(deps.config.filesDir, 'mails', 'inbox');
  const names = await listNames(join(inbox, 'new'));
  for (const name of names) {
    if (stopping.aborted) break;
    const outcome = await receiveFile(deps, actor, join(inbox, 'new', name));
    if (outcome === 'gone') continue;
    counts[outcome] += 1;
    await move(inbox, name, outcome === 'refused' ? 'refused' : 'cur');
  }
  return counts;
}

/** The oldest first, as mail servers name them; nothing when there is no folder. */
async function listNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(missing);
  return (names ?? [])
    .filter((name) => !name.startsWith('.'))
    .toSorted()
    .slice(0, MAX_FILES);
}

async function receiveFile(deps: Deps, actor: Actor, path: string): Promise<Received | 'refused' | 'gone'> {
  const found = await stat(path).catch(missing);
  if (!found) return 'gone';
  if (!found.isFile() || found.size > MAX_BYTES) return 'refused';
  const raw = await readFile(path).catch(missing);
  if (!raw) return 'gone';
  const mail = await parseMail(raw).catch(() => undefined);
  if (!mail) return 'refused';
  try {
    return await receiveMail(deps, actor, mail);
  } catch (error) {
    if (error instanceof Problem) return 'refused';
    throw error;
  }
}

/** Another process may have moved it: it has stored it too. */
async function move(inbox: string, name: string, to: Folder): Promise<void> {
  await mkdir(join(inbox, to), { recursive: true });
  await rename(join(inbox, 'new', name), join(inbox, to, name)).catch(missing);
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
