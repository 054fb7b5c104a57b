import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { Locale } from '../shared/money.ts';

/** Where mails about a subscriber go: to the holder of the line, who answers for all its people. */
export interface HolderContact {
  readonly email: string | null;
  readonly holder: string;
  readonly language: Locale;
  readonly issuedId: string;
}

/** The contact of a subscriber's tenure. */
export function findHolderContact(deps: Deps, subscriberId: number): Promise<HolderContact | undefined> {
  return sqlOf(emOf(deps))
    .selectFrom('subscriber')
    .innerJoin('line_holder', (join) =>
      join
        .onRef('line_holder.lineId', '=', 'subscriber.lineId')
        .onRef('line_holder.validFrom', '=', 'subscriber.holderFrom'),
    )
    .select((eb) => [
      'line_holder.email',
      'line_holder.holder',
      'subscriber.issuedId',
      eb.fn
        .coalesce('subscriber.language', eb.val('ja' as const))
        .$castTo<Locale>()
        .as('language'),
    ])
    .where('subscriber.id', '=', subscriberId)
    .executeTakeFirst();
}
