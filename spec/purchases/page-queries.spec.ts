import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CompiledQuery } from 'kysely';
import type { SubscriberActor } from '../../src/access/actor.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction, type InTransaction } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';
import { consentUseQuery, listConsentsOfLine } from '../../src/purchases/consents-of-line.queries.ts';
import { purchaseQuery } from '../../src/purchases/find-purchases.queries.ts';
import { getInvoiceOfLine, itemsQuery, ratesQuery } from '../../src/purchases/invoice-of-line.queries.ts';
import { listInvoicesOfLine, periodSumsQuery } from '../../src/purchases/invoices-of-line.queries.ts';
import { getMonthSoFar } from '../../src/purchases/month-so-far.queries.ts';
import { monthQuery, reservedQuery } from '../../src/purchases/month-sums.queries.ts';
import { getPurchase } from '../../src/purchases/purchase-details.queries.ts';
import { getPurchaseScope, listTenurePeriods } from '../../src/purchases/purchase-scope.queries.ts';
import { listPurchases } from '../../src/purchases/purchase.queries.ts';
import {
  periodRefundsQuery,
  personRefundsQuery,
  rateRefundsQuery,
} from '../../src/purchases/refund-sums.queries.ts';
import { listSellers, sellersQuery } from '../../src/purchases/sellers.queries.ts';
import {
  getSubscriptionOfLine,
  listSubscriptionsOfLine,
} from '../../src/purchases/subscriptions-of-line.queries.ts';
import { fillCharges, fillWorld } from '../bench/harness/bench-world.ts';
import { signedIn } from '../support/actors.ts';
import { asOwner } from '../support/as-owner.ts';
import { createWorld, type World } from '../support/world.ts';
import { fillLargeLine, type LargeLine } from './large-line.ts';

const PURCHASES = 5_000;
const COMPANIES = 20;
const OTHERS = 100_000;
const LAST = `01JZ${String(PURCHASES).padStart(22, '0')}`;

type Read = (deps: Deps, actor: SubscriberActor) => Promise<unknown>;

/** What each page reads. */
const pages: Readonly<Record<string, Read>> = {
  'the month so far': getMonthSoFar,
  'the newest purchases': (deps, actor) => listPurchases(deps, actor, { limit: 50 }),
  'a later page': (deps, actor) =>
    listPurchases(deps, actor, { limit: 50, after: LAST.replace('5000', '2500') }),
  'a search by text': (deps, actor) => listPurchases(deps, actor, { limit: 50, text: '第77' }),
  'a search by date and amount': (deps, actor) =>
    listPurchases(deps, actor, { limit: 50, from: '2026-02-01', to: '2026-03-31', minMinor: 300n }),
  'a search by company': (deps, actor) => listPurchases(deps, actor, { limit: 50, company: 'company-3' }),
  'the companies to choose from': listSellers,
  'a purchase': (deps, actor) => getPurchase(deps, actor, LAST),
  'the invoices': listInvoicesOfLine,
  'an invoice': (deps, actor) => getInvoiceOfLine(deps, actor, { period: '2026-04', limit: 100 }),
  'the open invoice': (deps, actor) => getInvoiceOfLine(deps, actor, { period: '2026-05', limit: 100 }),
  'the subscriptions': listSubscriptionsOfLine,
  'a subscription': (deps, actor) => getSubscriptionOfLine(deps, actor, `01JZS${'1'.padStart(21, '0')}`),
  'the consents': listConsentsOfLine,
};

describe('the pages of a line with 5,000 purchases', () => {
  let world: World;
  let line: LargeLine;
  let holder: SubscriberActor;
  const alone = new Map<string, number>();
  before(async () => {
    world = await createWorld();
    const size = { companies: COMPANIES, lines: OTHERS / 10, closingGroup: 31 as const };
    const { ownerUrl } = world.database;
    await fillWorld(ownerUrl, size);
    world.clock.set(new Date('2026-05-29T12:00:00+09:00'));
    line = await asOwner(world.database, (connection) =>
      fillLargeLine(connection, { purchases: PURCHASES, companies: COMPANIES }),
    );
    holder = signedIn({ ...line, subscriberId: line.people[0] }, { isHolder: true });
    for (const [page, read] of Object.entries(pages)) alone.set(page, await rowsRead(read));
    await fillCharges(ownerUrl, { ...size, charges: OTHERS, businessDate: '2026-05-15' });
    await asOwner(world.database, (connection) => connection.query('ANALYZE TABLE charge'));
  });
  after(() => world.close());

  /** How many rows, of tables and their indexes, a page reads. */
  async function rowsRead(read: Read): Promise<number> {
    return inTransaction(world.deps, async (tx) => {
      await read(tx, holder);
      const before = await handlerReads(tx);
      await read(tx, holder);
      return (await handlerReads(tx)) - before;
    });
  }

  for (const page of Object.keys(pages))
    it(`read as much among ${OTHERS} purchases of others as alone: ${page}`, async () => {
      const among = await rowsRead(pages[page]!);
      // 5,000 purchases with their sellers, and what is sorted of them; the others are twenty times as many.
      assert.ok(among <= 40_000, `${among} rows`);
      assert.ok(among <= alone.get(page)! * 1.1 + 50, `${among} rows, alone ${alone.get(page)}`);
    });

  it('find every row by a key', async () => {
    const deps = world.deps;
    const scope = await getPurchaseScope(deps, holder);
    const periods = await listTenurePeriods(deps, scope);
    const names = periods.map(({ period }) => period);
    const { timeZone } = deps.config;
    const statements = [
      purchaseQuery({ scope, periods, timeZone }, { limit: 50 }),
      purchaseQuery(
        { scope, periods, timeZone },
        { limit: 50, text: 'a', company: 'company-3', minMinor: 1n, after: LAST },
      ),
      sellersQuery(scope, names),
      monthQuery(scope, '2026-05'),
      reservedQuery(scope, deps.clock.now()),
      periodSumsQuery(scope, names),
      itemsQuery(scope, { period: '2026-05', limit: 100, after: LAST }),
      ratesQuery(scope, '2026-05'),
      consentUseQuery(scope, names),
      personRefundsQuery(scope, '2026-05'),
      periodRefundsQuery(scope, names),
      rateRefundsQuery(scope, '2026-05'),
    ];
    for (const statement of statements) {
      const { text, values } = statement!;
      const plan = await explain(`EXPLAIN ${text}`, values);
      const tables = plan.filter(({ table }) => table !== null && !table.startsWith('<'));
      assert.ok(tables.length > 0, text);
      for (const { table, key, type } of tables) {
        assert.ok(
          key !== null && !['ALL', 'index'].includes(type ?? ''),
          `${table}: ${type} ${key} in ${text}`,
        );
        if (table === 'c' && type === 'range') assert.equal(key, 'charge_of_buyer', text);
      }
    }
  });

  async function explain(text: string, values: readonly unknown[]) {
    const { rows } = await sqlOf(world.deps.orm.em.fork()).executeQuery(CompiledQuery.raw(text, [...values]));
    return rows as { table: string | null; key: string | null; type: string | null }[];
  }
});

async function handlerReads(tx: InTransaction<Deps>): Promise<number> {
  const query = CompiledQuery.raw("SHOW SESSION STATUS LIKE 'Handler_read%'");
  const { rows } = await sqlOf(tx.em).executeQuery(query);
  return (rows as { Value: string }[]).reduce((sum, { Value }) => sum + Number(Value), 0);
}
