import type { LineRow, LineStatus } from './line-row.rules.ts';
import type { Tenure } from '../lines/tenure.ts';
import type { Claim, StoredLine } from './merge-line.rules.ts';
import { isSameHolder } from './same-holder.rules.ts';

/** What a row does to a tenure that is stored, beyond its own words: people have IDs and subscriptions under it. */
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
  /** What the file says of tenures, by their first days. */
  readonly claims: ReadonlyMap<string, Claim>;
  /** The row that changes closing group or status, if any, and the tenure it speaks for. */
  readonly lineRow: LineRow | undefined;
  readonly present: Tenure | undefined;
}

/** What the rows of a file do to the tenures of a line that is stored. */
export function determineEffects({ stored, tenures, claims, lineRow, present }: Merged): TenureEffect[] {
  const effects: TenureEffect[] = [];
  for (const before of stored.tenures) {
    const now = tenures.find(({ validFrom }) => validFrom === before.validFrom);
    const own = claims.get(before.validFrom)?.rows.at(-1);
    if (!now) continue;
    if (now.validTo !== null && (before.validTo === null || now.validTo < before.validTo)) {
      // It ends where the next begins, or where its own row says so.
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
