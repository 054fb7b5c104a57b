import { userInfo } from 'node:os';
import { looksLikeAccount } from '../../src/access/account-reference.rules.ts';
import { actorName, type StaffActor } from '../../src/access/actor.ts';
import { staffRoles } from '../../src/access/permissions.ts';
import type { Deps } from '../../src/deps.ts';
import { reportEvent } from '../../src/security/report-event.ts';
import { READABLE } from '../../src/shared/readable-text.rules.ts';
import { UsageError } from './usage-error.ts';

/** With its prefix it fits into the audit trail. */
const MAX_NAME = 60;
const readable = new RegExp(READABLE, 'u');

/** Who types a command: a name, which proves nothing, or the address of an account, which has to be proven. */
export type NamedPerson =
  | { readonly kind: 'name'; readonly actor: StaffActor }
  | { readonly kind: 'account'; readonly email: string };

/** @throws UsageError as `readActor`, and for a code that proves no account */
export function readPerson(
  { as, codeFile }: { readonly as: string | undefined; readonly codeFile: string | undefined },
  systemUser: string | undefined,
): NamedPerson {
  if (as?.includes('@')) return { kind: 'account', email: as };
  if (codeFile !== undefined)
    throw new UsageError('--code-file proves an account: name its e-mail address with --as.');
  return { kind: 'name', actor: readActor(as, systemUser) };
}

/**
 * Who acts without an account: the person of the carrier named by `--as`, or in development the system user. A name has every
 * role and proves nothing.
 * @param systemUser the name used without `--as` in development; undefined in production
 * @throws UsageError in production without a name, or for a text that cannot be a name
 */
export function readActor(name: string | undefined, systemUser: string | undefined): StaffActor {
  if (name !== undefined) return namedPerson(readName(name));
  if (systemUser !== undefined) return namedPerson(systemUser);
  throw new UsageError(
    'This command changes something: name yourself with --as NAME. The audit trail keeps the name.',
  );
}

function namedPerson(account: string): StaffActor {
  return { kind: 'staff', account, roles: staffRoles, provenBy: 'nothing' };
}

/** The actor of a command that only reads, typed without `--as`: sees everything and changes nothing. */
export const unnamedReader: StaffActor = {
  kind: 'staff',
  account: 'unnamed',
  roles: ['auditor'],
  provenBy: 'nothing',
};

function readName(name: string): string {
  const text = name.normalize('NFC');
  if (looksLikeAccount(text))
    throw new UsageError('--as takes the e-mail address of an account, not its number.');
  if (readable.test(text) && Array.from(text).length <= MAX_NAME) return text;
  throw new UsageError(
    `--as takes a name of at most ${MAX_NAME} characters, without control characters or blanks around it`,
  );
}

/** The user of the machine, in development alone: in production it is that of a container and names no person. */
export function findSystemUser(
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (environment['NODE_ENV'] === 'production') return undefined;
  try {
    return userInfo().username;
  } catch {
    // A user identifier without a name.
    return 'unknown';
  }
}

/** Logs a security event when `--as` names a person; an unnamed user of the machine is not one. */
export function reportActor(
  deps: Pick<Deps, 'config' | 'log'>,
  { as, actor, command }: { as: string | undefined; actor: StaffActor | undefined; command: string },
): void {
  if (as === undefined || actor === undefined) return;
  reportEvent(deps, 'security.acted_as', { subjects: { actor: actorName(actor) }, facts: { command } });
}
