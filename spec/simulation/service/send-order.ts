import { setImmediate as turn } from 'node:timers/promises';
import { sqlOf } from '../../../src/database/sql.ts';
import { parsePublicId, publicId } from '../../../src/shared/public-id.rules.ts';
import { apiClient, type Reply } from '../../support/http-client.ts';
import type { EventBodies, Order, Use } from '../history.ts';
import { givenAgain } from '../shadow/requests.ts';
import { NOTHING, refused } from '../shadow/outcome.ts';
import { chargeWords } from './charge-words.ts';
import { SITE } from './create-service.ts';
import { refundWords } from './refund-words.ts';
import type { Service } from './service.ts';

/** Sends a company's request over HTTP until it has a final response, and returns it in the terms of the simulation. */
export async function sendOrder(service: Service, { key, order }: EventBodies['send']): Promise<string> {
  const request = requestOf(service, order);
  if (!request) return NOTHING;
  const { names } = service;
  const client = apiClient(await service.origin(), names.tokens.get(order.body.company));
  let reply = await client.post<ApiAnswer>(request.path, request.body, { key });
  // The first of two simultaneous requests is still running: the documentation says to retry.
  while (reply.status === 409 && reply.body.code === 'idempotency-key-in-use') {
    await turn();
    reply = await client.post<ApiAnswer>(request.path, request.body, { key });
  }
  const name = `${order.body.company}|${key}`;
  if (reply.headers.get('idempotent-replayed') !== 'true') {
    names.answers.set(name, reply.text);
    return wordsOf(service, order, reply);
  }
  if (names.answers.has(name) && names.answers.get(name) !== reply.text)
    return `another answer than the first time: ${reply.text}`;
  return givenAgain(shortWordsOf(reply));
}

/** A charge as the API shows it, as far as the simulation looks, or a problem, or outcomes of many. */
interface ApiAnswer {
  readonly id: string;
  readonly state: 'pending' | 'authorized' | 'captured' | 'cancelled' | 'expired';
  readonly captured_amount: number | null;
  readonly business_date: string | null;
  readonly billing_period: string | null;
  readonly tax_rate_bps: number | null;
  readonly late: boolean;
  readonly code: string;
  /** Of a refund. */
  readonly charge?: string;
  readonly outcomes?: readonly { readonly charge?: ApiAnswer; readonly problem?: ApiAnswer }[];
}

function requestOf({ names }: Service, { kind, body }: Order) {
  switch (kind) {
    case 'create-charge': {
      const { charge: description, service, amount, taxCode: tax_code, automatic } = body;
      const capture = automatic ? 'automatic' : 'manual';
      const sale = { service, amount, tax_code, description, capture, return_url: `${SITE}/done` };
      return { path: '/v1/charges', body: sale };
    }
    case 'capture-charge':
    case 'refund-charge':
    case 'cancel-charge': {
      const id = names.charges.idOf(body.charge);
      if (id === undefined) return undefined;
      const path = `/v1/charges/${publicId('charge', id)}`;
      if (kind === 'cancel-charge') return { path: `${path}/cancel`, body: undefined };
      const amount = body.amount === undefined ? {} : { amount: body.amount };
      if (kind === 'refund-charge')
        return { path: `${path}/refunds`, body: { ...amount, reason: 'requested' } };
      return { path: `${path}/capture`, body: amount };
    }
    default: {
      // Sent again after the consent has got its name, it would be another request.
      if (body.uses.some(({ consent }) => names.consents.idOf(consent) === undefined)) return undefined;
      const charges = body.uses.map(({ use: description, consent, amount, taxCode: tax_code, itemKey }) => ({
        ...(itemKey === undefined ? {} : { item_key: itemKey }),
        consent: publicId('consent', names.consents.idOf(consent)!),
        amount,
        tax_code,
        description,
      }));
      if (charges.length === 1) return { path: '/v1/usage-charges', body: charges[0] };
      return { path: '/v1/usage-charges/batch', body: { charges } };
    }
  }
}

/** Each charge of an answer, with the name it has in the order; what was refused has its code. */
async function wordsOf(service: Service, { kind, body }: Order, reply: Reply<ApiAnswer>): Promise<string> {
  if (reply.status >= 500) return `failed: ${reply.text}`;
  const charges = kind === 'use' ? body.uses.map(({ use }: Use) => use) : [body.charge];
  const words = outcomesOf(reply).map(async (outcome, index) => {
    if (outcome.code !== undefined) return refused(outcome.code);
    if (kind === 'refund-charge')
      return refundWords(service, body.refund, parsePublicId('refund', outcome.id)!);
    return chargeOfApi(service, charges[index]!, outcome);
  });
  return (await Promise.all(words)).join('; ');
}

async function chargeOfApi({ deps, names }: Service, name: string, answer: ApiAnswer): Promise<string> {
  const id = parsePublicId('charge', answer.id)!;
  names.charges.set(name, id);
  const { closingGroup } = await sqlOf(deps.orm.em.fork())
    .selectFrom('charge')
    .select('closingGroup')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const { state, captured_amount: capturedMinor, business_date, billing_period, tax_rate_bps, late } = answer;
  return chargeWords({
    state,
    capturedMinor: capturedMinor === null ? null : BigInt(capturedMinor),
    businessDate: business_date,
    billingPeriod: billing_period,
    taxRateBps: tax_rate_bps,
    closingGroup,
    late,
  });
}

const outcomesOf = ({ body }: Reply<ApiAnswer>): readonly ApiAnswer[] =>
  body.outcomes?.map(({ charge, problem }) => (charge ?? problem)!) ?? [body];

const shortWordsOf = (reply: Reply<ApiAnswer>): string =>
  outcomesOf(reply)
    .map(({ code, state }) => (code === undefined ? (state ?? 'refunded') : refused(code)))
    .join('; ');
