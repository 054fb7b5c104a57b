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
 * at once, and again after a crash: a mail is stored once by its Message-ID, and moved afterwards. What fails stays for the next pass and stops
 * nothing behind it.
 * @throws Problem `permission-denied`; at the end, the first error of a file. Each is in the log.
 */
export async function collectMails(deps: Deps, actor: Actor, stopping: AbortSignal): Promise<CollectedMails> {
  authorize(actor, 'case-mails:receive');
  const counts = { noted: 0, opened: 0, repeated: 0, ignored: 0, refused: 0 };
  const inbox = join(deps.config.filesDir, 'mails', 'inbox');
  const names = await listNames(join(inbox, 'new'));
  const errors: unknown[] = [];
  for (const name of names) {
    if (stopping.aborted) break;
    try {
      const outcome = await receiveFile(deps, actor, { inbox, name });
      if (outcome !== 'gone') counts[outcome] += 1;
    } catch (err) {
      deps.log.error({ err, file: name }, 'case-mail-failed');
      errors.push(err);
    }
  }
  if (errors.length > 0) throw errors[0];
  return counts;
}

interface MailFile {
  readonly inbox: string;
  readonly name: string;
}

/** Takes one file and moves it. */
async function receiveFile(deps: Deps, actor: Actor, file: MailFile): Promise<Received | 'refused' | 'gone'> {
  const outcome = await readAndReceive(deps, actor, file);
  if (outcome !== 'gone') await move(file, outcome === 'refused' ? 'refused' : 'cur');
  return outcome;
}

/** The oldest first, as mail servers name them; nothing when there is no folder. */
async function listNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(missing);
  return (names ?? [])
    .filter((name) => !name.startsWith('.'))
    .toSorted()
    .slice(0, MAX_FILES);
}

async function readAndReceive(
  deps: Deps,
  actor: Actor,
  { inbox, name }: MailFile,
): Promise<Received | 'refused' | 'gone'> {
  const path = join(inbox, 'new', name);
  const refuse = (why: string) => {
    deps.log.warn({ file: name, why }, 'case-mail-refused');
    return 'refused' as const;
  };
  const found = await stat(path).catch(missing);
  if (!found) return 'gone';
  if (!found.isFile() || found.size > MAX_BYTES) return refuse('too-large');
  const raw = await readFile(path).catch(missing);
  if (!raw) return 'gone';
  const mail = await parseMail(raw).catch(() => undefined);
  if (!mail) return refuse('unreadable');
  try {
    return await receiveMail(deps, actor, mail);
  } catch (error) {
    if (error instanceof Problem) return refuse(error.code);
    throw error;
  }
}

/** Another process may have moved it: it has stored it too. */
async function move({ inbox, name }: MailFile, to: Folder): Promise<void> {
  await mkdir(join(inbox, to), { recursive: true });
  await rename(join(inbox, 'new', name), join(inbox, to, name)).catch(missing);
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
