import { sqlOf } from '../database/sql.ts';
import { emOf, type Database } from '../database/transaction.ts';
import type { Locale } from '../shared/money.ts';

/** A line under one holder. */
export interface TenureKey {
  readonly lineId: string;
  readonly holderFrom: string;
}

/** Where mails about a line go: to its holder, at the address of the line master. */
export interface HolderMailbox {
  readonly to: string;
  readonly toName: string;
  readonly language: Locale;
  /** The issued ID that the holder uses. */
  readonly subscriberId: number | null;
}

export const tenureText = ({ lineId, holderFrom }: TenureKey): string => `${lineId}:${holderFrom}`;

/** The mailboxes of tenures by `tenureText`; none for a holder without an address. */
export async function findHolderMailboxes(
  deps: Database,
  tenures: readonly TenureKey[],
): Promise<ReadonlyMap<string, HolderMailbox>> {
  if (tenures.length === 0) return new Map();
  const wanted = new Set(tenures.map(tenureText));
  const rows = await sqlOf(emOf(deps))
    .selectFrom('line_holder as h')
    .leftJoin('subscriber as p', (join) =>
      join
        .onRef('p.lineId', '=', 'h.lineId')
        .onRef('p.holderFrom', '=', 'h.validFrom')
        .on('p.isHolder', '=', true),
    )
    .select(['h.lineId', 'h.validFrom', 'h.email', 'h.holder', 'p.id as subscriberId', 'p.language'])
    .where('h.lineId', 'in', [...new Set(tenures.map(({ lineId }) => lineId))])
    .where('h.email', 'is not', null)
    .execute();
  const found = rows.map(({ lineId, validFrom, email, holder, language, ...row }) => {
    const mailbox = { ...row, to: email!, toName: holder, language: language ?? ('ja' as const) };
    return [tenureText({ lineId, holderFrom: validFrom }), mailbox] as const;
  });
  return new Map(found.filter(([key]) => wanted.has(key)));
}

/** The mailbox of one tenure. */
export async function findHolderMailbox(
  deps: Database,
  tenure: TenureKey,
): Promise<HolderMailbox | undefined> {
  return (await findHolderMailboxes(deps, [tenure])).get(tenureText(tenure));
}
