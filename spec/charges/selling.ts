import { Readable } from 'node:stream';
import { authorizeCharge } from '../../src/charges/authorize-charge.ts';
import { captureCharge } from '../../src/charges/capture-charge.ts';
import { createCharge } from '../../src/charges/create-charge.ts';
import { recordUsageCharges } from '../../src/charges/record-usage-charges.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { importLines } from '../../src/line-import/import-lines.ts';
import type { Buyer } from '../../src/lines/entitlement.queries.ts';
import { makeConsent, makeSubscriber, type makeSale } from '../support/factories.ts';
import type { World } from '../support/world.ts';
import { keyOf, signedIn, staff } from '../support/actors.ts';

export type Sale = Awaited<ReturnType<typeof makeSale>>;

/** An instant of a day at some hour in Tokyo. */
export const tokyo = (date: string, time = '12:00') => new Date(`${date}T${time}:00+09:00`);

/** Sells in a world, by its use cases. */
export class SellingTerms {
  readonly world: World;
  readonly sale: Sale;

  constructor(world: World, sale: Sale) {
    this.world = world;
    this.sale = sale;
  }

  /** A charge that its buyer has confirmed, to be captured later or at once. */
  async authorize(amountMinor: bigint, over: { buyer?: Buyer; automaticCapture?: boolean } = {}) {
    const { buyer = this.sale.buyer, automaticCapture = false } = over;
    const { id } = await createCharge(this.world.deps, keyOf(this.sale.company.id), {
      serviceCode: this.sale.service.code,
      amountMinor,
      taxCode: 'standard',
      description: '映画「海の底」',
      returnUrl: 'https://shop.example/thanks',
      automaticCapture,
    });
    return authorizeCharge(this.world.deps, signedIn(buyer), { chargeId: id });
  }

  capture(chargeId: string, amountMinor?: bigint) {
    return captureCharge(this.world.deps, keyOf(this.sale.company.id), { chargeId, amountMinor });
  }

  /** A use under a consent: the code of its refusal, or the billing period that took it. */
  async use(amountMinor: bigint, over: { consentId?: string; occurredAt?: Date } = {}): Promise<string> {
    const { consentId = this.sale.consent.id, occurredAt } = over;
    const item = { consentId, amountMinor, taxCode: 'standard', description: '楽曲1曲', occurredAt } as const;
    const [outcome] = await recordUsageCharges(this.world.deps, keyOf(this.sale.company.id), {
      items: [item],
    });
    return outcome?.kind === 'captured'
      ? String(outcome.charge.billingPeriod)
      : String(outcome?.problem.code);
  }

  /** Another issued ID of a tenure, with a consent. */
  async person(over: { slot: number; holderFrom?: string; monthlyLimitMinor?: bigint }) {
    const { lineId } = this.sale.line;
    const subscriber = await makeSubscriber(this.world.deps, { lineId, ...over });
    const { id: subscriberId, holderFrom } = subscriber;
    const of = { companyId: this.sale.company.id, serviceId: this.sale.service.id };
    const consent = await makeConsent(this.world.deps, { ...of, subscriberId, lineId, holderFrom });
    return { subscriber, buyer: { subscriberId, lineId, holderFrom }, consentId: consent.id };
  }

  /** Imports rows of the line: `holder, closing_group, status, valid_from, valid_to`. */
  async import(...rows: string[]) {
    const lines = rows.map((row) => `${this.sale.line.lineId},${row}`);
    const text = ['line_id,holder,closing_group,status,valid_from,valid_to', ...lines, ''].join('\n');
    const source = Readable.from([Buffer.from(text)]);
    return importLines(this.world.deps, staff(), { source, fileName: 'lines.csv' });
  }

  /** What invoices of the tenure would come to: captured amounts by billing period. */
  async booked(holderFrom = this.sale.buyer.holderFrom): Promise<Record<string, bigint>> {
    const rows = await sqlOf(this.world.deps.orm.em.fork())
      .selectFrom('line_period')
      .select(['period', 'spentMinor'])
      .where('lineId', '=', this.sale.line.lineId)
      .where('holderFrom', '=', holderFrom)
      .where('spentMinor', '>', 0n)
      .execute();
    return Object.fromEntries(rows.map(({ period, spentMinor }) => [period, spentMinor]));
  }
}
