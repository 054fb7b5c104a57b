import { sqlOf } from '../../database/sql.ts';
import { emOf, type Database } from '../../database/transaction.ts';

/** A brake that two people may set: the kind of proposal that sets it, and the one that lifts it. */
export interface BrakeKinds {
  readonly set: string;
  readonly lift: string;
  /** The action of the audit trail when it is lifted, by whomever: in earlier releases one person lifted what two had set. */
  readonly lifted: string;
}

/**
 * Whether two people have set the brake of a subject and it was not lifted since. Then one person alone does not lift it: what
 * a proposal has done, another proposal undoes (design.md §5). Asked after the subject is locked.
 */
export async function isSetByTwo(
  deps: Database,
  { set, lift, lifted }: BrakeKinds,
  subject: string,
): Promise<boolean> {
  const last = await sqlOf(emOf(deps))
    .selectFrom('approval')
    .select(['id', 'kind', 'decidedAt'])
    .where('subject', '=', subject)
    .where('kind', 'in', [set, lift])
    .where('state', '=', 'executed')
    .orderBy('decidedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last?.kind !== set || last.decidedAt === null) return false;
  const { id, decidedAt } = last;
  const since = await sqlOf(emOf(deps))
    .selectFrom('audit_entry')
    .select('id')
    .where('subject', '=', subject)
    .where('action', '=', lifted)
    // Within one millisecond identifiers are in the order of what happened.
    .where((where) =>
      where.or([where('at', '>', decidedAt), where.and([where('at', '=', decidedAt), where('id', '>', id)])]),
    )
    .limit(1)
    .executeTakeFirst();
  return since === undefined;
}
