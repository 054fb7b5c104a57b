import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CompiledQuery } from 'kysely';
import { queueList, type ListQueue } from '../../src/cases/case-queue.queries.ts';
import { formatCaseNumber } from '../../src/cases/case.rules.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { makeSale } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';

const CASES = 3_000;
const DAY_MS = 86_400_000;

describe('a list of the queue', () => {
  let world: World;
  before(async () => {
    world = await createWorld();
    const { company, service, buyer } = await makeSale(world.deps);
    const openedAt = world.clock.now();
    const states = ['open', 'in-progress', 'waiting-subscriber'] as const;
    const rows = Array.from({ length: CASES }, (_, at) => {
      const state = at % 10 === 0 ? states[(at / 10) % 3]! : ('closed' as const);
      const isClosed = state === 'closed';
      return {
        number: formatCaseNumber(2026, at + 1),
        kind: 'refund' as const,
        subjectKind: 'charge' as const,
        subjectId: world.deps.ids.next(),
        companyId: company.id,
        serviceId: service.id,
        ...buyer,
        state,
        assignedTo: state === 'open' ? null : `staff:${at % 50 === 0 ? 'aoi' : 'ken'}`,
        openedAt,
        outcome: isClosed ? ('explained' as const) : null,
        closedAt: isClosed ? openedAt : null,
        answerDueAt: new Date(openedAt.getTime() - DAY_MS),
      };
    });
    const sql = sqlOf(world.deps.orm.em.fork());
    await sql.insertInto('support_case').values(rows).execute();
    await sql.executeQuery(CompiledQuery.raw('ANALYZE TABLE support_case'));
  });
  after(() => world.close());

  const plan = async (list: ListQueue) => {
    const { sql: text, parameters } = queueList(world.deps, 'staff:aoi', list).compile();
    const query = CompiledQuery.raw(`EXPLAIN ${text}`, [...parameters]);
    const { rows } = await sqlOf(world.deps.orm.em.fork()).executeQuery(query);
    return (rows as { table: string; key: string | null; Extra: string | null }[]).find(
      ({ table }) => table === 'support_case',
    )!;
  };

  const after100 = { number: 'C-2026-000100', dueAt: null };
  const rows: readonly [string, ListQueue, string][] = [
    ['of new cases', { tab: 'open', limit: 50 }, 'support_case_of_queue'],
    ['of closed cases', { tab: 'closed', limit: 50 }, 'support_case_of_queue'],
    ['of a later page', { tab: 'open', limit: 50, after: after100 }, 'support_case_of_queue'],
    ['of a person', { tab: 'mine', limit: 50 }, 'support_case_of_colleague'],
    ['of what is overdue', { tab: 'overdue', limit: 50 }, 'support_case_due'],
  ];
  for (const [name, list, key] of rows)
    it(`${name} is read by ${key} and sorts nothing`, async () => {
      const found = await plan(list);
      assert.equal(found.key, key);
      assert.doesNotMatch(found.Extra ?? '', /filesort|temporary/);
    });
});
