import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CompiledQuery } from 'kysely';
import { listQuery } from '../../src/charges/effective-state.queries.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { makeSale } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';

describe('a list of what is read in a state', () => {
  let world: World;
  let companyId: number;
  before(async () => {
    world = await createWorld();
    const { company, service } = await makeSale(world.deps);
    companyId = company.id;
    await run(`INSERT INTO charge (id, company_id, service_id, kind, state, amount_minor, tax_code, description,
        automatic_capture, created_at, open_until)
      SELECT CONCAT('01JV', LPAD(seq, 22, '0')), ${companyId}, ${service.id}, 'one_time', 'pending', 1, 'standard', 'x', 1,
        '2026-05-01', '2026-05-01' + INTERVAL seq MINUTE FROM seq_1_to_3000`);
    await run('ANALYZE TABLE charge');
  });
  after(() => world.close());

  const run = (text: string, values: readonly unknown[] = []) =>
    sqlOf(world.deps.orm.em.fork()).executeQuery(CompiledQuery.raw(text, [...values]));

  for (const state of ['pending', 'authorized', 'expired']) {
    it(`is found in its index alone: ${state}`, async () => {
      const page = { owned: { companyId }, state, limit: 20, after: '01JV0000000000000000002000' };
      const { text, values } = listQuery('charge', page, new Date('2026-05-02T00:00:00Z'));
      const plan = (await run(`EXPLAIN ${text}`, values)).rows as Record<string, string | null>[];
      const branches = plan.filter(({ table }) => table === 'charge');
      assert.equal(branches.length, state === 'expired' ? 3 : 1);
      for (const { key, Extra } of branches)
        assert.deepEqual([key, Extra], ['charge_of_state', 'Using where; Using index']);
    });
  }

  it('is parted at the instant that decides, to the row', async () => {
    const now = new Date('2026-05-01T10:00:00Z');
    const count = async (state: string) => {
      const { text, values } = listQuery('charge', { owned: { companyId }, state, limit: 5_000 }, now);
      return (await run(text, values)).rows.length;
    };
    assert.deepEqual([await count('expired'), await count('pending')], [600, 2_400]);
  });
});
