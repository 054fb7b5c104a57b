import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import type { RowDataPacket } from 'mysql2/promise';
import { sqlOf } from '../../src/database/sql.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { ServiceProcess } from '../faults/service/service-process.ts';
import { listBrokenInvariants } from '../support/broken-invariants.ts';
import { makeApiKey, makeSale } from '../support/factories.ts';
import { apiClient, type Reply } from '../support/http-client.ts';
import { onServer } from '../support/test-server.ts';
import { createWorld, type World } from '../support/world.ts';
import { Refunding } from './refunding.ts';

/** Where the refund waits when its process is killed: what another transaction has locked. */
const points = {
  'before its row': "SELECT id FROM refund WHERE id >= 'Z' FOR UPDATE",
  'between its row and its event': "SELECT id FROM event WHERE id >= 'Z' FOR UPDATE",
} as const;

describe('a refund whose process is killed', () => {
  let world: World;
  let at: Refunding;
  let service: ServiceProcess;
  let token: string;
  before(async () => {
    world = await createWorld({ LINE_MONTHLY_LIMIT: '1000000' });
    world.clock.set(systemClock.now());
    at = new Refunding(world, await makeSale(world.deps));
    ({ token } = await makeApiKey(world.deps, { companyId: at.sale.company.id }));
    service = await ServiceProcess.start({ DATABASE_URL: world.database.url });
    await refund(await at.sell(100n), 'first');
  });
  after(async () => {
    await service.kill();
    await world.close();
  });

  const refund = (chargeId: string, key: string) =>
    apiClient(service.origin, token).post(
      `/v1/charges/ch_${chargeId}/refunds`,
      { amount: 30, reason: 'requested' },
      { key },
    );
  /** The same request twice: it is made once, by whichever of the attempts. */
  const assertOnce = async (chargeId: string, key: string) => {
    const replies: Reply[] = [await refund(chargeId, key), await refund(chargeId, key)];
    assert.deepEqual(
      replies.map(({ status }) => status),
      [201, 201],
    );
    assert.equal(replies[0]!.text, replies[1]!.text);
    const [row, ...others] = await at.refundsOf(chargeId);
    assert.deepEqual([`rf_${row!.id}`, others], [replies[0]!.body['id'], []]);
    assert.equal((await at.entriesOf(row!.id)).length, 1);
    const audits = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('audit_entry')
      .select('id')
      .where('subject', '=', `charge:${chargeId}`)
      .where('action', '=', 'refund.create')
      .execute();
    assert.equal(audits.length, 1);
  };

  for (const [index, [name, lock]] of Object.entries(points).entries()) {
    it(`${name} is made once when it is sent again`, async () => {
      const chargeId = await at.sell(100n);
      const spent = Object.values(await at.booked())[0]!;
      await onServer(world.database.ownerUrl, async (connection) => {
        await connection.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
        await connection.beginTransaction();
        await connection.query(lock);
        const lost = refund(chargeId, `key-${index}`).catch((error: unknown) => error);
        for (;;) {
          const [[waiting]] = await connection.query<RowDataPacket[]>(
            `SELECT COUNT(*) AS n FROM information_schema.processlist
             WHERE db = DATABASE() AND id <> CONNECTION_ID() AND command = 'Query' AND time_ms > 50`,
          );
          if (Number(waiting!['n']) > 0) break;
          await pause(5);
        }
        await service.kill();
        assert.ok((await lost) instanceof Error, 'nobody was answered');
        await connection.rollback();
      });
      await service.start();
      await assertOnce(chargeId, `key-${index}`);
      assert.equal(Object.values(await at.booked())[0], spent - 30n);
    });
  }

  it('after it was made is answered the same when it is sent again', async () => {
    const chargeId = await at.sell(100n);
    const answered = refund(chargeId, 'committed').catch(() => undefined);
    while ((await at.refundsOf(chargeId)).length === 0) await pause(1);
    await service.kill();
    await answered;
    await service.start();
    await assertOnce(chargeId, 'committed');
    assert.deepEqual(await listBrokenInvariants(world.deps), []);
  });
});
