import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { PersonSearchKind } from './person-search.rules.ts';

/**
 * Leaves a row for a search for people: who, when, by what and how many tenures it shows. Names can be guessed by their beginning, so
 * who searches unusually often is seen on the page of the team. `actor` is as `actorName` writes it.
 */
export async function recordPersonSearch(
  deps: Deps,
  actor: string,
  { kind, foundCount }: { readonly kind: PersonSearchKind; readonly foundCount: number },
): Promise<void> {
  await sqlOf(emOf(deps))
    .insertInto('person_search')
    .values({ id: deps.ids.next(), actor, kind, foundCount, at: deps.clock.now() })
    .execute();
}
