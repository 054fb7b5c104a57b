import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { payoutFilePath } from '../../src/payouts/payout-file.ts';
import { systemClock } from '../../src/shared/clock.ts';
import {
  approveRun,
  createPayoutWorld,
  listPosted,
  prepareRun,
  type PayoutWorld,
} from '../payouts/payout-world.ts';
import { readZengin } from '../payouts/read-zengin.ts';
import { signalWhen, startAdmin } from './batch-process.ts';

describe('the file of a payout run, killed with SIGKILL while it is written', () => {
  let world: PayoutWorld;
  before(async () => {
    world = await createPayoutWorld();
    // The command has the real clock.
    world.clock.set(systemClock.now());
  });
  after(() => world.close());

  it('is written by the next command, and nothing is ordered twice', async () => {
    const { deps } = world;
    const { filesDir } = deps.config;
    const number = await prepareRun(deps);
    await approveRun(deps, number);
    const write = () =>
      startAdmin(world, filesDir, ['payout', 'write-file', '--run', number, '--as', 'hanako']);
    const isSent = async () => {
      const run = sqlOf(deps.orm.em.fork())
        .selectFrom('payout_run')
        .select('state')
        .where('number', '=', number);
      return (await run.executeTakeFirst())?.state === 'sent';
    };
    // It may have written the file by the time it dies, or not.
    await signalWhen(write(), 'SIGKILL', isSent);
    assert.equal((await listPosted(deps, ['payout-sent'])).length, 2);

    const [one, other] = await Promise.all([write().result, write().result]);
    assert.deepEqual([one.code, other.code], [0, 0], one.errors + other.errors);
    const file = readZengin(await readFile(payoutFilePath({ filesDir, currency: 'JPY' }, { number })));
    assert.equal(file.count, 2);
    assert.equal((await listPosted(deps, ['payout-sent'])).length, 2);
    const left = await readdir(join(filesDir, 'payouts'));
    assert.deepEqual(
      left.filter((name) => !name.endsWith('.part')),
      [`${number}.txt`],
    );
  });
});
