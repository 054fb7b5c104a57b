import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CompiledQuery } from 'kysely';
import { ownedBy } from '../../src/access/owned-by.ts';
import type { Actor } from '../../src/access/actor.ts';
import { caseList, type ListCases } from '../../src/cases/case.queries.ts';
import { formatCaseNumber } from '../../src/cases/case.rules.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { signedIn, staff } from '../support/actors.ts';
import { makeSale } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';

const CASES = 3_000;

describe('a list of cases', () => {
  let world: World;
  let sale: Awaited<ReturnType<typeof makeSale>>;
  before(async () => {
    world = await createWorld();
    sale = await makeSale(world.deps);
    const other = await makeSale(world.deps);
    const openedAt = world.clock.now();
    const rows = Array.from({ length: CASES }, (_, at) => {
      const { company, service, buyer } = at % 300 === 0 ? sale : other;
      const state = at % 10 === 0 ? ('open' as const) : ('closed' as const);
      const end =
        state === 'open'
          ? { outcome: null, closedAt: null }
          : { outcome: 'explained' as const, closedAt: openedAt };
      const subject = { subjectKind: 'charge' as const, subjectId: world.deps.ids.next() };
      const of = { companyId: company.id, serviceId: service.id, ...buyer };
      const number = formatCaseNumber(2026, at + 1);
      return {
        number,
        kind: 'unrecognised-purchase' as const,
        ...subject,
        ...of,
        state,
        assignedTo: null,
        openedAt,
        ...end,
      };
    });
    const sql = sqlOf(world.deps.orm.em.fork());
    await sql.insertInto('support_case').values(rows).execute();
    await sql.executeQuery(CompiledQuery.raw('ANALYZE TABLE support_case'));
  });
  after(() => world.close());

  const plan = async (actor: Actor, list: ListCases) => {
    const { sql: text, parameters } = caseList(world.deps, ownedBy(actor, 'cases:read'), list).compile();
    const query = CompiledQuery.raw(`EXPLAIN ${text}`, [...parameters]);
    const { rows } = await sqlOf(world.deps.orm.em.fork()).executeQuery(query);
    return (rows as { table: string; key: string | null; Extra: string | null }[]).find(
      ({ table }) => table === 'support_case',
    )!;
  };

  const mine = () => signedIn(sale.buyer);
  const holder = () => signedIn(sale.buyer, { isHolder: true });
  const rows: readonly [string, () => Actor, ListCases, string][] = [
    ['of a subscriber', mine, { limit: 20 }, 'support_case_of_subscriber'],
    ['of the holder of a line', holder, { limit: 20 }, 'support_case_of_tenure'],
    ['of the support centre', staff, { limit: 20 }, 'PRIMARY'],
    ['of the support centre in a state', staff, { limit: 20, state: 'open' }, 'support_case_of_state'],
    ['of a later page', staff, { limit: 20, before: 'C-2026-000100' }, 'PRIMARY'],
  ];
  for (const [name, actor, list, key] of rows) {
    it(`${name} is read by ${key} and sorts nothing`, async () => {
      const found = await plan(actor(), list);
      assert.equal(found.key, key);
      assert.doesNotMatch(found.Extra ?? '', /filesort|temporary/);
    });
  }
});
