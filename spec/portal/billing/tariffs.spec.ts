import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { queryRows } from '../../../src/database/statement-pipeline.ts';
import { simulateTariff } from '../../../src/settlements/simulate-tariff.ts';
import { hanako } from '../../support/people.ts';
import { openBillingSite, type BillingSite } from './billing-site.ts';

let site: BillingSite;
before(async () => void (site = await openBillingSite()));
after(() => site.close());

const plain = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const read = <T>(text: string) => queryRows<T & object>(site.world.deps.orm.em.fork(), text, []);
const tariff = {
  code: 'spec-2026',
  validFrom: '2026-07-01',
  name: '試験料金',
  nameEn: 'Trial',
  monthlyBaseMinor: '1,000',
  percent: '4.5',
  perLineMinimumMinor: '30',
  bands: '900: 45\n1500: 3%',
};
const draftAt = (fields: Readonly<Record<string, string>>) =>
  `/billing/tariffs/draft?${new URLSearchParams(fields).toString()}`;

describe('the pages of tariffs', () => {
  it('list the tariffs with their price in words and how many contracts are on each', async () => {
    const { text } = await site.get('agent', '/billing/tariffs');
    assert.match(plain(text), /flets-2012 2012年1月1日\(日\) 請求総額（税込）の5%.*?3 /);
    const one = plain((await site.get('lead', '/billing/tariffs/flets-2012', 'en')).text);
    assert.match(one, /Aoba Music Inc\./);
    assert.equal((await site.get('lead', '/billing/tariffs/unknown')).status, 404);
  });

  it('draw a draft beside the present version, and say what is wrong with it', async () => {
    const good = await site.get('billing', draftAt({ ...tariff, code: 'flets-2012' }));
    assert.match(good.text, /<img src="data:image\/svg\+xml;base64,/);
    assert.match(plain(good.text), /月額1,000円、請求総額（税込）の4\.5%/);
    assert.match(plain(good.text), /現在の手数料/);
    const bad = await site.get('billing', draftAt({ ...tariff, percent: '101', bands: 'x' }));
    assert.match(plain(bad.text), /0から100までの料率/);
    assert.doesNotMatch(bad.text, /method="post" novalidate action="\/billing\/tariffs\/draft"/);
    const falling = await site.get('billing', draftAt({ ...tariff, bands: '900: 45\n900: 50' }));
    assert.match(falling.text, /2番目の段階は、平均額900円を超えるところから/);
  });

  it('propose the next version of a tariff that contracts name: one person changes nothing', async () => {
    const versions = await read('SELECT code, valid_from FROM tariff ORDER BY 1, 2');
    const next = { ...tariff, code: 'flets-2012', reason: '2026年7月の改定' };
    const silent = await site.send('billing', '/billing/tariffs/draft', { ...next, reason: '' });
    assert.equal(silent.status, 409);
    const reply = await site.send('billing', '/billing/tariffs/draft', next);
    assert.deepEqual([reply.status, reply.location], [303, '/billing/tariffs/flets-2012']);
    assert.equal((await site.send('billing', '/billing/tariffs/draft', next)).status, 409);
    assert.deepEqual(await read('SELECT code, valid_from FROM tariff ORDER BY 1, 2'), versions);
    assert.match(
      plain((await site.get('auditor', '/billing/tariffs/flets-2012')).text),
      /料金の申請 承認待ち/,
    );
  });

  it('add a tariff that no contract names, once', async () => {
    const reply = await site.send('billing', '/billing/tariffs/draft', tariff);
    assert.deepEqual([reply.status, reply.location], [303, '/billing/tariffs/spec-2026']);
    assert.equal((await site.send('billing', '/billing/tariffs/draft', tariff)).status, 409);
    const [row] = await read<{ definition: string | object }>(
      "SELECT definition FROM tariff WHERE code = 'spec-2026'",
    );
    const stored: unknown =
      typeof row?.definition === 'string' ? JSON.parse(row.definition) : row?.definition;
    assert.deepEqual(stored, {
      monthlyBaseMinor: 1_000,
      percentBps: 450,
      perLineMinimumMinor: 30,
      bands: [
        { aboveAverageMinor: 900, kind: 'fixed-per-line', rate: 45 },
        { aboveAverageMinor: 1_500, kind: 'percent', rate: 300 },
      ],
    });
  });
});

describe('the simulation of a tariff', () => {
  it('gives what was billed where the tariff is the same', async () => {
    const [version] = await read<{ definition: string | object }>(
      "SELECT definition FROM tariff WHERE code = 'flets-2012' ORDER BY valid_from LIMIT 1",
    );
    const definition =
      typeof version!.definition === 'string' ? JSON.parse(version!.definition) : version!.definition;
    const input = { definition, from: '2026-01', through: '2026-04' };
    const { months, feeMinor, billedFeeMinor } = await simulateTariff(site.world.deps, hanako, input);
    assert.ok(months.length >= 6 && feeMinor > 0n);
    assert.equal(feeMinor, billedFeeMinor);
    for (const one of months)
      assert.deepEqual([one.feeMinor, one.branch], [one.billedFeeMinor, one.billedBranch]);
  });

  it('differs by the tariff, is bounded, and writes nothing', async () => {
    const definition = { monthlyBaseMinor: 100, percentBps: 0, perLineMinimumMinor: 0, bands: [] };
    const input = { definition, from: '2026-01', through: '2026-04', companyCode: 'minato' };
    const { months, feeMinor } = await simulateTariff(site.world.deps, hanako, input);
    assert.equal(feeMinor, 100n * BigInt(months.length));
    const long = { ...input, from: '2023-01' };
    await assert.rejects(simulateTariff(site.world.deps, hanako, long), { code: 'invalid-request' });
    const faulty = {
      ...input,
      definition: { ...definition, bands: [{ aboveAverageMinor: 9, kind: 'percent' as const, rate: 1 }] },
    };
    await assert.rejects(simulateTariff(site.world.deps, hanako, faulty), { code: 'invalid-request' });
  });

  it('is a page and a file of the same figures, and says what it cannot do', async () => {
    const query = '?tariff=flets-2011~2011-07-01&from=2026-01&through=2026-04';
    const page = await site.get('auditor', `/billing/tariffs/simulate${query}`, 'en');
    assert.match(plain(page.text), /Difference/);
    const file = await site.get('auditor', `/billing/tariffs/simulate/csv${query}`);
    assert.match(file.text, /aoba,株式会社あおば音楽,2026-01,/);
    const wrong = await site.get('billing', '/billing/tariffs/simulate?definition=%7B%7D');
    assert.equal(wrong.status, 200);
    assert.match(wrong.text, /試算できません/);
  });
});
