import type { Actor } from '../access/actor.ts';
import { ownedBy, type Owned } from '../access/owned-by.ts';
import { findOwnCompany } from '../companies/company.queries.ts';
import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import type { AccountState } from './account.entity.ts';
import { foldEmail, type AccountAudience, type AccountRoleName } from './account.rules.ts';

const LISTED = 500;

function selectAccounts(deps: Deps) {
  return (
    sqlOf(emOf(deps))
      .selectFrom('account')
      // Under another name: the ORM would take the column company_id for the id of the joined table.
      .leftJoin('company as employer', 'employer.id', 'account.companyId')
      .select(['account.id', 'audience', 'companyId', 'email', 'displayName', 'language', 'account.state'])
      .select([
        'passwordHash',
        'credentialVersion',
        'firstSlot',
        'account.createdAt',
        'activatedAt',
        'endedAt',
      ])
      .select(['employer.code as companyCode', 'employer.requiresSecondFactor as requiredByCompany'])
      // In the same statement: a known address takes as many as an unknown one.
      .select(
        sql<string | null>`(SELECT GROUP_CONCAT(r.role ORDER BY r.role) FROM account_role r
        WHERE r.account_id = account.id AND r.revoked_at IS NULL)`.as('roles'),
      )
  );
}

type SelectedAccount = Awaited<ReturnType<ReturnType<typeof selectAccounts>['executeTakeFirstOrThrow']>>;

/** An account with its roles. */
export interface AccountRow extends Omit<SelectedAccount, 'roles'> {
  readonly roles: readonly AccountRoleName[];
}

/** The account of an address that has not ended; undefined for an unknown one. Addresses are ASCII: others belong to nobody. */
export async function findAccountByEmail(
  deps: Deps,
  { audience, email }: { readonly audience: AccountAudience; readonly email: string },
): Promise<AccountRow | undefined> {
  const key = /^\p{ASCII}*$/u.test(email) ? foldEmail(email) : '';
  const row = await selectAccounts(deps)
    .where('audience', '=', audience)
    .where('emailKey', '=', key)
    .executeTakeFirst();
  return row && withRoles(row);
}

export async function findAccount(deps: Deps, id: number): Promise<AccountRow | undefined> {
  const row = await selectAccounts(deps).where('account.id', '=', id).executeTakeFirst();
  return row && withRoles(row);
}

/** An account among those that an actor reaches, locked until the transaction ends. @throws Problem `account-not-found` */
export async function lockOwnAccount(tx: InTransaction<Deps>, owned: Owned, id: number): Promise<AccountRow> {
  const { companyId } = owned.rows;
  const account = await lockAccount(tx, id);
  if (account && (companyId === undefined || account.companyId === companyId)) return account;
  throw new Problem('account-not-found');
}

/** The account of a person who has proven to be its owner, locked until the transaction ends. */
export async function lockAccount(tx: InTransaction<Deps>, id: number): Promise<AccountRow | undefined> {
  const locked = await sqlOf(tx.em)
    .selectFrom('account')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return locked && findAccount(tx, id);
}

/** One account among those that an actor reaches. @throws Problem `permission-denied`, `account-not-found` */
export async function getAccount(deps: Deps, actor: Actor, id: number): Promise<AccountRow> {
  const { companyId } = ownedBy(actor, 'accounts:read').rows;
  const account = await findAccount(deps, id);
  if (account && (companyId === undefined || account.companyId === companyId)) return account;
  throw new Problem('account-not-found');
}

/** Which accounts to list; each condition narrows the others. */
export interface AccountFilter {
  readonly audience?: AccountAudience | undefined;
  readonly companyCode?: string | undefined;
  readonly email?: string | undefined;
  readonly state?: AccountState | undefined;
}

/** Accounts by address, at most 500: a company's own for its people, all for the carrier's. @throws Problem `permission-denied`, `company-not-found` */
export async function listAccounts(deps: Deps, actor: Actor, filter: AccountFilter): Promise<AccountRow[]> {
  const owned = ownedBy(actor, 'accounts:read');
  const { audience, companyCode, email, state } = filter;
  const company = companyCode === undefined ? undefined : await findOwnCompany(deps, owned, companyCode);
  const companyId = company?.id ?? owned.rows.companyId;
  const rows = await selectAccounts(deps)
    .$if(companyId !== undefined, (query) => query.where('companyId', '=', companyId!))
    .$if(audience !== undefined, (query) => query.where('audience', '=', audience!))
    .$if(email !== undefined, (query) => query.where('emailKey', '=', foldEmail(email!)))
    .$if(state !== undefined, (query) => query.where('account.state', '=', state!))
    .orderBy('email')
    .orderBy('account.id')
    .limit(LISTED)
    .execute();
  return rows.map(withRoles);
}

function withRoles(row: SelectedAccount): AccountRow {
  return { ...row, roles: row.roles === null ? [] : (row.roles.split(',') as AccountRoleName[]) };
}
