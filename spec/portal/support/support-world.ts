import { reportPurchase } from '../../../src/cases/report-purchase.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import type { Deps } from '../../../src/deps.ts';
import { issueSubscriber } from '../../../src/identity/issue-subscriber.ts';
import { proposeRefund } from '../../../src/refunds/refund-approval.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import type { MovableClock } from '../../../src/shared/clock.ts';
import { asHolder, makeHousehold, runNight } from '../../purchases/household.ts';
import { staff } from '../../support/actors.ts';
import { makeLine } from '../../support/factories.ts';

/** What addresses of the support desk name. */
export interface SupportIds {
  readonly [name: string]: string;
  readonly company: string;
  /** A line with five people who bought, its tenure, and its telephone number. */
  readonly line: string;
  readonly tenure: string;
  /** A captured charge on the invoice of April, one that is not captured, a subscription, a consent, an invoice, a case. */
  readonly charge: string;
  readonly reserved: string;
  readonly subscription: string;
  readonly consent: string;
  readonly invoice: string;
  readonly case: string;
  /** A refund that waits for another person. */
  readonly proposal: string;
  /** A line that belongs to somebody else, and an issued ID on it. */
  readonly 'other-line': string;
  readonly 'issued-id': string;
}

/** The holder of the line: what nobody sees without asking. */
export const HOLDER = {
  holder: '東西 花子',
  holderKana: 'トウザイ ハナコ',
  birthDate: '1980-02-03',
  email: 'hanako.tozai@example.jp',
  telephone: '+81312349876',
  postalCode: '100-0001',
  address: '東京都千代田区千代田1-1',
  building: 'つばめハイツ101',
} as const;

const MAY = new Date('2026-05-01T01:00:00.000Z');
const TODAY = new Date('2026-05-14T01:00:00.000Z');

/**
 * A line of April whose people bought, subscribed and consented; its invoice of April is numbered. In May the holder bought again
 * and reported it. The clock is at 2026-05-14, 10:00 in Tokyo.
 */
export async function fillSupportWorld(deps: Deps, clock: MovableClock): Promise<SupportIds> {
  clock.set(new Date('2026-04-10T03:00:00.000Z'));
  const house = await makeHousehold(deps);
  const { holder, taro, company, line } = house;
  await sqlOf(deps.orm.em.fork())
    .updateTable('line_holder')
    .set(HOLDER)
    .where('lineId', '=', line.lineId)
    .execute();
  const charge = await house.use(taro, 550n, { description: '夏の主題歌' });
  const subscription = await house.subscribe(holder);
  clock.set(MAY);
  await runNight(deps, '2026-04-30');
  clock.set(TODAY);
  const reported = await house.use(holder, 1_100n);
  const reserved = await house.reserve(holder, 3_300n);
  const { number } = await reportPurchase(deps, asHolder(holder), {
    purchase: { kind: 'charge', id: reported },
    text: '覚えがありません。',
  });
  const proposal = await proposeRefund(deps, staff(), {
    refund: { chargeId: reported, reason: 'unauthorized' },
    why: 'お客さまのお申し出による',
  });
  const other = await makeLine(deps, { holder: { holder: '南北 次郎', holderKana: 'ナンボク ジロウ' } });
  const { subscriber } = await issueSubscriber(deps, staff(), { lineId: other.lineId, displayName: '次郎' });
  return {
    company: company.code,
    line: line.lineId,
    tenure: line.holderFrom,
    charge: publicId('charge', charge),
    reserved: publicId('charge', reserved),
    subscription: publicId('subscription', subscription),
    consent: publicId('consent', holder.consentId),
    case: number,
    proposal: publicId('approval', proposal),
    'other-line': other.lineId,
    'issued-id': subscriber.issuedId,
    invoice: await findInvoice(deps, line.lineId),
  };
}

async function findInvoice(deps: Deps, lineId: string): Promise<string> {
  const { number } = await sqlOf(deps.orm.em.fork())
    .selectFrom('line_invoice')
    .select('number')
    .where('lineId', '=', lineId)
    .where('billingPeriod', '=', '2026-04')
    .executeTakeFirstOrThrow();
  return number!;
}
