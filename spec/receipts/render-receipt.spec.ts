import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Actor } from '../../src/access/actor.ts';
import { authorizeCharge } from '../../src/charges/authorize-charge.ts';
import { createCharge } from '../../src/charges/create-charge.ts';
import { refundCharge } from '../../src/refunds/refund-charge.ts';
import { revealPersonalData } from '../../src/personal-data/reveal-personal-data.ts';
import { renderReceipt } from '../../src/receipts/render-receipt.ts';
import { periodRange } from '../../src/shared/calendar.rules.ts';
import { keyOf, staff } from '../support/actors.ts';
import { makeSale } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { asHolder, asMember, makeHousehold, runNight, type Household } from '../purchases/household.ts';
import { readPages } from '../templates/statement/read-pdf.ts';

describe('the record of a purchase', () => {
  let world: World;
  let home: Household;
  let film: string;

  before(async () => {
    world = await createWorld();
    home = await makeHousehold(world.deps);
    film = await buyOnPage();
  });
  after(() => world.close());

  /** Taro confirms a purchase on the carrier's page, which is charged at once. */
  async function buyOnPage(): Promise<string> {
    const { id } = await createCharge(world.deps, keyOf(home.company.id), {
      serviceCode: home.service.code,
      amountMinor: 440n,
      taxCode: 'standard',
      description: '映画「春の海」',
      automaticCapture: true,
      returnUrl: 'https://shop.example/',
    });
    const confirmation = {
      issuedId: 'F12345678901',
      texts: {},
      language: 'ja',
      templateVersion: '0'.repeat(64),
      address: '203.0.113.77',
      provenBy: 'password',
      line: { server: '127.0.0.1:1812', answer: 'accept', provenAt: world.clock.now() },
    } as const;
    await authorizeCharge(world.deps, asMember(home.taro), { chargeId: id, confirmation });
    return id;
  }

  async function read(actor: Actor, chargeId: string, language: 'ja' | 'en' = 'ja'): Promise<string> {
    const { body } = await renderReceipt(world.deps, actor, { chargeId, language });
    assert.ok(Buffer.isBuffer(body));
    return (await readPages(body)).join('\n');
  }

  it('has number, local time, seller, amount with its tax, buyer and how it was confirmed', async () => {
    const text = await read(asMember(home.taro), film);
    const { name, registrationNumber } = home.company;
    const expected = [`ch_${film}`, '2026年5月10日 12:00', '映画「春の海」', name, registrationNumber ?? ''];
    for (const part of [...expected, '¥440', '40円', '太郎', '回線の認証と発行ID・パスワード', '203.0.113.*'])
      assert.ok(text.includes(part), `"${part}" is not in:\n${text}`);
    assert.ok(!text.includes('203.0.113.77'));
    assert.match(text, /（発行前）/);
  });

  it('names the seller in English in an English one', async () => {
    const text = await read(asMember(home.taro), film, 'en');
    assert.ok(text.includes(home.company.nameEn) && text.includes(home.service.nameEn));
  });

  it('is for who bought, for the holder of the line and for support, and for nobody else', async () => {
    const [mine, others] = [await read(asMember(home.taro), film), await home.use(home.holder, 300n)];
    assert.equal(await read(asHolder(home.holder), film), mine);
    assert.equal(await read(staff('x', 'billing'), film), mine);
    const agent = staff('x', 'agent');
    await assert.rejects(read(agent, film), { code: 'personal-data-hidden' });
    const { lineId, holderFrom } = home.line;
    await revealPersonalData(world.deps, agent, { lineId, holderFrom, reason: 'caller' });
    assert.equal(await read(agent, film), mine);
    await assert.rejects(read(asMember(home.taro), others), { code: 'charge-not-found' });
    const stranger = await makeSale(world.deps);
    const actor = { ...asMember(home.taro), ...stranger.buyer, isHolder: true };
    await assert.rejects(read(actor, film), { code: 'charge-not-found' });
    await assert.rejects(read(staff('x', 'administrator'), film), { code: 'permission-denied' });
  });

  it('of a purchase that is only reserved has no tax yet, and of one that ran out there is none', async () => {
    const reserved = await home.reserve(home.taro, 500n);
    assert.match(await read(asMember(home.taro), reserved), /提供時に確定します/);
    const now = world.clock.now();
    world.clock.set(new Date('2026-06-01T03:00:00.000Z'));
    await assert.rejects(read(asMember(home.taro), reserved), { code: 'illegal-state' });
    world.clock.set(now);
  });

  it('names the invoice once it is issued', async () => {
    const { closesOn } = periodRange('2026-05', home.line.closingGroup);
    world.clock.set(new Date('2026-06-26T03:00:00.000Z'));
    await runNight(world.deps, closesOn);
    const text = await read(asHolder(home.holder), film);
    assert.match(text, /請求書番号\s+202605-\d\d-0000001/);
  });

  it('says what was given back, and what is left', async () => {
    assert.ok(!(await read(asHolder(home.holder), film)).includes('ご返金'));
    for (const amountMinor of [100n, 40n])
      await refundCharge(world.deps, keyOf(home.company.id), {
        chargeId: film,
        amountMinor,
        reason: 'requested',
      });
    const text = await read(asMember(home.taro), film);
    assert.match(text, /ご返金額（税込）\s+140円（最終 2026年6月26日）/);
    assert.match(text, /ご返金後の金額（税込）\s+300円/);
    const english = await read(asMember(home.taro), film, 'en');
    assert.match(english, /¥140 \(last on 26 June 2026\)/);
  });
});
