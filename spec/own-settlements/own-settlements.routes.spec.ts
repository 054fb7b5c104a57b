import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { renderStatements } from '../../src/statements/render-statements.ts';
import { createApiWorld, type ApiWorld } from '../support/api-world.ts';
import { approveDrafts } from '../support/approve-settlements.ts';
import { closeMonth, makeLineIds } from '../support/closed-month.ts';
import { fakeRun } from '../support/fake-run.ts';

interface Settlement {
  number: string;
  billing_period: string;
  state: string;
  billed: number;
  fee: number;
  fee_tax: number;
  payout: number;
  carried_out: number;
  transfers: unknown[];
  clawbacks: unknown[];
}
interface Page<T> {
  items: T[];
  next: string | null;
}

const digest = (data: Buffer) => createHash('sha256').update(data).digest('hex');

describe('/v1/settlements', () => {
  let world: ApiWorld;
  let filesDir: string;
  let number: string;
  const run = { job: 'settle-companies', businessDate: '2026-06-25' };
  before(async () => {
    filesDir = await mkdtemp(join(tmpdir(), 'own-settlements-'));
    world = await createApiWorld({ FILES_DIR: filesDir });
    const { company, service } = world.sale;
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
    await fakeRun(world.deps, settleCompanies, run);
  });
  after(async () => {
    await world.close();
    await rm(filesDir, { recursive: true });
  });

  it('shows no draft, neither in the list nor by its number', async () => {
    assert.deepEqual((await world.api.get<Page<Settlement>>('/v1/settlements')).body.items, []);
    const { body } = await world.api.get<{ code: string }>('/v1/settlements/S202605-000001');
    assert.equal(body.code, 'settlement-not-found');
  });

  it('shows what is approved, with figures that add up and the lines that they are made of', async () => {
    await approveDrafts(world.deps);
    const { body: page } = await world.api.get<Page<Settlement>>('/v1/settlements');
    assert.deepEqual([page.items.length, page.next], [1, null]);
    ({ number } = page.items[0]!);
    const { status, body } = await world.api.get<Settlement>(`/v1/settlements/${number}`);
    assert.deepEqual(
      [status, body.billing_period, body.state, body.billed],
      [200, '2026-05', 'approved', 2_400],
    );
    assert.equal(body.billed - body.fee - body.fee_tax, body.payout + body.carried_out);
    assert.deepEqual([body.transfers, body.clawbacks], [[], []]);
    const lines = await world.api.get<Page<{ kind: string; total: number; original_period: null }>>(
      `/v1/settlements/${number}/lines`,
    );
    assert.deepEqual(
      lines.body.items.map(({ kind, total, original_period: from }) => [kind, total, from]),
      [['charge', 2_400, null]],
    );
    const before = await world.api.get<Page<Settlement>>('/v1/settlements?after=2026-05');
    assert.deepEqual(before.body.items, []);
  });

  it('says that a statement is not issued yet, then returns the very bytes that were issued', async () => {
    const path = `/v1/settlements/${number}/statement.pdf`;
    const early = await world.api.get<{ code: string }>(path);
    assert.deepEqual([early.status, early.body.code], [404, 'statement-not-found']);
    await fakeRun(world.deps, renderStatements, { ...run, job: 'render-statements' });
    const token = world.token;
    const reply = await fetch(`${world.origin}${path}`, { headers: { authorization: `Bearer ${token}` } });
    assert.deepEqual([reply.status, reply.headers.get('content-type')], [200, 'application/pdf']);
    assert.match(reply.headers.get('content-disposition') ?? '', /^attachment; filename="[\w.-]+\.pdf"$/);
    const bytes = Buffer.from(await reply.arrayBuffer());
    const folder = join(filesDir, 'statements');
    const file = (await readdir(folder)).find((name) => name.endsWith('.pdf')) ?? '';
    assert.equal(digest(bytes), digest(await readFile(join(folder, file))));
  });

  it('shows nothing of another company, and nothing without the scope', async () => {
    const limited = await world.withScopes('charges:read reports:read');
    for (const rest of ['', '/lines', '/statement.pdf']) {
      const path = `/v1/settlements/${number}${rest}`;
      const foreign = await world.other.get<{ code: string }>(path);
      assert.deepEqual([foreign.status, foreign.body.code], [404, 'settlement-not-found'], path);
      const without = await limited.get<{ code: string }>(path);
      assert.deepEqual([without.status, without.body.code], [403, 'api-key-scope-missing'], path);
    }
  });

  it('adds up today as it stands, by service, and refuses a range that is too long', async () => {
    interface Day {
      date: string;
      charges: number;
      charged: number;
      refunds: number;
      refunded: number;
      added_up: boolean;
    }
    const use = { consent: world.consent, amount: 150, tax_code: 'standard', description: '楽曲' };
    const charge = await world.api.post<{ id: string; business_date: string }>('/v1/usage-charges', use);
    assert.equal(charge.status, 201, charge.text);
    await world.api.post(`/v1/charges/${charge.body.id}/refunds`, { reason: 'defective', amount: 50 });
    const { business_date: date } = charge.body;
    const query = `/v1/reports/daily?from=${date}&through=${date}`;
    const own = { date, charges: 1, charged: 150, refunds: 1, refunded: 50, clawbacks: 0, recoveries: 0 };
    for (const path of [query, `${query}&service=${world.sale.service.code}`]) {
      const { body } = await world.api.get<Page<Day>>(path);
      assert.deepEqual(body.items, [{ ...own, added_up: false }], path);
    }
    assert.deepEqual((await world.other.get<Page<Day>>(query)).body.items, []);
    const foreign = await world.other.get<{ code: string }>(`${query}&service=${world.sale.service.code}`);
    assert.equal(foreign.body.code, 'service-not-found');
    for (const [from, through] of [
      ['2026-05-10', '2026-05-09'],
      ['2026-01-01', '2026-12-31'],
      ['2026-02-30', '2026-03-01'],
    ] as const) {
      const { body } = await world.api.get<{ code: string }>(
        `/v1/reports/daily?from=${from}&through=${through}`,
      );
      assert.equal(body.code, 'invalid-request', from);
    }
  });
});
