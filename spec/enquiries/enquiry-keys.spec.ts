import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CompiledQuery } from 'kysely';
import { ownedBy } from '../../src/access/owned-by.ts';
import type { Actor } from '../../src/access/actor.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { enquiryList, type ListEnquiries } from '../../src/enquiries/enquiry.queries.ts';
import { signedIn } from '../support/actors.ts';
import { makeSale } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';

const ENQUIRIES = 3_000;

describe('a list of enquiries', () => {
  let world: World;
  let sale: Awaited<ReturnType<typeof makeSale>>;
  let middle: string;
  before(async () => {
    world = await createWorld();
    sale = await makeSale(world.deps);
    const other = await makeSale(world.deps);
    const createdAt = world.clock.now();
    const rows = Array.from({ length: ENQUIRIES }, (_, at) => {
      const { company, service, buyer } = at % 100 === 0 ? sale : other;
      const subject = { subjectKind: 'charge' as const, subjectId: world.deps.ids.next() };
      const of = { companyId: company.id, serviceId: service.id, ...buyer };
      return { id: world.deps.ids.next(), ...subject, ...of, topic: 'other' as const, createdAt };
    });
    middle = rows[ENQUIRIES / 2]!.id;
    const sql = sqlOf(world.deps.orm.em.fork());
    await sql.insertInto('enquiry').values(rows).execute();
    await sql.executeQuery(CompiledQuery.raw('ANALYZE TABLE enquiry'));
  });
  after(() => world.close());

  const plan = async (actor: Actor, list: ListEnquiries) => {
    const { sql: text, parameters } = enquiryList(
      world.deps,
      ownedBy(actor, 'enquiries:read'),
      list,
    ).compile();
    const query = CompiledQuery.raw(`EXPLAIN ${text}`, [...parameters]);
    const { rows } = await sqlOf(world.deps.orm.em.fork()).executeQuery(query);
    return (rows as { table: string; key: string | null; Extra: string | null }[]).find(
      ({ table }) => table === 'enquiry',
    )!;
  };

  const mine = () => signedIn(sale.buyer);
  const holder = () => signedIn(sale.buyer, { isHolder: true });
  const rows: readonly [string, () => Actor, () => ListEnquiries, string][] = [
    ['of a subscriber', mine, () => ({ limit: 20 }), 'enquiry_of_subscriber'],
    ['of a later page of a subscriber', mine, () => ({ limit: 20, after: middle }), 'enquiry_of_subscriber'],
    ['of the holder of a line', holder, () => ({ limit: 20 }), 'enquiry_of_tenure'],
    ['about a purchase', holder, () => ({ limit: 20, subjectId: middle }), 'enquiry_of_purchase'],
  ];
  for (const [name, actor, list, key] of rows) {
    it(`${name} is read by ${key} and sorts nothing`, async () => {
      const found = await plan(actor(), list());
      assert.equal(found.key, key);
      assert.doesNotMatch(found.Extra ?? '', /filesort|temporary/);
    });
  }
});
