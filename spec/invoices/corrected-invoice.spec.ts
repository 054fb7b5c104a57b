import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import type { SubscriberActor } from '../../src/access/actor.ts';
import { editCompany } from '../../src/companies/edit-company.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { correctLineInvoice } from '../../src/invoices/correct-line-invoice.ts';
import { exportLineInvoiceCsv } from '../../src/invoices/export-line-invoice-csv.ts';
import { exportCorrectedInvoice } from '../../src/invoices/export-corrected-invoice.ts';
import { foldCharges } from '../../src/invoices/fold-charges.ts';
import { renderLineInvoice } from '../../src/invoices/render-line-invoice.ts';
import { recordLineChanges } from '../../src/lines/record-line-changes.ts';
import { getInvoiceOfLine } from '../../src/purchases/invoice-of-line.queries.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { typeCommand } from '../batch/admin/type-command.ts';
import { staff } from '../support/actors.ts';
import { makeSubscriber } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { readPages } from '../templates/statement/read-pdf.ts';
import { capture, makeMarket } from './captured-charges.ts';

const MAY = { period: '2026-05', language: 'ja' } as const;
const FIRST = '202605-31-0000001';
/** The company, not its service. */
const FORMER_NAME = /免税商店(?!の動画)/;

let world: World;
let filesDir: string;
let holder: SubscriberActor;
let other: SubscriberActor;
let issued: Buffer;

before(async () => {
  filesDir = await mkdtemp(join(tmpdir(), 'corrected-'));
  world = await createWorld({ FILES_DIR: filesDir });
  world.clock.set(new Date('2026-07-01T03:00:00.000Z'));
  const market = await makeMarket(world.deps, { lineCount: 2 });
  const [lineId, otherLine] = market.lines as [string, string];
  holder = await person(lineId);
  other = await person(otherLine);
  const sale = { ...market.registered, lineId, amountMinor: 105n, subscriberId: holder.subscriberId };
  await capture(world.deps, [
    { ...sale, businessDate: '2026-05-03', description: '楽曲' },
    { ...sale, ...market.unregistered, businessDate: '2026-05-02', description: '編み図' },
    { ...sale, ...market.unregistered, businessDate: '2026-05-09', description: '型紙' },
    {
      ...sale,
      lineId: otherLine,
      subscriberId: other.subscriberId,
      businessDate: '2026-05-04',
      description: '他',
    },
  ]);
  // What the captures have spent of the limits, as a confirmation leaves it.
  await sqlOf(world.deps.orm.em.fork())
    .insertInto('line_period')
    .values([
      { lineId, holderFrom: holder.holderFrom, period: '2026-05', closingGroup: 31, spentMinor: 315n },
      {
        lineId: otherLine,
        holderFrom: other.holderFrom,
        period: '2026-05',
        closingGroup: 31,
        spentMinor: 105n,
      },
    ])
    .execute();
  for (const [job, work] of [
    ['fold-charges', foldCharges],
    ['close-periods', closePeriods],
  ] as const) {
    const outcome = await executeRun(world.deps, { job, businessDate: '2026-05-31' }, work);
    assert.equal(outcome.kind, 'finished');
  }
  issued = await pdf(holder);
});
after(async () => {
  await world.close();
  await rm(filesDir, { recursive: true });
});

async function person(lineId: string): Promise<SubscriberActor> {
  const { id, holderFrom } = await makeSubscriber(world.deps, { lineId, slot: 1, displayName: '太郎' });
  return { kind: 'subscriber', subscriberId: id, lineId, holderFrom, isHolder: true, isOnLine: true };
}

const pdf = async (actor: SubscriberActor, key: { revision?: number } = {}) => {
  const { body } = await renderLineInvoice(world.deps, actor, { ...MAY, ...key });
  return Buffer.isBuffer(body) ? body : await buffer(body);
};
const textOf = async (bytes: Buffer) => (await readPages(bytes)).join('\n');
const plain = (text: string) => text.replaceAll(/\s/gu, '');
const correct = (number = FIRST) =>
  correctLineInvoice(world.deps, staff(), { number, reason: 'registered all along' });

test('dates of a Japanese invoice are Japanese in its columns too', async () => {
  const text = plain(await textOf(issued));
  assert.match(text, /2026年5月3日楽曲/);
  assert.doesNotMatch(text, /2026[/-]05[/-]0/);
});

test('refuses to correct an invoice that is right, and one that is not there', async () => {
  await assert.rejects(correct(), { code: 'illegal-state' });
  await assert.rejects(correct('202605-31-9999999'), { code: 'not-found' });
});

test('a corrected invoice names what was wrong, refers to the former and charges the same', async () => {
  const unregistered = await sqlOf(world.deps.orm.em.fork())
    .selectFrom('company')
    .select('code')
    .where('name', '=', '免税商店')
    .executeTakeFirstOrThrow();
  await editCompany(world.deps, staff(), {
    companyCode: unregistered.code,
    name: '登録済商店',
    registrationNumber: 'T7010705000725',
    registeredFrom: '2024-01-01',
  });
  await inTransaction(world.deps, async (tx) => {
    await sqlOf(tx.em)
      .updateTable('line_holder')
      .set({ holder: '髙橋 花子' })
      .where('lineId', '=', holder.lineId)
      .execute();
    const audit = { actor: 'spec', action: 'spec.make', subject: holder.lineId };
    await recordLineChanges(tx, audit, [holder.lineId]);
  });
  const { number, path } = await correct();
  assert.equal(number, `${FIRST}-2`);
  const text = await textOf(await pdf(holder));
  assert.match(plain(text), /2026年6月13日付けの請求書202605-31-0000001を訂正し差し替えるもの/);
  assert.match(text, /髙橋 花子/);
  assert.match(text, /登録済商店/);
  assert.doesNotMatch(text, FORMER_NAME);
  assert.match(plain(text), /発行日2026年7月1日/);
  // All three are registered now: 3 × 105 at 10% has the tax of 315, rounded once.
  assert.match(text, /10%対象\s+10%\s+3\s+315\s+28/);
  assert.match(text, /¥315/);
  const { body } = await renderLineInvoice(world.deps, holder, { ...MAY, language: 'en' });
  const english = await textOf(Buffer.isBuffer(body) ? body : await buffer(body));
  assert.match(
    english.replaceAll(/\s+/gu, ' '),
    /This invoice replaces No\. 202605-31-0000001 of 13 June 2026/,
  );
  assert.match(plain(await textOf(await readFile(path))), /を訂正し差し替えるもの/);
});

test('the former is kept: at /my by its revision, and in the files', async () => {
  assert.match(await textOf(await pdf(holder, { revision: 1 })), FORMER_NAME);
  assert.match(
    await textOf(await readFile(join(filesDir, 'invoices', 'corrected', `${FIRST}.pdf`))),
    FORMER_NAME,
  );
  await assert.rejects(pdf(holder, { revision: 3 }), { code: 'not-found' });
  await assert.rejects(pdf(other, { revision: 2 }), { code: 'not-found' });
  const page = await getInvoiceOfLine(world.deps, holder, { period: '2026-05', limit: 10 });
  assert.deepEqual(
    page.corrections.map(({ number, revision, correctedOn }) => ({ number, revision, correctedOn })),
    [{ number: `${FIRST}-2`, revision: 2, correctedOn: '2026-07-01' }],
  );
  assert.deepEqual(
    page.rates.map(({ supplier, totalMinor, taxMinor }) => ({ supplier, totalMinor, taxMinor })),
    [{ supplier: 'registered', totalMinor: 315n, taxMinor: 28n }],
  );
  const csv = await exportLineInvoiceCsv(world.deps, holder, MAY);
  const rows = Buffer.isBuffer(csv.body) ? csv.body : await buffer(csv.body);
  assert.match(rows.toString(), /登録済商店/);
});

test('a second correction finds nothing to correct, and one of a correction refers to it', async () => {
  await assert.rejects(correct(), { code: 'illegal-state' });
  await assert.rejects(correct(`${FIRST}-2`), { code: 'illegal-state' });
  const company = await sqlOf(world.deps.orm.em.fork())
    .selectFrom('company')
    .select('code')
    .where('name', '=', '登録済商店')
    .executeTakeFirstOrThrow();
  await editCompany(world.deps, staff(), { companyCode: company.code, name: '登録商店二号' });
  assert.equal((await correct(`${FIRST}-2`)).number, `${FIRST}-3`);
  assert.match(plain(await textOf(await pdf(holder))), /2026年7月1日付けの請求書202605-31-0000001-2を訂正/);
  const broken = await checkInvariants(world.deps, staff());
  assert.deepEqual(
    broken.flatMap(({ offending }) => offending),
    [],
  );
});

const fileOf = (number: string) => join(filesDir, 'invoices', 'corrected', `${number}.pdf`);

test('a corrected invoice that is lost or damaged is found and written again from its record, byte for byte', async () => {
  const [second, third] = [`${FIRST}-2`, `${FIRST}-3`];
  const filed = await readFile(fileOf(second));
  // Who has moved since gets no other document than was issued.
  await inTransaction(world.deps, async (tx) => {
    const moved = { postalCode: '105-0011', address: '東京都港区芝公園9', building: null };
    await sqlOf(tx.em).updateTable('line_holder').set(moved).where('lineId', '=', holder.lineId).execute();
    const audit = { actor: 'spec', action: 'spec.make', subject: holder.lineId };
    await recordLineChanges(tx, audit, [holder.lineId]);
  });
  const carrier = { ...world.deps.config.carrier, contact: '新しい窓口 0120-111-111' };
  const later = { ...world.deps, config: { ...world.deps.config, carrier } };
  await rm(fileOf(second));
  await writeFile(fileOf(third), 'spoilt');
  const found = (await checkInvariants(world.deps, staff())).flatMap(({ offending }) => offending);
  assert.deepEqual(
    found.map(({ writtenAgainBy, fileChecksum }) => [writtenAgainBy, fileChecksum === 'missing']),
    [
      [`npm run admin -- invoice export --number ${second}`, true],
      [`npm run admin -- invoice export --number ${third}`, false],
    ],
  );
  const typed = await typeCommand(later, ['invoice', 'export', '--number', second]);
  assert.equal(typed.code, 0, typed.error);
  await exportCorrectedInvoice(later, staff(), { number: third });
  assert.deepEqual(await readFile(fileOf(second)), filed);
  const broken = await checkInvariants(world.deps, staff());
  assert.deepEqual(
    broken.flatMap(({ offending }) => offending),
    [],
  );
  await assert.rejects(exportCorrectedInvoice(later, staff(), { number: FIRST }), { code: 'not-found' });
  await assert.rejects(exportCorrectedInvoice(later, holder, { number: second }), {
    code: 'permission-denied',
  });
});

for (const { name, sql, message } of [
  { name: 'changed', sql: "UPDATE invoice_correction SET reason = 'x'", message: /_is_final/ },
  { name: 'removed', sql: 'DELETE FROM invoice_correction', message: /_stays/ },
  {
    name: 'skipped',
    sql: `INSERT INTO invoice_correction SELECT CONCAT(invoice_number, '-', revision + 7), invoice_number, revision + 7, corrected_on,
      reason, content, checksum, corrected_by, created_at FROM invoice_correction WHERE revision = 3`,
    message: /_follows/,
  },
]) {
  test(`a correction of an invoice is never ${name}`, async () => {
    await assert.rejects(world.deps.orm.em.fork().execute(sql), message);
  });
}
