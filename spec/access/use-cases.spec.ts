import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { inTransaction, type InTransaction } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';
import { Problem } from '../../src/shared/problem.ts';
import { createWorld, type World } from '../support/world.ts';
import { listCallsOfDoors, listUseCases } from './list-use-cases.ts';
import { useCases } from './use-case-table.ts';
import { actorsOf, formerActorsOf, makeUseCaseWorld, type UseCaseWorld } from './use-case-world.ts';

const REFUSALS = new Set(['permission-denied', 'api-key-scope-missing', 'approval-needs-person']);

describe('a use case', () => {
  let world: World;
  let at: UseCaseWorld;
  before(async () => {
    world = await createWorld();
    at = await makeUseCaseWorld(world.deps);
  });
  after(() => world.close());

  for (const [name, { rule, run, but }] of Object.entries(useCases)) {
    it(`${name} does for each actor what its row says`, async () => {
      const found = [];
      for (const [, actor] of actorsOf(at)) {
        found.push(await outcomeOf(world.deps, { but, run: (tx) => run(tx, actor, at) }));
      }
      assert.equal(
        found.join(''),
        rule.replaceAll(' ', ''),
        actorsOf(at)
          .map(([who]) => who)
          .join(', '),
      );
    });
  }

  it('is refused to people of a former tenure, except to read what was theirs', async () => {
    const found: Record<string, string> = {};
    for (const [name, { run, but }] of Object.entries(useCases)) {
      const outcomes = [];
      for (const actor of formerActorsOf(at))
        outcomes.push(await outcomeOf(world.deps, { but, run: (tx) => run(tx, actor, at) }));
      if (outcomes.join('') !== '--') found[name] = outcomes.join('');
    }
    assert.deepEqual(found, formerMay);
  });

  it('has a row in the table, and each row a use case', () => {
    assert.deepEqual(Object.keys(useCases).sort(), listUseCases());
  });

  it('takes who acts, whichever door calls it', () => {
    const known = new Set([...listUseCases(), ...NO_USE_CASES]);
    const calls = listCallsOfDoors();
    assert.ok(calls.length > 50, 'calls were found');
    assert.deepEqual(
      calls.filter(({ name }) => !known.has(name) && !name.startsWith('present')),
      [],
    );
  });
});

/** What people of a former tenure may do, who bought and who held the line; all else is refused. */
const formerMay: Readonly<Record<string, string>> = {
  getPurchaseScope: '++',
  listPurchases: '++',
  listSellers: '++',
  getPurchase: '++',
  getConfirmation: '++',
  listInvoicesOfLine: '++',
  getInvoiceOfLine: '++',
  listSubscriptionsOfLine: '++',
  // It still runs until the night ends it, and is not shown before.
  getSubscriptionOfLine: '00',
  renderLineInvoice: '-+',
  exportLineInvoiceCsv: '++',
  renderReceipt: '++',
};

/** What doors call besides. */
const NO_USE_CASES = [
  // What everybody may know: the list of companies.
  'listPublicServices',
  // A proposal that waits shows on its subject, to actors who may read it.
  'listPending',
  // The page of a sealed address, before anybody has signed in.
  'findCheckout',
  'pageSessions',
  // Takes uses that `usageOf` has made of who acts.
  'decideUsages',
];

interface Attempt {
  readonly but: string | undefined;
  run(tx: InTransaction<Deps>): Promise<unknown>;
}

/** `+` done, or refused as `but` says; `-` not permitted; `0` not found; `h` hidden until the person asks. Whatever was done is undone. */
async function outcomeOf(deps: Deps, { but, run }: Attempt): Promise<string> {
  const undo = new Error('undo');
  try {
    await inTransaction(deps, async (tx) => {
      await run(tx);
      throw undo;
    });
  } catch (error) {
    if (error === undo) return but === undefined ? '+' : '?';
    if (!(error instanceof Problem)) throw error;
    if (REFUSALS.has(error.code)) return '-';
    if (error.code === but) return '+';
    if (error.code === 'personal-data-hidden') return 'h';
    return error.code.endsWith('-not-found') ? '0' : error.code;
  }
  throw new Error('a transaction that was to be undone was not');
}
