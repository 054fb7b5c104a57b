import { sqlOf } from '../../database/sql.ts';
import { emOf, type Database } from '../../database/transaction.ts';

/** A brake that two people may set: the kind of proposal that sets it, and the one that lifts it. */
export interface BrakeKinds {
  readonly set: string;
  readonly lift: string;
}

/**
 * Whether two people have set the brake of a subject and two have not lifted it since. Then one person alone does not lift it: what
 * a proposal has done, another proposal undoes (design.md §5). Asked after the subject is locked.
 */
export async function isSetByTwo(
  deps: Database,
  { set, lift }: BrakeKinds,
  subject: string,
): Promise<boolean> {
  const last = await sqlOf(emOf(deps))
    .selectFrom('approval')
    .select('kind')
    .where('subject', '=', subject)
    .where('kind', 'in', [set, lift])
    .where('state', '=', 'executed')
    .orderBy('decidedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.kind === set;
}
