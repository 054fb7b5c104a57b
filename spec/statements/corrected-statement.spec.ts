import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { editCompany } from '../../src/companies/edit-company.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { sendMails } from '../../src/mails/send-mails.ts';
import type { OutgoingMail } from '../../src/mails/mail-transport.ts';
import { correctStatement } from '../../src/statements/correct-statement.ts';
import { drawDraftStatement } from '../../src/statements/draw-draft-statement.ts';
import { exportStatementAgain } from '../../src/statements/export-statement-again.ts';
import { renderStatements } from '../../src/statements/render-statements.ts';
import { UNFINISHED } from '../../src/shared/durable-file.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { jobActor } from '../../src/access/actor.ts';
import { staff } from '../support/actors.ts';
import { approveDrafts } from '../support/approve-settlements.ts';
import { closeMonth, makeLineIds } from '../support/closed-month.ts';
import { makeCompany, makeContract, makeService } from '../support/factories.ts';
import { fakeRun } from '../support/fake-run.ts';
import { readMailsOf } from '../support/mailbox.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let filesDir: string;
let code: string;
let drafted: string;

before(async () => {
  filesDir = await mkdtemp(join(tmpdir(), 'corrected-'));
  world = await createWorld({ FILES_DIR: filesDir });
  const company = await makeCompany(world.deps, { code: 'shirakaba', name: '株式会社しらかば' });
  code = company.code;
  const service = await makeService(world.deps, { companyId: company.id, name: '映画配信' });
  await makeContract(world.deps, { companyId: company.id, tariffCode: 'flets-2011' });
  await editCompany(world.deps, staff(), { companyCode: code, billingEmail: 'billing@shirakaba.example' });
  await closeMonth(world.deps, {
    period: '2026-05',
    sales: makeLineIds(3).map((lineId) => ({
      companyId: company.id,
      serviceId: service.id,
      lineId,
      closingGroup: 31 as const,
      amountMinor: 800n,
    })),
  });
  await fakeRun(world.deps, settleCompanies, { job: 'settle-companies', businessDate: '2026-06-25' });
  const draft = await drawDraftStatement(world.deps, staff(), { companyCode: code, period: '2026-05' });
  drafted = (await promisify(execFile)('pdftotext', ['-raw', '-enc', 'UTF-8', draft.path, '-'])).stdout;
  await approveDrafts(world.deps);
  await render();
});
after(async () => {
  await world.close();
  await rm(filesDir, { recursive: true });
});

const render = () =>
  fakeRun(world.deps, renderStatements, { job: 'render-statements', businessDate: '2026-06-25' });
const fileOf = (name: string) => join(filesDir, 'statements', name);
const readText = async (name: string) =>
  (await promisify(execFile)('pdftotext', ['-raw', '-enc', 'UTF-8', fileOf(name), '-'])).stdout;
const correct = () =>
  correctStatement(world.deps, staff(), { companyCode: code, period: '2026-05', reason: 'misspelt' });

test('a draft can be looked at before it is approved, and says what it is', async () => {
  assert.match(drafted, /承認前の下書きです/);
  assert.match(drafted, /株式会社しらかば/);
  await assert.rejects(
    drawDraftStatement(world.deps, staff(), { companyCode: code, period: '2026-05' }),
    /no draft/,
  );
});

test('an issued statement is mailed to the billing address once, with its PDF', async () => {
  await render();
  const mails = await readMailsOf(world.deps, 'statement-issued');
  assert.equal(mails.length, 1);
  const sent: OutgoingMail[] = [];
  const open = () =>
    Promise.resolve({ send: (mail: OutgoingMail) => Promise.resolve(void sent.push(mail)), close: () => {} });
  await sendMails(world.deps, jobActor('send-mails'), { open });
  assert.equal(sent[0]?.to, 'billing@shirakaba.example');
  assert.equal(sent[0].attachments?.[0]?.filename, 'shirakaba-2026-05.pdf');
  const issued = await readFile(fileOf('shirakaba-2026-05.pdf'));
  assert.ok(sent[0].attachments[0].content.equals(issued));
});

test('refuses to correct what is right', async () => {
  await assert.rejects(correct(), /as they were on its date/);
});

test('a corrected statement names the company rightly, refers to the former, and both are kept', async () => {
  const issued = await readFile(fileOf('shirakaba-2026-05.pdf'));
  await editCompany(world.deps, staff(), {
    companyCode: code,
    name: '株式会社シラカバ',
    billingLanguage: 'ja',
  });
  const unfinished = fileOf(`shirakaba-2026-06.pdf${UNFINISHED}`);
  await writeFile(unfinished, 'of the night that is running');
  const { number, path } = await correct();
  assert.equal(await readFile(unfinished, 'utf8'), 'of the night that is running');
  await rm(unfinished);
  assert.match(number, /-2$/);
  assert.equal(path, fileOf('shirakaba-2026-05-2.pdf'));
  const text = await readText('shirakaba-2026-05-2.pdf');
  assert.match(text, /株式会社シラカバ/);
  assert.match(text.replaceAll(/\s/gu, ''), /付け精算書S202605-\w+を訂正するものです/);
  assert.ok((await readFile(fileOf('shirakaba-2026-05.pdf'))).equals(issued));
  const corrected = await readFile(path);
  await rm(path);
  await exportStatementAgain(world.deps, staff(), { companyCode: code, period: '2026-05', revision: 2 });
  assert.ok((await readFile(path)).equals(corrected), 'a lost correction is written again, byte for byte');
  await assert.rejects(correct(), /as they were on its date/);
  const mails = await readMailsOf(world.deps, 'statement-issued');
  assert.equal(mails.length, 2);
  const broken = await checkInvariants(world.deps, staff());
  assert.deepEqual(
    broken.flatMap(({ offending }) => offending),
    [],
  );
});

for (const { name, sql, message } of [
  { name: 'changed', sql: "UPDATE statement_correction SET number = 'x'", message: /_is_final/ },
  { name: 'removed', sql: 'DELETE FROM statement_correction', message: /_stays/ },
  {
    name: 'skipped',
    sql: `INSERT INTO statement_correction SELECT settlement_id, revision + 2, 'y', corrected_on, reason, content, checksum,
      corrected_by, created_at FROM statement_correction`,
    message: /_follows/,
  },
]) {
  test(`a correction is never ${name}`, async () => {
    await assert.rejects(world.deps.orm.em.fork().execute(sql), message);
  });
}
