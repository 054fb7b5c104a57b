import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createRandom } from '../../../batch/demo/random.ts';
import { hashSecret } from '../../../src/companies/api-key.rules.ts';
import { authorizeCharge } from '../../../src/charges/authorize-charge.ts';
import { createCharge } from '../../../src/charges/create-charge.ts';
import { createConsent } from '../../../src/consents/create-consent.ts';
import type { Deps } from '../../../src/deps.ts';
import { publishEvents } from '../../../src/published-events/publish-events.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { refundCharge } from '../../../src/refunds/refund-charge.ts';
import { businessDateOf, monthOf } from '../../../src/shared/calendar.rules.ts';
import { createIds } from '../../../src/shared/ids.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { createPaymentRequest } from '../../../src/payment-requests/create-payment-request.ts';
import { createSubscription } from '../../../src/subscriptions/create-subscription.ts';
import { chargeUsageFiles } from '../../../src/usage-files/charge-usage-files.ts';
import { acceptUsageFile, storeContent } from '../../../src/usage-files/receive-usage-file.ts';
import { createEndpoint } from '../../../src/webhooks/create-endpoint.ts';
import { joinSubscription } from '../../../src/subscriptions/join-subscription.ts';
import { agree, makePartner } from '../../partners/partner-world.ts';
import { makeApiKey, makeConsent, makeLine, makeSale, makeSubscriber } from '../../support/factories.ts';
import type { Vocabulary } from './schema-values.ts';
import { job, keyOf, signedIn } from '../../support/actors.ts';

const OF_EACH = 12;
const input = {
  amountMinor: 500n,
  taxCode: 'standard' as const,
  description: 'film',
  returnUrl: 'https://shop.example/done',
};

/**
 * A company of its own for each round, with something in every state. The seed determines its identifiers, so
 * that a round draws the same requests everywhere.
 */
export async function makeRoundWorld(worldDeps: Deps, seed: number): Promise<Vocabulary> {
  const random = createRandom(seed, 'identifiers');
  const deps: Deps = { ...worldDeps, ids: createIds(worldDeps.clock, random.next) };
  const sale = await makeSale(deps);
  const key = keyOf(sale.company.id);
  const seller = { serviceCode: sale.service.code };
  const secret = createHash('sha256').update(`secret ${seed}`).digest('base64url');
  const apiKey = await makeApiKey(deps, {
    companyId: sale.company.id,
    id: deps.ids.next(),
    secretHash: hashSecret(secret),
  });
  const pending = await times(OF_EACH, () =>
    createCharge(deps, key, { ...seller, ...input, automaticCapture: true }),
  );
  const manual = await times(OF_EACH, () =>
    createCharge(deps, key, { ...seller, ...input, automaticCapture: false }),
  );
  for (const { id } of manual) await authorizeCharge(deps, signedIn(sale.buyer), { chargeId: id });
  const consents = [sale.consent, ...(await times(OF_EACH, () => makeAgreed(deps, sale)))];
  const asked = await times(OF_EACH, () => createConsent(deps, key, { ...seller, ...input }));
  const terms = { ...seller, ...input, chargeDay: 1, firstMonthFree: true, lastMonthFree: false };
  const offered = await timesNamed(OF_EACH, (itemCode) =>
    createSubscription(deps, key, { ...terms, itemCode }),
  );
  for (const { id } of offered.slice(3))
    await joinSubscription(deps, signedIn(sale.buyer), { subscriptionId: id });
  const sold = await times(OF_EACH, () =>
    createCharge(deps, key, { ...seller, ...input, automaticCapture: true }),
  );
  for (const { id } of sold) await authorizeCharge(deps, signedIn(sale.buyer), { chargeId: id });
  const requests = await timesNamed(OF_EACH, (name) =>
    createPaymentRequest(deps, key, {
      ...seller,
      amountMinor: 500n,
      taxCode: 'standard',
      description: name,
      toKind: 'telephone',
      to: `03-5550-${name.replace('item-', '').padStart(4, '0')}`,
    }),
  );
  const refunds = [];
  for (const { id: chargeId } of sold.slice(3)) {
    refunds.push(await refundCharge(deps, key, { chargeId, amountMinor: 10n, reason: 'goodwill' }));
  }
  const monthly = await timesNamed(OF_EACH, (name) =>
    createSubscription(deps, key, { ...terms, itemCode: `monthly-${name}`, firstMonthFree: false }),
  );
  for (const { id } of monthly) await joinSubscription(deps, signedIn(sale.buyer), { subscriptionId: id });
  // Of its own round: the code of a partner is one for all companies.
  const partner = `partner-${seed}`;
  await makePartner(deps, partner);
  const commission = { basis: 'percent', percentBps: 300 } as const;
  await agree(deps, {
    companyCode: sale.company.code,
    partnerCode: partner,
    validFrom: '2026-05-01',
    paidBy: 'company',
    commission,
  });
  await publishEvents(deps, job('publish-events'));
  const events = await sqlOf(deps.orm.em.fork())
    .selectFrom('published_event')
    .select('id')
    .where('companyId', '=', sale.company.id)
    .orderBy('sequence')
    .limit(OF_EACH)
    .execute();
  const endpoints = await times(OF_EACH, () =>
    createEndpoint(deps, key, { url: 'https://shop.example/events' }),
  );
  const endpointIds = endpoints.map(({ endpoint }) => publicId('webhook-endpoint', endpoint.id));
  const rows = consents.slice(0, 4).map(({ id }, n) => `cs_${id},10,standard,fuzz,fuzz-${n}`);
  const files = ['consent,amount,tax_code,description,item_key', ...rows].map(
    (_, n, lines) => `${[lines[0], ...lines.slice(1, n + 1)].join('\n')}\n`,
  );
  const sent = [];
  for (const text of files) {
    const content = await storeContent(deps, key, Readable.from([Buffer.from(text)]));
    sent.push(await acceptUsageFile(deps, key, { content, isPartial: true }));
  }
  await chargeUsageFiles(deps, job('charge-usage-files'));
  const ids = {
    usageFile: sent.map(({ file }) => publicId('usage-file', file.id)),
    event: events.map(({ id }) => publicId('event', id)),
    endpoint: endpointIds.slice(3),
    /** Those that requests remove. */
    spare: endpointIds.slice(0, 3),
    sold: sold.map(({ id }) => publicId('charge', id)),
    refund: refunds.map(({ id }) => publicId('refund', id)),
    monthly: monthly.map(({ id }) => publicId('subscription', id)),
    charge: [...pending, ...manual].map(({ id }) => publicId('charge', id)),
    request: requests.map(({ id }) => publicId('payment-request', id)),
    consent: [...consents, ...asked].map(({ id }) => publicId('consent', id)),
    subscription: offered.map(({ id }) => publicId('subscription', id)),
  };
  return {
    'api key': [`tbn_${apiKey.id}_${secret}`],
    service: [sale.service.code],
    consent: ids.consent,
    after: [...ids.charge, ...ids.consent, ...ids.subscription],
    return_url: ['https://shop.example/done', 'https://shop.example/', 'https://shop.example?a=b#c'],
    // 500 is also one of the amounts that can be checked.
    amount: [1, 300, 500, 500],
    month: [monthOf(businessDateOf(deps.clock.now(), deps.config.timeZone))],
    'file of createUsageFile': [...files, files.at(-1)!.replaceAll('10', '20'), 'no file\n'],
    partner: [partner],
    item_key: ['use-1', 'use-2', 'use-3'],
    to: [sale.buyer.lineId, '03-5550-1234', '090-1234-5678'],
    url: ['https://shop.example/events', 'https://shop.example:8443/a?b=c'],
    since: [deps.clock.now().toISOString()],
    'path of getService': [sale.service.code],
    ...pathsOf(ids),
  };
}

function pathsOf(
  ids: Record<
    | 'request'
    | 'charge'
    | 'sold'
    | 'refund'
    | 'consent'
    | 'subscription'
    | 'monthly'
    | 'event'
    | 'endpoint'
    | 'spare'
    | 'usageFile',
    readonly string[]
  >,
): Vocabulary {
  return {
    'path of getCharge': ids.charge,
    'path of captureCharge': ids.charge,
    'path of cancelCharge': ids.charge,
    'path of createRefund': ids.sold,
    'path of previewRefund': ids.sold,
    'path of listRefundsOfCharge': ids.sold,
    'path of getRefund': ids.refund,
    'path of cancelSubscriptionMonth': ids.monthly,
    'path of getPaymentRequest': ids.request,
    'path of withdrawPaymentRequest': ids.request.slice(OF_EACH / 2),
    'path of getConsent': ids.consent,
    'path of revokeConsent': ids.consent.slice(OF_EACH / 2, OF_EACH + 3),
    'path of getSubscription': ids.subscription,
    'path of cancelSubscription': ids.subscription,
    'path of getUsageFile': ids.usageFile,
    'path of getUsageFileResult': ids.usageFile,
    'path of getEvent': ids.event,
    'path of getWebhookEndpoint': ids.endpoint,
    'path of editWebhookEndpoint': ids.endpoint,
    'path of rotateWebhookSecret': ids.endpoint,
    'path of testWebhookEndpoint': ids.endpoint,
    'path of replayEvents': ids.endpoint,
    'path of listWebhookDeliveries': ids.endpoint,
    'path of deleteWebhookEndpoint': ids.spare,
  };
}

type Sale = Awaited<ReturnType<typeof makeSale>>;

/** Another subscriber on another line with a consent to usage charges. */
async function makeAgreed(deps: Deps, { company, service }: Sale) {
  const { lineId } = await makeLine(deps);
  const { id: subscriberId } = await makeSubscriber(deps, { lineId });
  return makeConsent(deps, { companyId: company.id, serviceId: service.id, subscriberId, lineId });
}

function times<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  return timesNamed(count, make);
}

/** Sequential, because the seed determines the order of the identifiers. */
async function timesNamed<T>(count: number, make: (name: string) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let n = 0; n < count; n += 1) made.push(await make(`item-${n}`));
  return made;
}
