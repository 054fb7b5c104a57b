import { sql } from 'kysely';
import { sqlOf } from '../../database/sql.ts';
import { emOf, type Database } from '../../database/transaction.ts';
import { invalidInput } from '../../shared/check-input.ts';
import { maskAccountsIn } from '../../shared/mask-account.rules.ts';
import { Problem } from '../../shared/problem.ts';
import type { Actor } from '../actor.ts';
import { can } from '../can.rules.ts';
import { authorize } from '../authorize.ts';

const MAX_LIMIT = 1_000;

/** Computed by the table from `actor`. */
const [kind, identity] = [sql<string>`actor_kind`, sql<string>`actor_identity`];

/** What to look for in the audit trail; each condition narrows the others. */
export interface AuditFilter {
  /** `kind:identity`, such as `staff:hanako`, or the identity alone. */
  readonly actor?: string | undefined;
  readonly actorKind?: string | undefined;
  /** As `noun.verb`. */
  readonly action?: string | undefined;
  /** As `noun:identifier`. */
  readonly subject?: string | undefined;
  /** From this instant on. */
  readonly from?: Date | undefined;
  /** Before this instant. */
  readonly to?: Date | undefined;
  /** At most this many, 1 to 1,000. */
  readonly limit: number;
  /** Identifier of the last entry of the previous page. */
  readonly after?: string | undefined;
}

/**
 * A page of the audit trail, newest first.
 * @throws Problem `permission-denied`, `invalid-request` for a limit or a page that does not exist.
 */
export async function listAudit(deps: Database, actor: Actor, filter: AuditFilter) {
  authorize(actor, 'audit:read');
  const { limit } = filter;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw invalidInput([{ pointer: '/limit', message: `must be 1 to ${MAX_LIMIT}` }]);
  const cursor = filter.after === undefined ? undefined : await findCursor(deps, filter.after);
  const rows = await selectMatching(deps, filter)
    .$if(cursor !== undefined, (query) =>
      query
        .where('at', '<=', cursor!.at)
        .where(({ eb, or }) => or([eb('at', '<', cursor!.at), eb('id', '<', cursor!.id)])),
    )
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => shownTo(actor, row));
}

/** Facts of who proposed an account have its number. */
function shownTo<Row extends { readonly facts: unknown }>(actor: Actor, row: Row): Row {
  return can(actor, 'bank-accounts:read') ? row : { ...row, facts: maskAccountsIn(row.facts) };
}

export type AuditRow = Awaited<ReturnType<typeof listAudit>>[number];

function selectMatching(deps: Database, { actor, actorKind, action, subject, from, to }: AuditFilter) {
  const named = actor?.includes(':') ? 'actor' : 'identity';
  return sqlOf(emOf(deps))
    .selectFrom('audit_entry')
    .select(['id', 'at', kind.as('actorKind'), identity.as('actorIdentity')])
    .select(['action', 'subject', 'facts'])
    .$if(actor !== undefined, (query) => query.where(identity, '=', identityOf(actor!)))
    .$if(actor !== undefined && named === 'actor', (query) => query.where('actor', '=', actor!))
    .$if(actorKind !== undefined, (query) => query.where(kind, '=', actorKind!))
    .$if(action !== undefined, (query) => query.where('action', '=', action!))
    .$if(subject !== undefined, (query) => query.where('subject', '=', subject!))
    .$if(from !== undefined, (query) => query.where('at', '>=', from!))
    .$if(to !== undefined, (query) => query.where('at', '<', to!));
}

function identityOf(actor: string): string {
  return actor.slice(actor.indexOf(':') + 1);
}

async function findCursor(deps: Database, id: string) {
  const row = await sqlOf(emOf(deps))
    .selectFrom('audit_entry')
    .select(['id', 'at'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row) return row;
  throw invalidInput([{ pointer: '/after', message: 'is no entry of the audit trail' }]);
}

/** One row of the audit trail with the record that it is of. @throws Problem `permission-denied`, `not-found` */
export async function getAuditEntry(deps: Database, actor: Actor, id: string) {
  authorize(actor, 'audit:read');
  const row = await sqlOf(emOf(deps))
    .selectFrom('audit_entry')
    .select(['id', 'at', kind.as('actorKind'), identity.as('actorIdentity'), 'action', 'subject', 'facts'])
    .select(['recordTable', 'recordKey', 'recordVersion', 'recordDigest'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw new Problem('not-found');
  return shownTo(actor, row);
}

export type AuditDetails = Awaited<ReturnType<typeof getAuditEntry>>;
