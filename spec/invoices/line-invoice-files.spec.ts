import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import type { Actor, SubscriberActor } from '../../src/access/actor.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { exportLineInvoiceCsv } from '../../src/invoices/export-line-invoice-csv.ts';
import { foldCharges } from '../../src/invoices/fold-charges.ts';
import { findItems } from '../../src/invoices/line-invoice-items.queries.ts';
import { revealPersonalData } from '../../src/personal-data/reveal-personal-data.ts';
import { renderLineInvoice } from '../../src/invoices/render-line-invoice.ts';
import { recordLineChanges } from '../../src/lines/record-line-changes.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { staff } from '../support/actors.ts';
import { makeCompany, makeService, makeSubscriber } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { readPages } from '../templates/statement/read-pdf.ts';
import { capture, makeMarket, type Market } from './captured-charges.ts';

const [FORMER, NEXT] = ['2026-01-01', '2026-05-16'] as const;
const MAY = { period: '2026-05', language: 'ja' } as const;

describe('the files of a line invoice', () => {
  let world: World;
  let market: Market;
  let former: SubscriberActor;
  let child: SubscriberActor;
  let next: SubscriberActor;
  let stranger: SubscriberActor;

  before(async () => {
    world = await createWorld();
    world.clock.set(new Date('2026-07-01T00:00:00.000Z'));
    market = await makeMarket(world.deps, { lineCount: 2 });
    const [lineId, otherLine] = market.lines as [string, string];
    await addHolder(lineId);
    former = await person({ lineId, slot: 1, displayName: '太郎' }, true);
    child = await person({ lineId, slot: 2, displayName: '=cmd()' }, false);
    next = await person({ lineId, slot: 3, holderFrom: NEXT, displayName: '次郎' }, true);
    stranger = await person({ lineId: otherLine, slot: 1, displayName: '花子' }, true);
    await sell(lineId, otherLine);
    await night('fold-charges', '2026-05-31', foldCharges);
    await night('close-periods', '2026-05-31', closePeriods);
  });
  after(() => world.close());

  async function addHolder(lineId: string): Promise<void> {
    const updatedAt = new Date('2026-01-01T00:00:00.000Z');
    const nobody = { birthDate: null, email: null, updatedAt };
    await sqlOf(world.deps.orm.em.fork())
      .insertInto('line_holder')
      .values({ lineId, validFrom: NEXT, validTo: null, ...nobody, holder: '新保有者' })
      .execute();
    const audit = { actor: 'spec', action: 'spec.make', subject: lineId };
    await inTransaction(world.deps, (tx) => recordLineChanges(tx, audit, [lineId]));
  }

  async function person(
    of: { lineId: string; slot: number; displayName: string; holderFrom?: string },
    isHolder: boolean,
  ): Promise<SubscriberActor> {
    const { id, lineId, holderFrom } = await makeSubscriber(world.deps, of);
    return { kind: 'subscriber', subscriberId: id, lineId, holderFrom, isHolder, isOnLine: true };
  }

  async function sell(lineId: string, otherLine: string): Promise<void> {
    // The carrier sells something under its own registration.
    const { registrationNumber } = world.config.carrier;
    const own = await makeCompany(world.deps, { code: 'own', name: '自社', registrationNumber });
    const ownService = await makeService(world.deps, { companyId: own.id, name: '自社の保守' });
    const sale = { ...market.registered, lineId, amountMinor: 105n, subscriberId: former.subscriberId };
    const [film, music] = ['映画 春の海', '楽曲'];
    await capture(world.deps, [
      { ...sale, businessDate: '2026-05-10', description: film },
      { ...sale, businessDate: '2026-05-03', description: music },
      { ...sale, businessDate: '2026-05-04', subscriberId: child.subscriberId, description: '=1+1' },
      { ...sale, ...market.unregistered, businessDate: '2026-05-02', description: '編み図' },
      { ...sale, businessDate: '2026-05-05', taxCode: 'reduced', amountMinor: 1_080n, description: '和菓子' },
      {
        ...sale,
        companyId: own.id,
        serviceId: ownService.id,
        businessDate: '2026-05-06',
        description: '保守',
      },
      {
        ...sale,
        businessDate: '2026-05-20',
        holderFrom: NEXT,
        subscriberId: next.subscriberId,
        description: '次の人の本',
      },
      {
        ...sale,
        lineId: otherLine,
        businessDate: '2026-05-08',
        subscriberId: stranger.subscriberId,
        description: '他人の曲',
      },
      // More than are read at a time.
      ...Array.from({ length: 1_100 }, (_, index) => ({
        ...sale,
        lineId: otherLine,
        businessDate: `2026-05-${String(31 - (index % 31)).padStart(2, '0')}`,
        subscriberId: stranger.subscriberId,
      })),
    ]);
  }

  async function night(job: string, businessDate: string, work: typeof foldCharges): Promise<void> {
    const outcome = await executeRun(world.deps, { job, businessDate }, work);
    assert.equal(outcome.kind, 'finished');
  }

  const pdf = async (actor: Actor, key: Parameters<typeof renderLineInvoice>[2] = MAY) => {
    const { body } = await renderLineInvoice(world.deps, actor, key);
    return Buffer.isBuffer(body) ? body : await buffer(body);
  };
  const csv = async (actor: Actor, key: Parameters<typeof exportLineInvoiceCsv>[2] = MAY) => {
    const { body } = await exportLineInvoiceCsv(world.deps, actor, key);
    return (Buffer.isBuffer(body) ? body : await buffer(body)).toString();
  };

  it('show the holder everything of the tenure in three parts, with the tax of each rate rounded once', async () => {
    const printed = (await readPages(await pdf(former))).join('\n');
    // Own and registered supplies together: 4 × 105 at 10%, 1,080 at 8%; the tax of 420 is 38, not 4 × 9.
    assert.match(printed, /10%対象\s+10%\s+4\s+420\s+38/);
    assert.match(printed, /8%対象（軽減税率）\s+8% ※\s+1\s+1,080\s+80/);
    assert.match(printed, /10%対象\s+登録のない事業者\s+10%\s+1\s+105\s+対象外/);
    assert.match(
      printed,
      /当社のご利用分[^]*自社[^]*適格請求書発行事業者のご利用分[^]*登録商店[^]*その他の事業者[^]*免税商店/,
    );
    assert.match(printed, /保有者1\s+様/);
    assert.match(printed, /¥1,605/);
    assert.doesNotMatch(printed, /次の人の本|他人の曲/);
  });

  it('are the same bytes whenever they are asked for, and other ones in another language', async () => {
    const first = await pdf(former);
    assert.ok(first.equals(await pdf(former)));
    assert.ok(!first.equals(await pdf(former, { ...MAY, language: 'en' })));
    assert.equal(await csv(former), await csv(former));
  });

  it('of a line that changes hands are two, and each holder has one', async () => {
    const printed = (await readPages(await pdf(next))).join('\n');
    assert.match(printed, /新保有者\s+様/);
    assert.match(printed, /次の人の本/);
    assert.doesNotMatch(printed, /映画 春の海|編み図/);
    assert.doesNotMatch(await csv(next), /映画 春の海|編み図/);
  });

  it('list items in the order of parts and days, and end with their number and sum', async () => {
    const written = await csv(former);
    assert.ok(written.startsWith('\uFEFF請求書番号,'));
    const rows: string[][] = parse(written.slice(1));
    assert.deepEqual(
      rows.slice(1, -1).map((row) => [row[2], row[5], row[7], row[10], row[11]]),
      [
        ['2026-05-06', '当社', '保守', '105', '太郎'],
        ['2026-05-03', '適格請求書の対象', '楽曲', '105', '太郎'],
        ['2026-05-04', '適格請求書の対象', "'=1+1", '105', "'=cmd()"],
        ['2026-05-05', '適格請求書の対象', '和菓子', '1080', '太郎'],
        ['2026-05-10', '適格請求書の対象', '映画 春の海', '105', '太郎'],
        ['2026-05-02', '適格請求書の対象外', '編み図', '105', '太郎'],
      ],
    );
    assert.deepEqual([rows.at(-1)?.[0], rows.at(-1)?.[10]], ['合計 6件', '1605']);
    const english: string[][] = parse((await csv(former, { ...MAY, language: 'en' })).slice(1));
    assert.deepEqual([english[0]?.[3], english.at(-1)?.[0]], ['Company', 'Total of 6 items']);
  });

  it('give another person of the line only what that person bought, and no invoice', async () => {
    const rows: string[][] = parse((await csv(child)).slice(1));
    assert.deepEqual(
      rows.slice(1, -1).map((row) => row[7]),
      ["'=1+1"],
    );
    await assert.rejects(pdf(child), { code: 'permission-denied' });
  });

  it('do not exist for other lines, for open periods, and for the carrier without a number', async () => {
    const { number } = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('line_invoice')
      .select('number')
      .where('lineId', '=', former.lineId)
      .where('holderFrom', '=', FORMER)
      .executeTakeFirstOrThrow();
    const byNumber = { number: number ?? '', language: 'ja' } as const;
    for (const actor of [stranger, next]) {
      await assert.rejects(pdf(actor, byNumber), { code: 'not-found' });
      await assert.rejects(csv(actor, byNumber), { code: 'not-found' });
    }
    await assert.rejects(pdf(former, { ...MAY, period: '2026-06' }), { code: 'not-found' });
    await assert.rejects(pdf(staff('x', 'agent')), { code: 'not-found' });
    assert.ok((await pdf(staff('x', 'billing'), byNumber)).equals(await pdf(former)));
  });

  it('open to a person of the support centre once they have asked to see whose they are', async () => {
    const { number } = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('line_invoice')
      .select('number')
      .where('lineId', '=', former.lineId)
      .where('holderFrom', '=', FORMER)
      .executeTakeFirstOrThrow();
    const byNumber = { number: number ?? '', language: 'ja' } as const;
    const agent = staff('x', 'agent');
    const ask = (holderFrom: string) =>
      revealPersonalData(world.deps, agent, { lineId: former.lineId, holderFrom, reason: 'caller' });
    const hidden = {
      code: 'personal-data-hidden',
      facts: { line_id: former.lineId, holder_from: FORMER },
    };
    await assert.rejects(pdf(agent, byNumber), hidden);
    await assert.rejects(csv(agent, byNumber), hidden);
    await ask(NEXT);
    await assert.rejects(pdf(agent, byNumber), hidden, 'another tenure of the line is not enough');
    await ask(FORMER);
    assert.ok((await pdf(agent, byNumber)).equals(await pdf(former)));
    assert.equal(await csv(agent, byNumber), await csv(former));
  });

  it('have each item once, in order, when there are more than are read at a time', async () => {
    const rows: string[][] = parse((await csv(stranger)).slice(1));
    const items = rows.slice(1, -1);
    assert.equal(new Set(items.map((row) => row[12])).size, 1_101);
    const order = items.map((row) => `${row[2]} ${row[12]}`);
    assert.deepEqual(order, order.toSorted());
    assert.equal(rows.at(-1)?.[0], '合計 1101件');
    assert.match((await readPages(await pdf(stranger))).at(-1) ?? '', /小計\s+10%対象\s+10%\s+115,605/);
  });

  it('are read by the keys of the invoice', async () => {
    const invoice = {
      billingPeriod: '2026-05',
      closingGroup: 31,
      lineId: former.lineId,
      holderFrom: FORMER,
    } as const;
    const kysely = world.deps.orm.em.fork().getKysely();
    const page = { issuerNumber: 'T0', part: 'registered' as const };
    const query = findItems(invoice, page).compile(kysely);
    const { rows } = await kysely.executeQuery<{ table: string; key: string | null }>({
      ...query,
      sql: `EXPLAIN ${query.sql}`,
    });
    assert.deepEqual(
      rows.filter(({ key }) => key === null),
      [],
    );
  });
});
