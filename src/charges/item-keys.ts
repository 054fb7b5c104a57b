import type { Selectable } from 'kysely';
import { knownResult, selectStatement, type Statement } from '../database/statement.ts';
import { insertRows } from '../database/rows.ts';
import { sqlOf, type Tables } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { publicId } from '../shared/public-id.rules.ts';
import { isSameUse, type UseContent } from './item-key.rules.ts';

/** A use, and the company that charges it; the key is optional, and unique under its consent without limit of time. */
interface KeyedUse extends UseContent {
  readonly companyId: number;
  readonly consentId: string;
  readonly itemKey?: string | undefined;
}

/** A usage charge as it was recorded under a key before. */
export type RecordedUsage = Selectable<Tables['charge']>;

/** Names a key among those of all companies; undefined for a use without one. */
export function nameOfKey({ companyId, consentId, itemKey }: KeyedUse): string | undefined {
  return itemKey === undefined ? undefined : `${companyId} ${consentId} ${itemKey}`;
}

interface KeyRow {
  readonly chargeId: string;
  readonly consentId: string;
  readonly itemKey: string;
}

/** The charges that the keys of uses already name. For uses without keys no statement is sent. */
export function findItemKeys(uses: readonly KeyedUse[]): Statement<readonly KeyRow[]> {
  const keys = uses.flatMap(({ consentId, itemKey }) =>
    itemKey === undefined ? [] : [[consentId, itemKey]],
  );
  if (keys.length === 0) return knownResult([]);
  return selectStatement<KeyRow>(
    `SELECT charge_id AS chargeId, consent_id AS consentId, item_key AS itemKey
     FROM usage_item_key WHERE (consent_id, item_key) IN (?)`,
    [keys],
  );
}

/** The charges that keys name, by the name of the key, which has the company: another company's charge is not found. */
export async function readKeyedCharges(
  tx: InTransaction<Deps>,
  rows: readonly KeyRow[],
): Promise<ReadonlyMap<string, RecordedUsage>> {
  if (rows.length === 0) return new Map();
  const chargeIds = rows.map(({ chargeId }) => chargeId);
  const charges = await sqlOf(tx.em).selectFrom('charge').selectAll().where('id', 'in', chargeIds).execute();
  const byId = new Map(charges.map((charge) => [charge.id, charge]));
  return new Map(
    rows.map(({ chargeId, ...key }) => {
      const charge = byId.get(chargeId);
      if (!charge) throw new Error(`an item key names charge ${chargeId}, which is not there`);
      return [nameOfKey({ ...charge, ...key })!, charge];
    }),
  );
}

/**
 * Refuses a use whose key names a charge of other content; undefined when it is the same use again.
 * The Problem `item-key-reused` points to the key and names the charge.
 */
export function findKeyRefusal(
  charge: UseContent & { readonly id: string },
  use: KeyedUse,
): Problem | undefined {
  if (isSameUse(charge, use)) return undefined;
  return new Problem('item-key-reused', {
    detail: 'A use of other content was charged under this key. Choose a new key for another use.',
    facts: { charge: publicId('charge', charge.id) },
    errors: [{ pointer: '/item_key', message: 'belongs to a use of other content' }],
  });
}

/** Records the keys of uses that are charged now, in the order in which everybody does. The table refuses one that is taken. */
export function insertItemKeys(
  charged: readonly {
    readonly charge: { readonly id: string };
    readonly use: Pick<KeyedUse, 'consentId' | 'itemKey'>;
  }[],
): Statement<void> {
  const rows = charged.flatMap(({ charge, use: { consentId, itemKey } }) =>
    itemKey === undefined ? [] : [{ chargeId: charge.id, consentId, itemKey }],
  );
  const inOrder = rows.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  return insertRows('usage_item_key', inOrder);
}

const orderOf = ({ consentId, itemKey }: KeyRow) => `${consentId} ${itemKey}`;
