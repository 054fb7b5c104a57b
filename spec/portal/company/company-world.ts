import { noteRequest } from '../../../src/request-log/note-request.ts';
import { storeRequests } from '../../../src/request-log/store-requests.ts';
import { makeSigner } from '../../support/signing.ts';
import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { sqlOf } from '../../../src/database/sql.ts';
import type { Deps } from '../../../src/deps.ts';
import { rollUp } from '../../../src/reports/roll-up.ts';
import { executeRun } from '../../../src/runs/execute-run.ts';
import { settleCompanies } from '../../../src/settlements/settle-companies.ts';
import { CLOSING_GROUPS } from '../../../src/shared/calendar.rules.ts';
import type { MovableClock } from '../../../src/shared/clock.ts';
import {
  createPaymentRequest,
  type NewPaymentRequest,
} from '../../../src/payment-requests/create-payment-request.ts';
import { declinePaymentRequest } from '../../../src/payment-requests/decline-payment-request.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { renderStatements } from '../../../src/statements/render-statements.ts';
import { chargeUsageFiles } from '../../../src/usage-files/charge-usage-files.ts';
import { acceptUsageFile, storeContent } from '../../../src/usage-files/receive-usage-file.ts';
import { createEndpoint } from '../../../src/webhooks/create-endpoint.ts';
import { testEndpoint } from '../../../src/webhooks/test-endpoint.ts';
import { makeHousehold, selling, type Household } from '../../purchases/household.ts';
import { makeInvited } from '../../support/accounts.ts';
import { job, keyOf, signedIn } from '../../support/actors.ts';
import { approveDrafts } from '../../support/approve-settlements.ts';
import { closeMonth, makeLineIds } from '../../support/closed-month.ts';
import { makeApiKey, makeConsent, makeLine, makeSale } from '../../support/factories.ts';

/** What addresses of a company's portal name; those with `other-` belong to another company. */
export interface CompanyIds {
  readonly [name: string]: string;
  readonly company: string;
  readonly service: string;
  /** A captured charge of today, one that is not captured, a subscription, a consent, an API key. */
  readonly charge: string;
  readonly reserved: string;
  readonly subscription: string;
  readonly consent: string;
  /** A payment request that waits, and one that is declined. */
  readonly request: string;
  readonly 'declined-request': string;
  readonly key: string;
  /** A webhook endpoint, and a test that waits to be sent to it. */
  readonly webhook: string;
  readonly delivery: string;
  /** The approved settlement of January, with its statement. */
  readonly settlement: string;
  /** One of March that is a draft. */
  readonly draft: string;
}

const SETTLED = new Date('2026-04-01T03:00:00.000Z');
const STATED = new Date('2026-05-10T03:00:00.000Z');
const NIGHT = '2026-05-13';
const LATER = new Date('2026-05-14T01:00:00.000Z');

/**
 * A company that sells to a line of five people, and another one. January is settled and its statements are there, March is drafted.
 * There were sales on 13 May, which a night has added up, and on 14 May; the clock is at 14 May, 10:00 in Tokyo.
 */
export async function fillCompanyWorld(deps: Deps, clock: MovableClock): Promise<CompanyIds> {
  clock.set(SETTLED);
  const house = await makeHousehold(deps);
  const { company, service, holder, taro } = house;
  const other = await makeSale(deps);
  await settleMonths(deps, clock, [
    { companyId: company.id, serviceId: service.id, amountMinor: 500n },
    { companyId: other.company.id, serviceId: other.service.id, amountMinor: 900n },
  ]);
  clock.set(new Date('2026-05-13T00:30:00.000Z'));
  await house.use(taro, 330n, { description: '昨日の曲' });
  await house.use(taro, 220n, { description: '昨日のもう1曲' });
  const subscription = await house.subscribe(holder);
  clock.set(new Date('2026-05-13T15:30:00.000Z'));
  const outcome = await executeRun(deps, { job: 'roll-up', businessDate: NIGHT }, rollUp);
  if (outcome.kind !== 'finished') throw new Error(`the night was ${outcome.kind}`);
  clock.set(LATER);
  const charge = await house.use(taro, 550n, { description: '夏の主題歌' });
  const reserved = await house.reserve(holder, 3_300n, { reference: 'order-77' });
  const theirs = await sellElsewhere(deps, other);
  return {
    company: company.code,
    service: service.code,
    charge: publicId('charge', charge),
    reserved: publicId('charge', reserved),
    subscription: publicId('subscription', subscription),
    consent: publicId('consent', holder.consentId),
    ...(await askForPayments(deps, house)),
    key: (await makeApiKey(deps, { companyId: company.id })).id,
    'other-person': String(
      (
        await makeInvited(deps, {
          roles: ['developer'],
          audience: 'company',
          companyCode: other.company.code,
        })
      ).account.id,
    ),
    'other-key': (await makeApiKey(deps, { companyId: other.company.id })).id,
    'logged-request': await makeLoggedRequest(deps, company.id),
    'other-logged-request': await makeLoggedRequest(deps, other.company.id),
    'signing-key': await makeSigningKey(deps, company.id),
    'other-signing-key': await makeSigningKey(deps, other.company.id),
    ...(await makeHook(deps, company.id)),
    settlement: await findSettlement(deps, company.id, '2026-01'),
    draft: await findSettlement(deps, company.id, '2026-03'),
    ...(await hookElsewhere(deps, other.company.id)),
    'other-settlement': await findSettlement(deps, other.company.id, '2026-01'),
    ...theirs,
    // Theirs first: ours has one that still waits.
    'other-usage-file': (await sendFiles(deps, other.company.id, other.consent.id))['usage-file'],
    ...(await sendFiles(deps, company.id, holder.consentId)),
  };
}

/** A request that was refused, as the log has it. */
async function makeLoggedRequest(deps: Deps, companyId: number): Promise<string> {
  const { id: apiKeyId } = await makeApiKey(deps, { companyId });
  noteRequest(deps, {
    companyId,
    apiKeyId,
    requestId: `request-of-${companyId}`,
    method: 'POST',
    route: '/v1/charges',
    path: '/v1/charges',
    status: 422,
    durationMs: 12,
    idempotencyKey: 'order-1001',
    address: '192.0.2.1',
    showsBodies: true,
    requestBody: '{"service":"video","amount":550}',
    responseBody: '{"code":"limit-exceeded"}',
  });
  await storeRequests(deps);
  const { id } = await sqlOf(deps.orm.em.fork())
    .selectFrom('api_request')
    .select('id')
    .where('companyId', '=', companyId)
    .executeTakeFirstOrThrow();
  return id;
}

const makeSigningKey = async (deps: Deps, companyId: number) => (await makeSigner(deps, companyId)).keyId;

/** A request that waits, and one that is declined. */
async function askForPayments(deps: Deps, { company, service, holder }: Household) {
  const ask = (over: Partial<NewPaymentRequest>) =>
    createPaymentRequest(deps, keyOf(company.id), {
      serviceCode: service.code,
      amountMinor: 1_800n,
      taxCode: 'standard',
      description: '出張設定サポート（30分）',
      reference: 'visit-204',
      toKind: 'line',
      to: holder.buyer.lineId,
      ...over,
    });
  const declined = await ask({
    description: 'ルーター設定の代行',
    reference: 'visit-198',
    amountMinor: 2_200n,
  });
  await declinePaymentRequest(deps, signedIn(holder.buyer), { id: declined.id });
  return {
    request: publicId('payment-request', (await ask({ days: 30 })).id),
    'declined-request': publicId('payment-request', declined.id),
  };
}

/** A file that is done, with a refused row, and one that waits; nothing is charged, so figures stay. */
async function sendFiles(deps: Deps, companyId: number, consentId: string) {
  const send = async (amounts: readonly number[]) => {
    const rows = amounts.map((amount) => `cs_${consentId},${amount},standard,利用`);
    const text = `consent,amount,tax_code,description\n${rows.join('\n')}\n`;
    const content = await storeContent(deps, keyOf(companyId), Readable.from([Buffer.from(text)]));
    const sent = { content, isPartial: true, filename: '5月の利用.csv' };
    const { file } = await acceptUsageFile(deps, keyOf(companyId), sent);
    return publicId('usage-file', file.id);
  };
  const done = await send([0]);
  await chargeUsageFiles(deps, job('charge-usage-files'));
  return { 'usage-file': done, 'waiting-usage-file': await send([20]) };
}

async function makeHook(deps: Deps, companyId: number) {
  const actor = keyOf(companyId);
  const { endpoint } = await createEndpoint(deps, actor, { url: 'https://shop.example/webhooks' });
  const { id } = await testEndpoint(deps, actor, endpoint.id);
  return { webhook: publicId('webhook-endpoint', endpoint.id), delivery: publicId('webhook-delivery', id) };
}

async function hookElsewhere(deps: Deps, companyId: number) {
  const { webhook, delivery } = await makeHook(deps, companyId);
  return { 'other-webhook': webhook, 'other-delivery': delivery };
}

interface MonthOfCompany {
  readonly companyId: number;
  readonly serviceId: number;
  readonly amountMinor: bigint;
}

async function settleMonths(
  deps: Deps,
  clock: MovableClock,
  companies: readonly MonthOfCompany[],
): Promise<void> {
  const ids = makeLineIds(CLOSING_GROUPS.length);
  const lines = CLOSING_GROUPS.map((closingGroup, place) => ({ closingGroup, lineId: ids[place]! }));
  for (const line of lines) await makeLine(deps, line);
  const sales = companies.flatMap((company) => lines.map((line) => ({ ...company, ...line })));
  await closeMonth(deps, { period: '2026-01', sales });
  await executeRun(deps, { job: 'settle-companies', businessDate: '2026-02-25' }, settleCompanies);
  await approveDrafts(deps);
  await closeMonth(deps, { period: '2026-03', sales });
  clock.set(STATED);
  await executeRun(deps, { job: 'settle-companies', businessDate: '2026-04-25' }, settleCompanies);
  await executeRun(deps, { job: 'render-statements', businessDate: '2026-02-25' }, renderStatements);
}

async function sellElsewhere(deps: Deps, { company, service, buyer }: Awaited<ReturnType<typeof makeSale>>) {
  const theirs = selling(deps, {
    companyId: company.id,
    serviceCode: service.code,
    returnUrl: 'https://shop.example/',
  });
  const consent = await makeConsent(deps, { companyId: company.id, serviceId: service.id, ...buyer });
  const member = { buyer, consentId: consent.id };
  return {
    'other-charge': publicId('charge', await theirs.use(member, 990n, { description: 'よその曲' })),
    'other-subscription': publicId('subscription', await theirs.subscribe(member)),
    'other-consent': publicId('consent', consent.id),
  };
}

async function findSettlement(deps: Deps, companyId: number, period: string): Promise<string> {
  const { number } = await sqlOf(deps.orm.em.fork())
    .selectFrom('settlement')
    .select('number')
    .where('companyId', '=', companyId)
    .where('billingPeriod', '=', period)
    .executeTakeFirstOrThrow();
  return number;
}
