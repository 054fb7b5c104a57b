import type { Actor } from '../access/actor.ts';
import { ChangeAuthority } from '../access/approvals/change-authority.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addVersion, checkTariff, checkVersion, type AddTariff } from './add-version.ts';

/**
 * Adds a tariff, or the next version of one that no contract names. The next version of any other changes the fee of each
 * company on it: it is proposed and approved, except in development. A version is never changed; the next one begins after
 * the last and in the future, because past months are settled by the version of their time.
 * @throws Problem `permission-denied`, `invalid-request`, `already-exists`, `illegal-state`, `approval-required`
 */
export async function addTariff(deps: Deps, actor: Actor, input: AddTariff): Promise<void> {
  authorize(actor, 'tariffs:propose');
  checkTariff(input);
  await inTransaction(deps, async (tx) => {
    await checkVersion(tx, input);
    const isEnough = tx.config.mode === 'development' || !(await isNamed(tx, input.code));
    await addVersion(tx, ChangeAuthority.ofOnePerson(actor, isEnough), input);
  });
}

/** Whether a contract names the tariff, whenever it holds, with the tariff locked: who concludes a contract locks it too. */
async function isNamed(tx: InTransaction<Deps>, code: string): Promise<boolean> {
  const contract = await sqlOf(tx.em)
    .selectFrom('contract')
    .select('id')
    .where('tariffCode', '=', code)
    .limit(1)
    .executeTakeFirst();
  return contract !== undefined;
}
