import type { LineRow, LineStatus } from './line-row.rules.ts';
import type { Tenure } from '../lines/tenure.ts';
import type { Claim, StoredLine } from './merge-line.rules.ts';
import { isSameHolder } from './same-holder.rules.ts';

/** An effect of a row on a stored tenure that its sender may not expect: IDs and subscriptions depend on the tenure. */
export type TenureEffect = {
  readonly row: LineRow;
  /** First day of the tenure, the second half of its key. */
  readonly holderFrom: string;
} & (
  | { readonly kind: 'ends-tenure'; readonly endsOn: string }
  | { readonly kind: 'stops-line'; readonly status: LineStatus }
  | { readonly kind: 'renames-holder' }
);

interface Merged {
  readonly stored: StoredLine;
  readonly tenures: readonly Tenure[];
  /** The rows of the file for each tenure, by its first day. */
  readonly claims: ReadonlyMap<string, Claim>;
  /** The row that changes closing group or status, if any, and its tenure. */
  readonly lineRow: LineRow | undefined;
  readonly present: Tenure | undefined;
}

/** The effects of the rows of a file on the stored tenures of a line. */
export function determineEffects({ stored, tenures, claims, lineRow, present }: Merged): TenureEffect[] {
  const effects: TenureEffect[] = [];
  for (const before of stored.tenures) {
    const now = tenures.find(({ validFrom }) => validFrom === before.validFrom);
    const own = claims.get(before.validFrom)?.rows.at(-1);
    if (!now) continue;
    if (now.validTo !== null && (before.validTo === null || now.validTo < before.validTo)) {
      // A tenure ends where the next begins, or on the day in its own row.
      const row = claims.get(now.validTo)?.rows[0] ?? own;
      if (row) effects.push({ kind: 'ends-tenure', row, holderFrom: before.validFrom, endsOn: now.validTo });
    }
    if (own && !isSameHolder(before.holder, now.holder)) {
      effects.push({ kind: 'renames-holder', row: own, holderFrom: before.validFrom });
    }
  }
  const isStopped = lineRow && stored.status === 'active' && lineRow.status !== 'active';
  if (isStopped && present && stored.tenures.some(({ validFrom }) => validFrom === present.validFrom)) {
    const { status } = lineRow;
    effects.push({ kind: 'stops-line', row: lineRow, holderFrom: present.validFrom, status });
  }
  return effects;
}
