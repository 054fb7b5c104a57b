import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { listAudit, type AuditFilter } from '../../../src/access/audit/audit.queries.ts';
import { recordAudit } from '../../../src/access/audit/record-audit.ts';
import { inTransaction } from '../../../src/database/transaction.ts';
import { actorName, type Actor } from '../../../src/access/actor.ts';
import { job, keyOf, staff } from '../../support/actors.ts';
import { createWorld, type World } from '../../support/world.ts';
import { typeCommand } from '../../batch/admin/type-command.ts';

const HOUR_MS = 60 * 60_000;

describe('the audit trail', () => {
  let world: World;
  before(async () => {
    world = await createWorld();
    const acts: readonly (readonly [Actor, string, string])[] = [
      [staff('hanako'), 'company.create', 'company:one'],
      [staff('jiro'), 'company.create', 'company:two'],
      [job('close-periods'), 'billing-period.close', 'billing-period:2026-05/31'],
      [staff('hanako'), 'company.suspend', 'company:two'],
      [keyOf(7), 'subscription.leave', 'subscription:x'],
      [{ ...job('hanako') }, 'line.import', 'line-master'],
    ];
    for (const [actor, action, subject] of acts) {
      await inTransaction(world.deps, (tx) =>
        recordAudit(tx, { actor: actorName(actor), action, subject, facts: { n: 1 } }),
      );
      world.clock.advance(HOUR_MS);
    }
  });
  after(() => world.close());

  const list = async (filter: Partial<AuditFilter> = {}) =>
    (await listAudit(world.deps, staff('x', 'auditor'), { limit: 50, to: world.clock.now(), ...filter })).map(
      ({ actorKind, actorIdentity, action }) => `${actorKind} ${actorIdentity} ${action}`,
    );

  it('names kind and identity of the actor in columns of their own, newest first', async () => {
    assert.deepEqual(await list(), [
      'job hanako line.import',
      'company-key 7/01JV0000000000000000000000 subscription.leave',
      'staff hanako company.suspend',
      'job close-periods billing-period.close',
      'staff jiro company.create',
      'staff hanako company.create',
    ]);
  });

  it('is searched by identity, by kind, by both, by action and by subject', async () => {
    assert.equal((await list({ actor: 'hanako' })).length, 3);
    assert.equal((await list({ actor: 'staff:hanako' })).length, 2);
    assert.equal((await list({ actorKind: 'job' })).length, 2);
    assert.deepEqual(await list({ actor: 'hanako', action: 'company.suspend' }), [
      'staff hanako company.suspend',
    ]);
    assert.deepEqual(await list({ subject: 'company:two' }), [
      'staff hanako company.suspend',
      'staff jiro company.create',
    ]);
    assert.deepEqual(await list({ actor: 'nobody' }), []);
  });

  it('is searched by a time whose end is not part of it', async () => {
    const now = world.clock.now();
    const [first, second] = (await listAudit(world.deps, staff(), { to: now, limit: 2 })).map(({ at }) => at);
    assert.equal((await list({ from: second, to: first })).length, 1);
    assert.equal((await list({ from: first })).length, 1);
    assert.equal((await list({ to: second })).length, 4);
  });

  it('is read page by page, each entry once, also entries of one instant', async () => {
    await inTransaction(world.deps, async (tx) => {
      for (const subject of ['a', 'b', 'c'])
        await recordAudit(tx, { actor: 'staff:pages', action: 'spec.page', subject });
    });
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await listAudit(world.deps, staff(), { actor: 'pages', limit: 2, after: cursor });
      if (page.length === 0) break;
      seen.push(...page.map(({ subject }) => subject));
      cursor = page.at(-1)!.id;
    }
    assert.deepEqual(seen, ['c', 'b', 'a']);
    await assert.rejects(listAudit(world.deps, staff(), { limit: 1, after: 'none' }), {
      code: 'invalid-request',
    });
  });

  it('is read on the command line, by business dates, as a table and as data', async () => {
    const query = 'audit list --subject company:one --from 2026-05-10 --to 2026-05-11';
    const { code, out } = await typeCommand(world.deps, query.split(' '));
    assert.equal(code, 0);
    assert.match(out, /staff:hanako/);
    const json = await typeCommand(world.deps, `${query} --json`.split(' '));
    const [row] = JSON.parse(json.out) as Record<string, unknown>[];
    assert.deepEqual(
      [row?.['actorKind'], row?.['actorIdentity'], row?.['action'], row?.['facts']],
      ['staff', 'hanako', 'company.create', { n: 1 }],
    );
    const none = await typeCommand(world.deps, 'audit list --to 2026-05-10'.split(' '));
    assert.match(none.out, /Nothing in the audit trail matches/);
  });

  it('is not for everybody of the carrier', async () => {
    await assert.rejects(listAudit(world.deps, staff('x', 'agent'), { limit: 1 }), {
      code: 'permission-denied',
    });
  });
});
