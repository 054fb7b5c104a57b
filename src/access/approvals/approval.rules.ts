import { createHash } from 'node:crypto';
import { compileInputCheck } from '../../shared/check-input.ts';
import { Problem } from '../../shared/problem.ts';
import { readableText } from '../../shared/readable-text.rules.ts';
import type { Actor } from '../actor.ts';
import type { Approval } from './approval.entity.ts';

/** Days a proposal waits for a second person (our decision). */
export const APPROVAL_DAYS = 14;

/** What a proposer or an approver writes for the other. @throws Problem `invalid-request` */
export const checkReason = compileInputCheck<{ readonly reason: string }>({ reason: readableText(300) });
export const checkNote = compileInputCheck<{ readonly note: string }>({ note: readableText(300) });

export type ApprovalState = Approval['state'];

/** A proposal whose time has run out is expired at once, whether or not a job has noted it. */
export function effectiveApprovalState(
  { state, expiresAt }: Pick<Approval, 'state' | 'expiresAt'>,
  now: Date,
): ApprovalState {
  return state === 'pending' && expiresAt <= now ? 'expired' : state;
}

/** Hash of a subject's version: SHA-256 over its JSON with members in the order of their names. */
export function hashVersion(version: object): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(version)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}

/**
 * Whether two actors, as `actorName` writes them, are one person. A name in another case, width or composition, with blanks
 * or with invisible characters is the same name.
 */
export function isSamePerson(one: string, other: string): boolean {
  return foldName(one) === foldName(other);
}

function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(/[\s\p{Default_Ignorable_Code_Point}]/gu, '')
    .toLowerCase();
}

/**
 * Only a person proposes and only a person decides, and where money is at stake the person has to be proven: a bare
 * name on a command line will do in development alone.
 * @throws Problem `approval-needs-person`
 */
export function assertProvenPerson(actor: Actor, mode: 'development' | 'production'): void {
  if (actor.kind !== 'staff' && actor.kind !== 'company-user') {
    throw new Problem('approval-needs-person', { detail: 'A job or a key neither proposes nor approves.' });
  }
  if (actor.provenBy !== 'second-factor' && mode === 'production') {
    throw new Problem('approval-needs-person', {
      detail:
        'In production this needs an account with a second factor: name its address with --as. Another name proves nothing.',
    });
  }
}
