import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { hashPassword } from '../identity/passwords.ts';
import { recordLineChanges, recordLineDelta } from '../lines/record-line-changes.ts';
import { MAGIC_LIMIT_MINOR, MAGIC_PASSWORD, magicPersons } from './magic-persons.ts';

/** Long before any purchase in a world. */
const HELD_FROM = '2020-04-01';
const AUDIT = { actor: 'job:sandbox', subject: 'sandbox:persons' } as const;

/** Writes the magic persons and their lines into the template of worlds. */
export async function seedPersons(deps: Deps): Promise<void> {
  const createdAt = deps.clock.now();
  const passwordHash = await hashPassword(MAGIC_PASSWORD);
  await inTransaction(deps, async (tx) => {
    const sql = sqlOf(tx.em);
    for (const { lineId, outcome, displayName } of magicPersons) {
      await sql
        .insertInto('line')
        .values({
          lineId,
          closingGroup: 31,
          status: 'active',
          monthlyLimitMinor: outcome === 'limit' ? MAGIC_LIMIT_MINOR : null,
          updatedAt: createdAt,
        })
        .execute();
      await sql
        .insertInto('line_holder')
        .values({
          lineId,
          validFrom: HELD_FROM,
          validTo: null,
          holder: displayName,
          birthDate: null,
          email: null,
          updatedAt: createdAt,
        })
        .execute();
    }
    const audit = { ...AUDIT, action: 'sandbox.lines' };
    await recordLineDelta(tx, audit, { linesDelta: magicPersons.length, digestDelta: 0n });
    await recordLineChanges(
      tx,
      audit,
      magicPersons.map(({ lineId }) => lineId),
    );
    for (const { lineId, issuedId, displayName } of magicPersons) {
      const { insertId } = await sql
        .insertInto('subscriber')
        .values({
          lineId,
          issuedId,
          displayName,
          passwordHash,
          holderFrom: HELD_FROM,
          slot: 1,
          isHolder: true,
          language: null,
          passwordTemporary: false,
          monthlyLimitMinor: null,
          state: 'active',
          createdAt,
          endedAt: null,
          leftAs: null,
          issueKey: null,
        })
        .executeTakeFirstOrThrow();
      const changed = { table: 'subscriber', key: [Number(insertId)] } as const;
      await recordAudit(tx, { ...AUDIT, action: 'sandbox.person', changed });
    }
  });
}
