import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { mailKinds } from '../../templates/mails/mail-kinds.ts';
import type { Deps } from '../deps.ts';
import type { OutgoingMail } from './mail-transport.ts';
import type { Mail } from './mail.entity.ts';

/** The file that a mail of this kind brings, read when it is sent; nothing for other kinds. @throws Error when the file is missing. */
export async function readAttachment(
  { config }: Pick<Deps, 'config'>,
  { kind, facts }: Pick<Mail, 'kind' | 'facts'>,
): Promise<Pick<OutgoingMail, 'attachments'>> {
  const described = mailKinds[kind];
  if (!('attaches' in described)) return {};
  const { folder, fact } = described.attaches;
  const named = facts[fact];
  if (typeof named !== 'string') throw new Error(`a mail of kind ${kind} names no file`);
  const filename = basename(named);
  return { attachments: [{ filename, content: await readFile(join(config.filesDir, folder, filename)) }] };
}
