import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import { createCompany } from '../../src/companies/create-company.ts';
import { editCompany } from '../../src/companies/edit-company.ts';
import { contractApproval } from '../../src/contracts/contract-approvals.ts';
import { drawContract } from '../../src/contract-documents/draw-contract.ts';
import { staff } from '../support/actors.ts';
import { contractTerms } from '../support/contract-terms.ts';
import { makeContract, makeService } from '../support/factories.ts';
import { hanako, person } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';
import { readFacts, readPages, readRunningText } from '../templates/statement/read-pdf.ts';

const administrator = person('saburo', 'administrator');
/** PICTURES=/tmp/pictures keeps the documents. */
const { PICTURES } = process.env;

function assertPrints(text: string, ...parts: readonly string[]): void {
  for (const part of parts)
    assert.ok(text.includes(part.replaceAll(/\s/gu, '')), `"${part}" is not printed in:\n${text}`);
}

describe('the document of a contract', () => {
  let world: World;
  let code: string;
  before(async () => {
    world = await createWorld();
    const { company } = await createCompany(world.deps, administrator, {
      code: 'shinonome',
      name: '株式会社東雲シネマ',
      nameEn: 'Shinonome Cinema Inc.',
      address: '東京都江東区豊洲二丁目2番31号',
      registrationNumber: 'T4011001098993',
      registeredFrom: '2023-10-01',
    });
    ({ code } = company);
    await makeService(world.deps, {
      companyId: company.id,
      name: '春の海シネマ',
      nameEn: 'Spring Sea Cinema',
    });
    const terms = { setUpFeeMinor: 30_000n, minimumPayoutMinor: 1_000n, transferFeeMinor: 440n };
    const bearer = { feeBearer: 'company', tariffCode: 'flets-2012' } as const;
    await makeContract(world.deps, {
      companyId: company.id,
      validFrom: '2026-04-01',
      validTo: '2027-04-01',
      ...terms,
      ...bearer,
    });
  });
  after(() => world.close());

  async function draw(validFrom: string, language: 'ja' | 'en' = 'ja', actor = staff()) {
    const { filename, body } = await drawContract(world.deps, actor, {
      companyCode: code,
      validFrom,
      language,
    });
    assert.ok(Buffer.isBuffer(body));
    if (PICTURES !== undefined) {
      mkdirSync(PICTURES, { recursive: true });
      writeFileSync(`${PICTURES}/${filename}`, body);
    }
    return { filename, body, text: (await readRunningText(body)).join('\n') };
  }

  it('has parties, services, term, model, basis, fees, payout and refunds in words', async () => {
    const { text, filename } = await draw('2026-04-01');
    assert.equal(filename, `contract-${code}-20260401-ja.pdf`);
    const { name, address, registrationNumber } = world.config.carrier;
    assertPrints(
      text,
      '収納契約書',
      name,
      address,
      registrationNumber,
      '2026年4月1日現在',
      '株式会社東雲シネマ (shinonome)',
      'T4011001098993',
    );
    assertPrints(text, '春の海シネマ', '2026年5月10日現在', '2026年4月1日から2027年3月31日まで');
    assertPrints(
      text,
      '収納代行：未回収の代金は乙の負担とします。',
      '請求基準',
      '30,000円（初回の精算で差し引きます）',
    );
    assertPrints(text, '1,000円（満たない額は翌月に繰り越します）', '1回につき440円（税込）を差し引きます。');
    assertPrints(
      text,
      '請求月の2か月後の末日（金融機関の休業日にあたるときは前営業日）',
      '売上の計上から60日以内',
    );
    assert.doesNotMatch(text, /下書き/);
  });

  it('has the tariff in words, and as a curve of figures that the settlement would come to', async () => {
    const { text } = await draw('2026-04-01');
    assertPrints(text, '請求総額（税込）の5%', '計算例：1,000回線に1件ずつ');
    assertPrints(
      text,
      '600円600,000円料率30,000円',
      '901円901,000円段階45,000円',
      '599円599,000円最低手数料30,000円',
    );
  });

  it('has the clauses of its legal model, numbered, and places to sign', async () => {
    const { text } = await draw('2026-04-01');
    assertPrints(text, '第1条（収納の委託）', '第2条（未回収の取扱い）', '記名押印', '甲（通信事業者）');
    assert.doesNotMatch(text, /債権の譲渡/);
  });

  it('is English in all of its parts', async () => {
    const { body, text } = await draw('2026-04-01', 'en');
    assertPrints(text, 'Collection contract', 'Spring Sea Cinema', '1 April 2026 to 31 March 2027');
    assertPrints(text, 'Collection agency: the Company bears', '1. Collection agency', '¥30,000, deducted');
    assert.doesNotMatch((await readPages(body)).join('\n'), /ます。/);
    assert.match(await readFacts(body), /Tagged:\s+yes/);
  });

  it('names the company as documents of its first day do, whatever it is called since', async () => {
    const before = await draw('2026-04-01');
    await editCompany(world.deps, administrator, {
      companyCode: code,
      name: '株式会社新社名',
      validFrom: '2026-05-10',
    });
    const again = await draw('2026-04-01');
    assert.deepEqual(again.body, before.body, 'the same content gives the same bytes');
    assertPrints(again.text, '株式会社東雲シネマ');
  });

  it('is a draft, marked on every page, while it is proposed, for who may read proposals alone', async () => {
    await proposeChange(world.deps, hanako, contractApproval, {
      input: { ...contractTerms, companyCode: code, validFrom: '2027-04-01', legalModel: 'assignment' },
      reason: '契約の更新',
    });
    const { filename, body, text } = await draw('2027-04-01');
    assert.equal(filename, `draft-contract-${code}-20270401-ja.pdf`);
    for (const page of await readRunningText(body)) assert.match(page, /下書き/);
    assertPrints(text, '承認前の下書きです。', '債権譲渡', '期限の定めなし', '株式会社新社名');
    assert.doesNotMatch(text, /収納の委託|登録日/);
  });

  it('is not there for a day on which no contract begins', async () => {
    await assert.rejects(draw('2026-05-01'), { code: 'contract-not-found' });
  });
});
