import { userInfo } from 'node:os';
import type { Deps } from '../../src/deps.ts';
import { reportEvent } from '../../src/security/report-event.ts';
import { READABLE } from '../../src/shared/readable-text.rules.ts';
import { UsageError } from './usage-error.ts';

/** With its prefix it fits into the audit trail. */
const MAX_NAME = 60;
const readable = new RegExp(READABLE, 'u');

/**
 * Who acts, for the audit trail: `staff:NAME`, or in development without a name `cli:USER`.
 * @param systemUser whom to take for a name in development; undefined in production
 * @throws UsageError without a name in production, or for one that is no name
 */
export function readActor(name: string | undefined, systemUser: string | undefined): string {
  if (name !== undefined) return `staff:${readName(name)}`;
  if (systemUser !== undefined) return `cli:${systemUser}`;
  throw new UsageError(
    'This changes something: say who you are with --as NAME. The audit trail keeps the name.',
  );
}

function readName(name: string): string {
  const text = name.normalize('NFC');
  if (readable.test(text) && Array.from(text).length <= MAX_NAME) return text;
  throw new UsageError(
    `--as takes a name of at most ${MAX_NAME} characters, without control characters or blanks around it`,
  );
}

/** The user of the machine, in development alone: in production it is that of a container, and says nothing. */
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

/** Tells the log that somebody named themselves to do something; what a user of the machine does unnamed is no such event. */
export function reportActor(
  deps: Pick<Deps, 'config' | 'log'>,
  { as, actor, command }: { as: string | undefined; actor: string | undefined; command: string },
): void {
  if (as === undefined || actor === undefined) return;
  reportEvent(deps, 'security.acted_as', { subjects: { actor }, facts: { command } });
}
