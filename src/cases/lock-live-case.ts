import { LockMode } from '@mikro-orm/mariadb';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { SupportCase } from './support-case.entity.ts';

/** Merges of merges that are followed; nobody merges this often. */
const MAX_MERGES = 20;

/**
 * Locks a case, or the one that has it now if it was merged: what arrives from outside goes there, when its sender has been recognised.
 * @throws Problem `case-not-found`.
 */
export async function lockLiveCase(tx: InTransaction<Deps>, number: string): Promise<SupportCase> {
  let found = await lockAnyCase(tx, number);
  for (let left = MAX_MERGES; found.mergedInto != null && left > 0; left -= 1)
    found = await lockAnyCase(tx, found.mergedInto);
  return found;
}

/** Locks a case of anybody: `lockCase` is for people. @throws Problem `case-not-found`. */
export async function lockAnyCase(tx: InTransaction<Deps>, number: string): Promise<SupportCase> {
  const found = await tx.em.findOne(SupportCase, { number }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!found) throw new Problem('case-not-found');
  return found;
}

/** @throws Problem `illegal-state` for a closed case. */
export function assertOpen({ state, number }: Pick<SupportCase, 'state' | 'number'>): void {
  if (state === 'closed')
    throw new Problem('illegal-state', { detail: `The case ${number} is closed.`, facts: { state } });
}
