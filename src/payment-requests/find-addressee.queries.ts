import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { Addressee } from './addressee.rules.ts';

/** The people who may confirm a request: all of a tenure, or one of its issued IDs. */
export interface FoundAddressee {
  readonly lineId: string | null;
  readonly holderFrom: string | null;
  readonly subscriberId: number | null;
}

const NOBODY: FoundAddressee = { lineId: null, holderFrom: null, subscriberId: null };

/** Who is meant, with one statement whether or not there is anybody. */
export async function findAddressee(
  deps: Deps,
  { kind, text }: Addressee,
  businessDate: string,
): Promise<FoundAddressee> {
  const tenures = sqlOf(emOf(deps))
    .selectFrom('line_holder as h')
    .innerJoin('line as l', 'l.lineId', 'h.lineId')
    .innerJoin('subscriber as p', (join) =>
      join.onRef('p.lineId', '=', 'h.lineId').onRef('p.holderFrom', '=', 'h.validFrom'),
    )
    .select(['h.lineId', 'h.validFrom as holderFrom', 'p.id as subscriberId'])
    .where('l.status', '=', 'active')
    .where('p.state', '=', 'active')
    .where('h.validFrom', '<=', businessDate)
    .where(({ eb, or }) => or([eb('h.validTo', 'is', null), eb('h.validTo', '>', businessDate)]))
    .limit(1);
  const conditions = {
    line: sql<boolean>`h.line_id = ${text}`,
    telephone: sql<boolean>`h.open_telephone = ${text}`,
    'issued-id': sql<boolean>`p.issued_id = ${text}`,
  };
  const found = await tenures.where(conditions[kind]).executeTakeFirst();
  if (!found) return NOBODY;
  return kind === 'issued-id' ? found : { ...found, subscriberId: null };
}
