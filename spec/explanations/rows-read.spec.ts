import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CompiledQuery } from 'kysely';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';
import {
  CHECK_ROWS,
  countLines,
  listChargeRows,
  sumCharges,
  WALK_ROWS,
} from '../../src/explanations/charge-rows.queries.ts';
import { fillCharges, fillWorld } from '../bench/harness/bench-world.ts';
import { asOwner } from '../support/as-owner.ts';
import { createWorld, type World } from '../support/world.ts';

const CHARGES = 30_000;

/* One of two companies has sold 15,000 times in the month: more than a page walks over, and more than it adds up. */
describe('the rows behind a figure', () => {
  let world: World;
  const window = { companyId: 1, period: '2026-05', from: '01JW', before: '01JX' };
  const line = {
    closingGroup: 31,
    serviceId: 1,
    taxCode: 'standard',
    taxRateBps: 1_000,
    kind: 'charge',
    originalPeriod: '',
  } as const;
  before(async () => {
    world = await createWorld();
    const size = { companies: 2, lines: 2_000, closingGroup: 31 as const };
    await fillWorld(world.database.ownerUrl, size);
    await fillCharges(world.database.ownerUrl, { ...size, charges: CHARGES, businessDate: '2026-05-15' });
    await asOwner(world.database, (connection) => connection.query('ANALYZE TABLE charge'));
  });
  after(() => world.close());

  async function rowsRead(read: (deps: Deps) => Promise<unknown>): Promise<number> {
    return inTransaction(world.deps, async (tx) => {
      const handlers = async () => {
        const query = CompiledQuery.raw("SHOW SESSION STATUS LIKE 'Handler_read%'");
        const { rows } = await sqlOf(tx.em).executeQuery(query);
        return (rows as { Value: string }[]).reduce((sum, { Value }) => sum + Number(Value), 0);
      };
      await read(tx);
      const earlier = await handlers();
      await read(tx);
      return (await handlers()) - earlier;
    });
  }

  it('are read a page at a time, each once, in walks of bounded length', async () => {
    const seen = new Set<string>();
    let after: string | undefined;
    do {
      const page = await listChargeRows(world.deps, { window, line, after });
      for (const { id } of page.rows) seen.add(id);
      after = page.next;
    } while (after !== undefined && seen.size < 200);
    assert.equal(seen.size, 200);
    const read = await rowsRead((deps) => listChargeRows(deps, { window, line }));
    assert.ok(read <= 2.5 * WALK_ROWS, `${read} rows`);
  });

  it('of another service are looked for no further than a walk goes, and the page continues there', async () => {
    const ofNobody = { ...line, serviceId: 999 };
    const pages = [];
    let after: string | undefined;
    do {
      const page = await listChargeRows(world.deps, { window, line: ofNobody, after });
      pages.push(page.rows.length);
      after = page.next;
    } while (after !== undefined);
    assert.deepEqual(pages, [0, 0, 0]);
    const read = await rowsRead((deps) => listChargeRows(deps, { window, line: ofNobody }));
    assert.ok(read <= 3.5 * WALK_ROWS, `${read} rows`);
  });

  it('are added up only where they are few', async () => {
    assert.equal(await sumCharges(world.deps, { window, line }), undefined);
    assert.equal(await countLines(world.deps, window), undefined);
    const read = await rowsRead((deps) => sumCharges(deps, { window, line }));
    assert.ok(read <= 2.5 * CHECK_ROWS, `${read} rows`);
    const few = { ...window, before: `01JW${String(2_000).padStart(22, '0')}` };
    assert.notEqual(await sumCharges(world.deps, { window: few, line }), undefined);
  });
});
