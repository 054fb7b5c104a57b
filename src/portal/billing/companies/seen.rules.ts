import { hash } from 'node:crypto';
import { Problem } from '../../../shared/problem.ts';
import { textField } from '../../kit/form-fields.ts';

/** What a page showed, so that its form is refused once somebody else has changed it: a digest in 16 letters. */
export function seenOf(shown: object): string {
  const text = JSON.stringify(shown, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return hash('sha256', text).slice(0, 16);
}

/** The hidden field that sends it back. */
export const seenField = textField({ label: 'billing.companies.seen', maxLength: 16 });

/** @throws Problem `illegal-state` for a page of before a change */
export function assertSeen(seen: string, shown: object): void {
  if (seen !== seenOf(shown)) throw new Problem('illegal-state', { facts: { reason: 'changed-since' } });
}
