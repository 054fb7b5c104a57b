import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { Locale } from '../shared/money.ts';

/** Where a mail to a subscriber goes, as `queueMail` takes it. */
export interface MailRecipient {
  readonly to: string;
  readonly toName: string;
  readonly language: Locale;
  readonly subscriberId: number;
}

/**
 * Where a mail about a subscriber goes: to the address that the line master has for the holder of the subscriber's own tenure,
 * also when the line has changed hands since, and in the subscriber's language. Undefined when there is no address.
 */
export async function findMailRecipient(
  deps: Deps,
  subscriberId: number,
): Promise<MailRecipient | undefined> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('subscriber as person')
    .innerJoin('line_holder', (join) =>
      join
        .onRef('line_holder.lineId', '=', 'person.lineId')
        .onRef('line_holder.validFrom', '=', 'person.holderFrom'),
    )
    .select(['line_holder.email', 'line_holder.holder', 'person.language'])
    .where('person.id', '=', subscriberId)
    .executeTakeFirst();
  if (row?.email == null) return undefined;
  return { to: row.email, toName: row.holder, language: row.language ?? 'ja', subscriberId };
}
