import { sqlOf } from '../../src/database/sql.ts';
import type { Deps } from '../../src/deps.ts';

/** The events of a subject, in the order of their identifiers. */
export function eventsOf(deps: Deps, subjectId: string) {
  return sqlOf(deps.orm.em.fork())
    .selectFrom('event')
    .select(['type', 'subjectKind', 'companyId', 'occurredAt', 'snapshot'])
    .where('subjectId', '=', subjectId)
    .orderBy('id')
    .execute();
}

export async function typesOf(deps: Deps, subjectId: string): Promise<string[]> {
  return (await eventsOf(deps, subjectId)).map(({ type }) => type);
}
