import type { Config } from '../../../config/config.ts';
import { COMPANY_RATE_LIMIT } from '../../api/rate-limit.ts';
import { emptySchema, type AnyEndpoint } from '../../api/define-endpoint.ts';
import { describeProblem } from '../../http/problem-document.rules.ts';
import { exampleAnswers } from '../../example-answers.ts';
import type { Locale } from '../../shared/money.ts';
import type { Problem } from '../../shared/problem.ts';
import { compileSchema } from '../../shared/schema-check.ts';
import { invalidRequest } from '../../api/invalid-request.ts';
import { translator } from '../messages/translate.ts';
import { curlOf } from './curl.rules.ts';
import { fieldRows, objectAnchor } from './field-rows.rules.ts';
import { highlightJson } from './highlight-json.rules.ts';
import { inlineCode } from './inline-code.rules.ts';
import { viewOperation } from './operation-view.rules.ts';
import { referenceObjects } from './reference-objects.rules.ts';

/** Sections of the guide in their order; also their anchors and the last part of their titles' keys. */
const guideSections = [
  'quick-start',
  'authentication',
  'money',
  'idempotency',
  'errors',
  'lists',
  'versioning',
] as const;

/** Everything the reference page shows in one language, from the operations themselves. */
export function viewDocs(config: Config, endpoints: readonly AnyEndpoint[], language: Locale) {
  const t = translator(language);
  const examples = exampleAnswers(config.publicOrigin);
  const objects = referenceObjects(endpoints);
  const context = { t, language, examples, objects: new Set(objects.keys()) };
  const operations = endpoints.map((endpoint) => viewOperation(endpoint, context));
  return {
    guideSections,
    guide: viewGuide(config, endpoints, examples),
    groups: [...Map.groupBy(operations, ({ group }) => group)].map(([group, members]) => ({
      group,
      operations: members,
    })),
    objects: [...objects].map(([title, schema]) => ({
      title,
      anchor: objectAnchor(title),
      description: inlineCode(schema.description ?? ''),
      rows: fieldRows(schema, t),
    })),
  };
}

/** The examples of the guide, from those of the operations. */
function viewGuide(
  { publicOrigin, currency, timeZone }: Config,
  endpoints: readonly AnyEndpoint[],
  examples: Readonly<Record<string, object>>,
) {
  const sale = endpoints.find(({ name }) => name === 'createCharge')?.exampleBody as { return_url: string };
  const charge = examples['createCharge'] as Record<string, unknown>;
  const { id, confirm_url: confirmUrl } = charge as { id: string; confirm_url: string };
  const refusal = refuse(endpoints, { ...sale, amount: '550' });
  const surroundings = { publicOrigin, requestId: 'd2719b62-6d0f-4d43-9c7b-0f6b8d1c2a35' };
  return {
    origin: publicOrigin,
    currency,
    timeZone,
    requestsPerSecond: COMPANY_RATE_LIMIT.perSecond.toLocaleString('en'),
    chargeId: id,
    confirmUrl,
    sell: curlOf({
      method: 'POST',
      url: `${publicOrigin}/v1/charges`,
      key: '0b5fd7a2-8c1e-4c07-9e55-6a1d2f3b4c5d',
      body: sale,
    }),
    sold: highlightJson(pick(charge, ['id', 'state', 'amount', 'currency', 'confirm_url', 'expires_at'])),
    returned: `${sale.return_url}?tabane_id=${id}&tabane_state=captured`,
    read: curlOf({ method: 'GET', url: `${publicOrigin}/v1/charges/${id}` }),
    readCharge: highlightJson(
      pick(examples['getCharge'] as Record<string, unknown>, ['id', 'state', 'captured_amount', 'reference']),
    ),
    problem: highlightJson(describeProblem(refusal, surroundings)),
  };
}

/** What the sale is refused with when its body is this one. */
function refuse(endpoints: readonly AnyEndpoint[], body: object): Problem {
  const outcome = compileSchema(endpoints.find(({ name }) => name === 'createCharge')?.body ?? emptySchema)(
    body,
  );
  if (outcome.valid) throw new Error('the example of a refusal is not refused');
  return invalidRequest('body', outcome.errors);
}

function pick(whole: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, whole[name]]));
}
