import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { Locale } from '../shared/money.ts';

/** Remembers the language of the pages for the mails to a subscriber. */
export async function rememberLanguage(
  deps: Deps,
  { subscriberId, language }: { readonly subscriberId: number; readonly language: Locale },
): Promise<void> {
  await sqlOf(emOf(deps))
    .updateTable('subscriber')
    .set({ language })
    .where('id', '=', subscriberId)
    .where(sql<boolean>`NOT (language <=> ${language})`)
    .execute();
}
