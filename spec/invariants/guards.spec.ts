import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { readMigrationStatements } from '../../src/database/sql-migrations.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { replayGuards } from '../../src/invariants/schema-guards.rules.ts';
import { runAsOwner } from '../support/as-owner.ts';
import { createWorld, type World } from '../support/world.ts';
import { staff } from '../support/actors.ts';

let world: World;
beforeEach(async () => void (world = await createWorld()));
afterEach(() => world.close());

const asOwner = (statement: string) => runAsOwner(world.database, statement);

/** The findings of the check, each as its rule's row without the sentence. */
async function findings(): Promise<unknown[]> {
  const results = await checkInvariants(world.deps, staff());
  return results.flatMap(({ offending }) => offending.map(withoutSentence));
}

function withoutSentence(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'broken'));
}

const NOTHING = 'SET @nothing = 1';

describe('the guards of a database', () => {
  it('are those of the migrations in a new one', async () => {
    assert.deepEqual(await findings(), []);
    const kinds = [...replayGuards(readMigrationStatements()).keys()].map((key) => key.split(' ')[0]);
    assert.deepEqual(new Set(kinds), new Set(['trigger', 'function', 'unique', 'foreign', 'check']));
  });

  const changes: readonly [what: string, statements: string[], guard: string, found: string][] = [
    [
      'a trigger that is gone',
      ['DROP TRIGGER settlement_part_stays'],
      'trigger settlement_part_stays',
      'missing',
    ],
    [
      'a trigger that does nothing any more',
      [`CREATE OR REPLACE TRIGGER charge_stays BEFORE DELETE ON charge FOR EACH ROW ${NOTHING}`],
      'trigger charge_stays',
      'changed',
    ],
    [
      'a trigger that comes too late',
      [
        `CREATE OR REPLACE TRIGGER charge_stays AFTER DELETE ON charge FOR EACH ROW
           SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'charge_stays: a charge is never removed'`,
      ],
      'trigger charge_stays',
      'changed',
    ],
    [
      'a trigger on another event',
      [
        'DROP TRIGGER charge_stays',
        `CREATE TRIGGER charge_stays BEFORE UPDATE ON charge FOR EACH ROW
           SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'charge_stays: a charge is never removed'`,
      ],
      'trigger charge_stays',
      'changed',
    ],
    [
      'a trigger on another table',
      [
        'DROP TRIGGER audit_entry_stays',
        `CREATE TRIGGER audit_entry_stays BEFORE DELETE ON parked FOR EACH ROW
           SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_entry_stays: the audit trail is append-only'`,
      ],
      'trigger audit_entry_stays',
      'changed',
    ],
    [
      'a trigger of another letter in a text',
      [
        `CREATE OR REPLACE TRIGGER billing_period_is_final BEFORE UPDATE ON billing_period FOR EACH ROW
           IF OLD.state = 'Closed' THEN
             SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'billing_period_is_final: a closed period does not change';
           END IF`,
      ],
      'trigger billing_period_is_final',
      'changed',
    ],
    [
      'a trigger that nobody knows',
      [`CREATE TRIGGER charge_helper BEFORE INSERT ON charge FOR EACH ROW SET NEW.late = TRUE`],
      'trigger charge_helper',
      'unknown',
    ],
    [
      'a function that nobody knows',
      ['CREATE FUNCTION helper() RETURNS INT NO SQL RETURN 1'],
      'function helper',
      'unknown',
    ],
    ['a view', ['CREATE VIEW helper AS SELECT 1'], 'view helper', 'unknown'],
    [
      'work that the server does by itself',
      ['CREATE EVENT helper ON SCHEDULE EVERY 1 DAY DO DELETE FROM parked'],
      'event helper',
      'unknown',
    ],
    [
      'a unique key over more columns',
      [
        `ALTER TABLE charge DROP INDEX charge_subscription_month,
           ADD CONSTRAINT charge_subscription_month UNIQUE (subscription_id, subscription_month, id)`,
      ],
      'unique charge.charge_subscription_month',
      'changed',
    ],
    [
      'a check that lets more in',
      [
        `ALTER TABLE charge DROP CONSTRAINT charge_captured_amount,
           ADD CONSTRAINT charge_captured_amount CHECK (captured_minor >= 1)`,
      ],
      'check charge.charge_captured_amount',
      'changed',
    ],
    [
      'a foreign key that takes rows along past their triggers',
      [
        'ALTER TABLE charge DROP FOREIGN KEY charge_service',
        `ALTER TABLE charge ADD CONSTRAINT charge_service FOREIGN KEY (service_id) REFERENCES service (id) ON DELETE CASCADE`,
      ],
      'foreign charge.charge_service',
      'changed',
    ],
    [
      'a foreign key that is gone',
      ['ALTER TABLE line_invoice DROP FOREIGN KEY line_invoice_period'],
      'foreign line_invoice.line_invoice_period',
      'missing',
    ],
  ];
  for (const [what, statements, guard, found] of changes) {
    it(`are found to have changed: ${what}`, async () => {
      for (const statement of statements) await asOwner(statement);
      assert.deepEqual(await findings(), [{ guard, found }]);
    });
  }

  it('are equal after they were created again with other spacing and comments', async () => {
    await asOwner(`CREATE OR REPLACE TRIGGER charge_is_final   BEFORE
      UPDATE ON charge FOR EACH ROW
      IF OLD.state NOT IN ('pending', 'authorized') /* final */ THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'charge_is_final: a captured or ended charge does not change';
      END IF`);
    assert.deepEqual(await findings(), []);
  });

  it('are reported as unknown if the function that lists them is gone', async () => {
    await asOwner('DROP FUNCTION guards_in_place');
    const [{ unreadable }] = (await findings()) as [{ unreadable: string }];
    assert.match(unreadable, /guards_in_place does not exist/);
  });
});
