import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { recordUsageCharges } from '../../src/charges/record-usage-charges.ts';
import { revokeConsent } from '../../src/consents/grant-consent.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { queryRows } from '../../src/database/statement-pipeline.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { chargeUsageFiles } from '../../src/usage-files/charge-usage-files.ts';
import { purgeUsageFiles } from '../../src/usage-files/purge-usage-files.ts';
import { getUsageFile } from '../../src/usage-files/usage-file.queries.ts';
import { job, keyOf } from '../support/actors.ts';
import { listBrokenInvariants } from '../support/broken-invariants.ts';
import { makeSale } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import {
  charge,
  fileOf,
  HEAD,
  makeConsents,
  outcomeOf,
  rowOf,
  send,
  sumCharged,
  sumHolds,
  work,
} from './usage-file-kit.ts';

let world: World;
before(async () => (world = await createWorld()));
after(() => world.close());

const stateOf = ({
  state,
  chargedCount,
  repeatedCount,
  refusedCount,
}: Awaited<ReturnType<typeof getUsageFile>>) => `${state} ${chargedCount}/${repeatedCount}/${refusedCount}`;

/** One step on the file that has waited longest: what asks twice whether it should stop is to stop then. */
async function oneStep(): Promise<void> {
  let asked = 0;
  const stopping = {
    get aborted() {
      asked += 1;
      return asked > 2;
    },
  };
  await chargeUsageFiles(world.deps, job('charge-usage-files'), { stopping: stopping as AbortSignal });
}

/** Works on a file until it has been checked. */
async function checked(text: string, companyId: number): Promise<string> {
  const { file } = await send(world.deps, companyId, text);
  for (let turn = 0; turn < 10; turn += 1) {
    await oneStep();
    const { state } = await getUsageFile(world.deps, keyOf(companyId), file.id);
    if (state === 'charging') return file.id;
  }
  throw new Error('the file was not checked');
}

describe('a usage file', () => {
  test('is charged, each row once, with the key and reference of its row', async () => {
    const sale = await makeSale(world.deps);
    const [one, two] = await makeConsents(world.deps, sale, 2);
    const rows = [rowOf(one!, { reference: 'r-1', itemKey: 'k-1' }), rowOf(two!, { amount: 250 })];
    const { file, rows: result, text } = await charge(world.deps, sale.company.id, fileOf(...rows));
    assert.equal(stateOf(file), 'done 2/0/0');
    assert.deepEqual(result, ['2 charged', '3 charged']);
    assert.match(
      text,
      /^\uFEFFrow,reference,item_key,outcome,charge,problem,text\n2,r-1,k-1,charged,ch_\w{26},,\n/,
    );
    assert.match(text, /\nend,,,2 rows,,,\n$/);
    assert.deepEqual(await sumCharged(world.deps, sale.company.id), [2, 350]);
    assert.deepEqual(await sumHolds(world.deps), [0, 0]);
  });

  test('is charged as a whole or not at all: a wrong row keeps the others from being charged', async () => {
    const sale = await makeSale(world.deps);
    const [one] = await makeConsents(world.deps, sale, 1);
    const foreign = await makeSale(world.deps);
    const rows = [
      rowOf(one!),
      rowOf(foreign.consent.id),
      rowOf(one!, { amount: 0 }),
      `cs_${one},5,standard`,
      'cs_x,1,standard,"open',
      rowOf(one!, { amount: 200 }),
    ];
    const { file, rows: result, text } = await charge(world.deps, sale.company.id, fileOf(...rows));
    assert.equal(stateOf(file), 'refused 0/0/4');
    assert.equal(file.refusal, 'rows-refused');
    assert.deepEqual(result, [
      '2 not_charged',
      '3 refused consent-not-found',
      '4 refused invalid-request',
      '5 refused invalid-request',
      '6 refused invalid-request',
      '7 not_charged',
    ]);
    assert.match(text, /\n3,,,refused,,consent-not-found,No such consent\n/, 'nothing of another company');
    assert.match(text, /\n4,,,refused,,invalid-request,"amount must be/);
    assert.deepEqual(await sumCharged(world.deps, sale.company.id), [0, 0]);
    assert.deepEqual(await sumHolds(world.deps), [0, 0]);
  });

  test('of a partial upload has its good rows charged, whatever is between them', async () => {
    const sale = await makeSale(world.deps);
    const [one] = await makeConsents(world.deps, sale, 1);
    const rows = [rowOf(one!), 'cs_x,1,standard,"open', '', rowOf(one!, { amount: 9_999 }), rowOf(one!)];
    const { file, rows: result } = await charge(world.deps, sale.company.id, fileOf(...rows), true);
    assert.equal(stateOf(file), 'done 2/0/2');
    assert.deepEqual(result, [
      '2 charged',
      '3 refused invalid-request',
      '5 refused limit-exceeded',
      '6 charged',
    ]);
    assert.deepEqual(await sumCharged(world.deps, sale.company.id), [2, 200]);
  });

  test('that is sent again is the same file, and charges nothing again', async () => {
    const sale = await makeSale(world.deps);
    const [one] = await makeConsents(world.deps, sale, 1);
    const text = fileOf(rowOf(one!));
    const first = await charge(world.deps, sale.company.id, text);
    const again = await send(world.deps, sale.company.id, text, true);
    assert.deepEqual([again.isRepeated, again.file.id], [true, first.file.id]);
    await work(world.deps);
    assert.deepEqual(await sumCharged(world.deps, sale.company.id), [1, 100]);
    // The same bytes of another company are its own file.
    const other = await makeSale(world.deps);
    assert.equal((await send(world.deps, other.company.id, text)).isRepeated, false);
  });

  test('that arrives twice at once is one file', async () => {
    const sale = await makeSale(world.deps);
    const [one] = await makeConsents(world.deps, sale, 1);
    const text = fileOf(rowOf(one!));
    const sent = await Promise.all([1, 2, 3].map(() => send(world.deps, sale.company.id, text)));
    assert.equal(new Set(sent.map(({ file }) => file.id)).size, 1);
    assert.deepEqual(sent.filter(({ isRepeated }) => isRepeated).length, 2);
    await Promise.all([work(world.deps), work(world.deps), work(world.deps)]);
    assert.deepEqual(await sumCharged(world.deps, sale.company.id), [1, 100]);
  });

  test('that was refused can be sent again', async () => {
    const sale = await makeSale(world.deps);
    const [one] = await makeConsents(world.deps, sale, 1);
    const text = fileOf(rowOf(one!), rowOf(one!, { amount: 20_000 }));
    assert.equal(stateOf((await charge(world.deps, sale.company.id, text)).file), 'refused 0/0/1');
    assert.equal(stateOf((await charge(world.deps, sale.company.id, text, true)).file), 'done 1/0/1');
    assert.equal((await send(world.deps, sale.company.id, text)).isRepeated, true);
  });

  test('charges a key once, within a file, across files and beside the API', async () => {
    const sale = await makeSale(world.deps);
    const [one] = await makeConsents(world.deps, sale, 1);
    const use = { consentId: one!, amountMinor: 100n, taxCode: 'standard' as const, description: '楽曲1曲' };
    await recordUsageCharges(world.deps, keyOf(sale.company.id), { items: [{ ...use, itemKey: 'api' }] });
    const rows = ['api', 'a', 'b', 'a'].map((itemKey) => rowOf(one!, { itemKey }));
    const whole = await charge(world.deps, sale.company.id, fileOf(...rows));
    assert.deepEqual(whole.rows, ['2 repeated', '3 charged', '4 charged', '5 repeated']);
    const more = [...rows, rowOf(one!, { itemKey: 'c' }), rowOf(one!, { itemKey: 'c' })];
    const partial = await charge(world.deps, sale.company.id, fileOf(...more), true);
    assert.deepEqual(partial.rows.slice(3), ['5 repeated', '6 charged', '7 repeated']);
    const other = [rowOf(one!, { itemKey: 'd' }), rowOf(one!, { itemKey: 'd', amount: 7 })];
    const refused = await charge(world.deps, sale.company.id, fileOf(...other));
    assert.deepEqual(refused.rows, ['2 not_charged', '3 refused item-key-reused']);
    assert.deepEqual(await sumCharged(world.deps, sale.company.id), [4, 400]);
  });

  test('with one key in hundreds of rows charges it once, and is refused for one row with other content', async () => {
    const sale = await makeSale(world.deps);
    const [one] = await makeConsents(world.deps, sale, 1);
    const rows = Array.from({ length: 2_600 }, () => rowOf(one!, { itemKey: 'same' }));
    const good = await charge(world.deps, sale.company.id, fileOf(...rows));
    assert.equal(stateOf(good.file), 'done 1/2599/0');
    const others = rows.map((_, n) => rowOf(one!, { itemKey: 'again', amount: n < 2_599 ? 100 : 7 }));
    const bad = await charge(world.deps, sale.company.id, fileOf(...others));
    assert.equal(stateOf(bad.file), 'refused 0/0/1');
    assert.equal(bad.rows.at(-1), '2601 refused item-key-reused');
    assert.deepEqual(await sumCharged(world.deps, sale.company.id), [1, 100]);
    assert.deepEqual(await sumHolds(world.deps), [0, 0]);
  });

  test('of very many short lines is read to its end, some of them in a transaction', async () => {
    const sale = await makeSale(world.deps);
    const { file } = await charge(world.deps, sale.company.id, `${HEAD}\n${'x\n'.repeat(20_000)}`);
    assert.deepEqual([stateOf(file), file.rowCount], ['refused 0/0/20000', 20_000]);
  });

  test('counts its own rows against the limits, the ones before each first', async () => {
    const sale = await makeSale(world.deps);
    const [one] = await makeConsents(world.deps, sale, 1);
    const rows = [6_000, 4_000, 1].map((amount) => rowOf(one!, { amount }));
    const whole = await charge(world.deps, sale.company.id, fileOf(...rows));
    assert.deepEqual(whole.rows, ['2 not_charged', '3 not_charged', '4 refused limit-exceeded']);
  });

  test('cannot be read with another first line, without rows, and in another encoding', async () => {
    const { company } = await makeSale(world.deps);
    const refusalOf = async (text: string | Buffer) => {
      const { file } = await charge(world.deps, company.id, text, true);
      return `${file.state} ${file.refusal}: ${file.refusalDetail}`;
    };
    const unreadable = 'refused unreadable: The file cannot be read: ';
    assert.match(await refusalOf('consent;amount\n'), /names the column "consent;amount"/);
    assert.match(await refusalOf('consent,amount,tax_code\n1,2,3\n'), /does not name description/);
    assert.equal(
      await refusalOf(`${HEAD},amount\n`),
      `${unreadable}its first line names the column amount twice.`,
    );
    assert.equal(await refusalOf(HEAD), `${unreadable}it has no rows.`);
    assert.equal(
      await refusalOf(`${HEAD}\n${'x'.repeat(9_000)}\n`),
      `${unreadable}it has a line of more than 8 KiB.`,
    );
  });

  test('may begin with a byte order mark, end its lines with CRLF and its columns may be in any order', async () => {
    const sale = await makeSale(world.deps);
    const [one] = await makeConsents(world.deps, sale, 1);
    const text = `\uFEFFamount,consent,description,tax_code\r\n120,${one},"動画, ""別冊""",reduced\r\n\r\n80,cs_${one},a,standard`;
    const { rows } = await charge(world.deps, sale.company.id, text);
    assert.deepEqual(rows, ['2 charged', '4 charged']);
    assert.deepEqual(await sumCharged(world.deps, sale.company.id), [2, 200]);
  });

  test('a row that is not UTF-8 harms no other', async () => {
    const sale = await makeSale(world.deps);
    const [one] = await makeConsents(world.deps, sale, 1);
    const [first, ...rest] = [rowOf(one!), rowOf(one!)];
    const sjis = Buffer.concat([
      Buffer.from(fileOf(first)),
      Buffer.from(`cs_${one},100,standard,`),
      Buffer.from([0x8a, 0x79, 0x8b, 0xc8]),
      Buffer.from(`,,\n${rest.join('\n')}\n`),
    ]);
    const { rows } = await charge(world.deps, sale.company.id, sjis, true);
    assert.deepEqual(rows, ['2 charged', '3 refused invalid-request', '4 charged']);
  });
});

describe('between the check of a file and its charges', () => {
  test('what its rows need is held, so that no other purchase takes it', async () => {
    const sale = await makeSale(world.deps);
    const [one] = await makeConsents(world.deps, sale, 1);
    const id = await checked(fileOf(rowOf(one!, { amount: 7_000 })), sale.company.id);
    assert.deepEqual(await sumHolds(world.deps), [7_000, 1]);
    assert.deepEqual(await listBrokenInvariants(world.deps), []);
    const use = { consentId: one!, amountMinor: 4_000n, taxCode: 'standard' as const, description: '本' };
    const record = () => recordUsageCharges(world.deps, keyOf(sale.company.id), { items: [use] });
    const [refused] = await record();
    assert.equal(refused?.kind === 'refused' && refused.problem.code, 'limit-exceeded');
    await work(world.deps);
    assert.deepEqual((await outcomeOf(world.deps, sale.company.id, id)).rows, ['2 charged']);
    assert.deepEqual(await sumCharged(world.deps, sale.company.id), [1, 7_000]);
  });

  test('a consent that is revoked, and midnight, do not split it: it is charged as it was accepted', async () => {
    const sale = await makeSale(world.deps);
    const [one, two] = await makeConsents(world.deps, sale, 2);
    const id = await checked(fileOf(rowOf(one!), rowOf(two!)), sale.company.id);
    await revokeConsent(world.deps, keyOf(sale.company.id), { consentId: one! });
    const tomorrow = { now: () => new Date(world.clock.now().getTime() + 86_400_000) };
    await work({ ...world.deps, clock: tomorrow });
    const { file, rows } = await outcomeOf(world.deps, sale.company.id, id);
    assert.deepEqual([stateOf(file), ...rows], ['done 2/0/0', '2 charged', '3 charged']);
    const dates = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('charge')
      .select('businessDate')
      .distinct()
      .where('companyId', '=', sale.company.id)
      .execute();
    assert.deepEqual(dates, [{ businessDate: '2026-05-10' }]);
    assert.deepEqual(await listBrokenInvariants(world.deps), []);
  });

  test('a key that its company uses for another use meanwhile is refused, and the row repeats it if it is the same', async () => {
    const sale = await makeSale(world.deps);
    const [one] = await makeConsents(world.deps, sale, 1);
    const rows = ['same', 'other', 'none'].map((itemKey) => rowOf(one!, { itemKey }));
    const id = await checked(fileOf(...rows), sale.company.id);
    const use = { consentId: one!, taxCode: 'standard' as const, description: '楽曲1曲' };
    const items = [
      { ...use, amountMinor: 100n, itemKey: 'same' },
      { ...use, amountMinor: 1n, itemKey: 'other' },
    ];
    await recordUsageCharges(world.deps, keyOf(sale.company.id), { items });
    await work(world.deps);
    const { rows: result } = await outcomeOf(world.deps, sale.company.id, id);
    assert.deepEqual(result, ['2 repeated', '3 refused item-key-reused', '4 charged']);
    assert.deepEqual(await sumHolds(world.deps), [0, 0]);
    assert.deepEqual(await listBrokenInvariants(world.deps), []);
  });
});

describe('work on files', () => {
  test('that stops after any transaction is taken up at the next row, by the next process that comes', async () => {
    const sale = await makeSale(world.deps);
    const consents = await makeConsents(world.deps, sale, 3);
    const rows = Array.from({ length: 4_100 }, (_, n) =>
      rowOf(consents[n % 3]!, { amount: 1, itemKey: `n-${n}` }),
    );
    const { file } = await send(world.deps, sale.company.id, fileOf(...rows));
    let writes = 0;
    for (let turn = 1; turn < 14; turn += 1) {
      // Dies at its third transaction from the third turn on, at an earlier one before; its lease has to end.
      writes = 0;
      const dying = {
        ...world.deps,
        clock: {
          now: () => {
            writes += 1;
            if (writes > 2 + turn) throw new Error('died');
            return world.clock.now();
          },
        },
      };
      await chargeUsageFiles(dying as never, job('charge-usage-files')).catch(() => undefined);
      await queryRows(
        world.deps.orm.em.fork(),
        'UPDATE usage_file SET lease_until = ? WHERE lease_owner IS NOT NULL',
        [new Date(0)],
      );
    }
    await work(world.deps);
    const { file: done } = await outcomeOf(world.deps, sale.company.id, file.id);
    assert.equal(stateOf(done), 'done 4100/0/0');
    assert.deepEqual(await sumCharged(world.deps, sale.company.id), [4_100, 4_100]);
    assert.deepEqual(await sumHolds(world.deps), [0, 0]);
    assert.deepEqual(await listBrokenInvariants(world.deps), []);
  });

  test('does not wait for a file that another process has locked, and continues after a claim that failed', async () => {
    const sale = await makeSale(world.deps);
    const [one] = await makeConsents(world.deps, sale, 1);
    const first = await send(world.deps, sale.company.id, fileOf(rowOf(one!)));
    const second = await send(world.deps, sale.company.id, fileOf(rowOf(one!, { amount: 20 })));
    await inTransaction(world.deps, async (tx) => {
      await queryRows(tx.em, 'SELECT id FROM usage_file WHERE id = ? FOR UPDATE', [first.file.id]);
      assert.deepEqual(await work(world.deps), { turns: 2, finished: 1 });
    });
    const stateNow = async (id: string) => (await getUsageFile(world.deps, keyOf(sale.company.id), id)).state;
    assert.deepEqual([await stateNow(first.file.id), await stateNow(second.file.id)], ['received', 'done']);
    const clock = {
      now: () => {
        throw new Error('lost');
      },
    };
    assert.deepEqual(await work({ ...world.deps, clock }), { turns: 0, finished: 0 });
    await work(world.deps);
    assert.equal(await stateNow(first.file.id), 'done');
  });

  test('keeps results for 90 days and the file for ever', async () => {
    const sale = await makeSale(world.deps);
    const [one] = await makeConsents(world.deps, sale, 1);
    const text = fileOf(rowOf(one!));
    const { file } = await charge(world.deps, sale.company.id, text);
    const later = {
      ...world.deps,
      clock: { now: () => new Date(world.clock.now().getTime() + 91 * 86_400_000) },
    };
    assert.ok((await purgeUsageFiles(later)) >= 1);
    assert.equal(await purgeUsageFiles(later), 0);
    await assert.rejects(outcomeOf(world.deps, sale.company.id, file.id), {
      code: 'usage-file-result-removed',
    });
    assert.equal((await send(world.deps, sale.company.id, text)).isRepeated, true);
  });
});
