import type { Config } from '../../../config/config.ts';
import { COMPANY_RATE_LIMIT } from '../../api/rate-limit.ts';
import { emptySchema, type AnyEndpoint } from '../../api/define-endpoint.ts';
import { describeProblem } from '../../http/problem-document.rules.ts';
import { exampleResponses } from '../../example-responses.ts';
import type { Locale } from '../../shared/money.ts';
import type { Problem } from '../../shared/problem.ts';
import { compileSchema } from '../../shared/schema-check.ts';
import { invalidRequest } from '../../api/invalid-request.ts';
import { translator } from '../messages/translate.ts';
import { eventGuides } from '../messages/event-guides.ts';
import { exampleCurl } from './example-curl.rules.ts';
import { describeIn } from './reference-texts.ts';
import { fieldRows, objectAnchor } from './field-rows.rules.ts';
import { highlightJson } from './highlight-json.rules.ts';
import { inlineCode } from './inline-code.rules.ts';
import { viewOperation } from './operation-view.rules.ts';
import { referenceObjects } from './reference-objects.rules.ts';

/** Sections of the guide in their order; also their anchors and the last part of their titles' keys. */
const guideSections = [
  'quick-start',
  'authentication',
  'signatures',
  'money',
  'idempotency',
  'errors',
  'lists',
  'usage-files',
  'webhooks',
  'versioning',
] as const;

/** The content of the reference page in one language, from the endpoint definitions. */
export function viewDocs(config: Config, endpoints: readonly AnyEndpoint[], language: Locale) {
  const t = translator(language);
  const examples = exampleResponses(config.publicOrigin);
  const objects = referenceObjects(endpoints);
  const words = { t, describe: describeIn(language) };
  const { publicOrigin: origin } = config;
  const context = { ...words, language, origin, examples, objects: new Set(objects.keys()) };
  const operations = endpoints.map((endpoint) => viewOperation(endpoint, context));
  return {
    guideSections,
    guide: { ...viewGuide(config, endpoints, examples), ...viewWebhooks(examples, language) },
    groups: [...Map.groupBy(operations, ({ group }) => group)].map(([group, members]) => ({
      group,
      operations: members,
    })),
    objects: [...objects].map(([title, schema]) => ({
      title,
      anchor: objectAnchor(title),
      description: inlineCode(words.describe(schema.description ?? '')),
      rows: fieldRows(schema, words),
    })),
  };
}

/** The examples of the guide, from those of the operations. */
function viewGuide(
  { publicOrigin, currency, timeZone }: Config,
  endpoints: readonly AnyEndpoint[],
  examples: Readonly<Record<string, object>>,
) {
  const create = endpointOf(endpoints, 'createCharge');
  const read = endpointOf(endpoints, 'getCharge');
  const sale = create.exampleBody as { return_url: string };
  const charge = examples['createCharge'] as Record<string, unknown>;
  const { id, confirm_url: confirmUrl } = charge as { id: string; confirm_url: string };
  const refusal = refuse(create, { ...sale, amount: '550' });
  const surroundings = { publicOrigin, requestId: 'd2719b62-6d0f-4d43-9c7b-0f6b8d1c2a35' };
  return {
    origin: publicOrigin,
    currency,
    timeZone,
    requestsPerSecond: COMPANY_RATE_LIMIT.perSecond.toLocaleString('en'),
    chargeId: id,
    confirmUrl,
    sell: exampleCurl(create, publicOrigin),
    sold: highlightJson(pick(charge, ['id', 'state', 'amount', 'currency', 'confirm_url', 'expires_at'])),
    returned: `${sale.return_url}?tabane_id=${id}&tabane_state=captured`,
    read: exampleCurl(read, publicOrigin),
    readCharge: highlightJson(
      pick(examples['getCharge'] as Record<string, unknown>, ['id', 'state', 'captured_amount', 'reference']),
    ),
    problem: highlightJson(describeProblem(refusal, surroundings)),
  };
}

/** The types of event, and an event as a message has it. */
function viewWebhooks(examples: Readonly<Record<string, object>>, language: Locale) {
  return {
    event: highlightJson(examples['getEvent']),
    eventTypes: Object.entries(eventGuides).map(([type, words]) => ({
      type,
      meaning: inlineCode(words[language]),
    })),
  };
}

function endpointOf(endpoints: readonly AnyEndpoint[], name: string): AnyEndpoint {
  const found = endpoints.find((endpoint) => endpoint.name === name);
  if (!found) throw new Error(`the guide needs the operation ${name}`);
  return found;
}

/** What the sale is refused with when its body is this one. */
function refuse({ body: schema = emptySchema }: AnyEndpoint, body: object): Problem {
  const outcome = compileSchema(schema)(body);
  if (outcome.valid) throw new Error('the example of a refusal is not refused');
  return invalidRequest('body', outcome.errors);
}

function pick(whole: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, whole[name]]));
}
