import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { applyPartyChanges } from '../../src/companies/apply-party-changes.ts';
import { createCompany } from '../../src/companies/create-company.ts';
import { createService } from '../../src/companies/create-service.ts';
import { editCompany } from '../../src/companies/edit-company.ts';
import { editService } from '../../src/companies/edit-service.ts';
import { getCompany, getService } from '../../src/companies/company.queries.ts';
import { listPartyChanges } from '../../src/companies/party-change.queries.ts';
import { partiesOn } from '../../src/companies/party-versions.ts';
import { withdrawPartyChange } from '../../src/companies/withdraw-party-change.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { Problem } from '../../src/shared/problem.ts';
import { staff } from '../support/actors.ts';
import { createWorld, type World } from '../support/world.ts';

const clerk = staff('hanako');
const job = { kind: 'job', job: 'apply-changes' } as const;
const companyCode = 'shinonome';
const OLD = { name: '株式会社東雲', nameEn: 'Shinonome Inc.', address: '東京都江東区1-1' };

let world: World;
beforeEach(async () => {
  world = await createWorld();
  // Noon in Tokyo.
  world.clock.set(new Date('2026-05-10T03:00:00.000Z'));
  await createCompany(world.deps, clerk, { code: companyCode, ...OLD });
  await createService(world.deps, clerk, {
    companyCode,
    code: 'video',
    name: '動画',
    nameEn: 'Video',
    siteOrigin: 'https://video.example',
  });
});
afterEach(() => world.close());

const query = () => sqlOf(world.deps.orm.em.fork());
async function namedOn(date: string): Promise<unknown[]> {
  const { rows } = await sql<{
    name: string;
    address: string;
  }>`SELECT v.name, v.address FROM ${partiesOn('company', date)} v`.execute(query());
  return rows.map(({ name, address }) => [name, address]);
}
const company = () => getCompany(world.deps, clerk, companyCode);

describe('a change of a company', () => {
  it('from today on holds at once, with its audit row and event', async () => {
    const { change } = await editCompany(world.deps, clerk, { companyCode, address: '東京都港区2-2' });
    assert.equal(change, undefined);
    assert.equal((await company()).address, '東京都港区2-2');
    const audit = await query()
      .selectFrom('audit_entry')
      .select(['actor', 'facts', 'recordVersion'])
      .where('action', '=', 'company.edit')
      .executeTakeFirstOrThrow();
    assert.equal(audit.actor, 'staff:hanako');
    assert.equal(audit.recordVersion, 2);
    assert.deepEqual(audit.facts, {
      validFrom: '2026-05-10',
      address: { before: OLD.address, after: '東京都港区2-2' },
    });
    const events = await query()
      .selectFrom('event')
      .select('type')
      .where('type', '=', 'company.edited')
      .execute();
    assert.equal(events.length, 1);
  });

  it('is what documents of its days say, whenever they are written', async () => {
    await editCompany(world.deps, clerk, { companyCode, address: '東京都港区2-2' });
    assert.deepEqual(await namedOn('2026-05-09'), [[OLD.name, OLD.address]]);
    assert.deepEqual(await namedOn('2026-05-10'), [[OLD.name, '東京都港区2-2']]);
  });

  it('may have begun to hold before today, but not before the last one', async () => {
    await editCompany(world.deps, clerk, { companyCode, name: '株式会社暁', validFrom: '2026-05-01' });
    assert.deepEqual(await namedOn('2026-04-30'), [[OLD.name, OLD.address]]);
    assert.deepEqual(await namedOn('2026-05-01'), [['株式会社暁', OLD.address]]);
    await assert.rejects(
      editCompany(world.deps, clerk, { companyCode, address: '東京都港区2-2', validFrom: '2026-04-20' }),
      (error) =>
        error instanceof Problem &&
        error.code === 'invalid-request' &&
        /2026-05-01/.test(error.message + JSON.stringify(error.errors)),
    );
    assert.equal((await company()).address, OLD.address);
  });

  it('from a later day on waits for it', async () => {
    const plan = { companyCode, name: '株式会社暁', nameEn: 'Akatsuki Inc.', validFrom: '2026-06-01' };
    const { change } = await editCompany(world.deps, clerk, plan);
    assert.ok(change);
    assert.equal((await company()).name, OLD.name);
    world.clock.set(new Date('2026-05-31T14:59:59.000Z'));
    assert.deepEqual(await applyPartyChanges(world.deps, job), { applied: 0, refused: 0 });
    world.clock.set(new Date('2026-05-31T15:00:00.000Z'));
    const both = await Promise.all([applyPartyChanges(world.deps, job), applyPartyChanges(world.deps, job)]);
    assert.equal(both[0].applied + both[1].applied, 1, 'two processes make it once');
    assert.equal((await company()).name, '株式会社暁');
    assert.deepEqual(await namedOn('2026-05-31'), [[OLD.name, OLD.address]]);
    const [listed] = await listPartyChanges(world.deps, clerk, companyCode);
    assert.equal(listed?.state, 'applied');
    assert.equal(listed?.createdBy, 'staff:hanako');
  });

  it('that was withdrawn is never made', async () => {
    const plan = { companyCode, name: '株式会社暁', validFrom: '2026-06-01' };
    const { change = '' } = await editCompany(world.deps, clerk, plan);
    await withdrawPartyChange(world.deps, clerk, { companyCode, change });
    world.clock.set(new Date('2026-06-02T00:00:00.000Z'));
    assert.deepEqual(await applyPartyChanges(world.deps, job), { applied: 0, refused: 0 });
    await assert.rejects(
      withdrawPartyChange(world.deps, clerk, { companyCode, change }),
      (error) => error instanceof Problem && error.code === 'party-change-not-found',
    );
  });

  it('that cannot be made on its day is recorded with the reason, and the others are made', async () => {
    await editCompany(world.deps, clerk, {
      companyCode,
      registrationNumber: 'T4011001098993',
      registeredFrom: '2023-10-01',
    });
    const end = { companyCode, registeredTo: '2026-06-01', validFrom: '2026-06-01' };
    await editCompany(world.deps, clerk, end);
    await editService(world.deps, clerk, {
      companyCode,
      code: 'video',
      name: '映画',
      validFrom: '2026-06-01',
    });
    // Without its number the registration has no end.
    await editCompany(world.deps, clerk, { companyCode, registrationNumber: null });
    world.clock.set(new Date('2026-06-02T00:00:00.000Z'));
    assert.deepEqual(await applyPartyChanges(world.deps, job), { applied: 1, refused: 1 });
    const refused = (await listPartyChanges(world.deps, clerk, companyCode)).find(
      ({ state }) => state === 'refused',
    );
    assert.match(refused?.refusal ?? '', /registrationNumber/);
    assert.equal((await getService(world.deps, clerk, { companyCode, code: 'video' })).name, '映画');
  });

  it('of nothing leaves no trace', async () => {
    await editCompany(world.deps, clerk, { companyCode, ...OLD });
    const { count } = await query()
      .selectFrom('party_version')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('kind', '=', 'company')
      .executeTakeFirstOrThrow();
    assert.equal(Number(count), 1);
  });

  it('is never rewritten: the database refuses', async () => {
    await editCompany(world.deps, clerk, { companyCode, name: '株式会社暁', validFrom: '2026-06-01' });
    await assert.rejects(
      query().updateTable('party_version').set({ name: '別' }).execute(),
      /party_version_is_final/,
    );
    await assert.rejects(query().deleteFrom('party_version').execute(), /party_version_stays/);
    await assert.rejects(
      query().updateTable('party_change').set({ validFrom: '2026-05-11' }).execute(),
      /party_change_is_final/,
    );
    await assert.rejects(query().deleteFrom('party_change').execute(), /party_change_stays/);
  });
});

describe('the sites of a service', () => {
  it('are several, each an origin, each once', async () => {
    const siteOrigins = ['https://video.example', 'https://m.video.example', 'https://video.example'];
    const { service } = await editService(world.deps, clerk, { companyCode, code: 'video', siteOrigins });
    assert.deepEqual(
      [service.siteOrigin, service.moreOrigins],
      ['https://video.example', ['https://m.video.example']],
    );
    for (const wrong of [[], ['https://video.example/'], ['video.example'], ['https://*.example']]) {
      await assert.rejects(
        editService(world.deps, clerk, { companyCode, code: 'video', siteOrigins: wrong }),
        (error) => error instanceof Problem && error.code === 'invalid-request',
        JSON.stringify(wrong),
      );
    }
  });
});
