import { scopeOf } from '../../access/can.rules.ts';
import type { AnyEndpoint } from '../../api/define-endpoint.ts';
import type { ObjectSchema } from '../../shared/schema-type.ts';
import { commonProblems, PATH_ID_DESCRIPTION } from '../../api/openapi/operation.ts';
import { problems, type ProblemCode } from '../../shared/problem.ts';
import type { Locale } from '../../shared/money.ts';
import { exampleCurl } from './example-curl.rules.ts';
import { fieldRows, objectAnchor, type FieldRow, type ReferenceWords } from './field-rows.rules.ts';
import { highlightJson } from './highlight-json.rules.ts';
import { inlineCode } from './inline-code.rules.ts';
import { problemTitle } from './problem-view.rules.ts';

/** A table of fields with the text above it. */
export interface FieldTable {
  readonly caption: string;
  readonly rows: readonly FieldRow[];
}

/** One operation as its section of the page shows it. */
export interface OperationView {
  /** Also its anchor. */
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly scope: string;
  readonly isWrite: boolean;
  /** HTML. */
  readonly description: string;
  readonly tables: readonly FieldTable[];
  /** A command for a shell. */
  readonly exampleRequest: string;
  readonly status: number;
  readonly response: string;
  /** Link to the description of the response; undefined if `responseRows` has its fields. */
  readonly responseHref: string | undefined;
  readonly responseRows: readonly FieldRow[];
  /** HTML. */
  readonly exampleResponse: string;
  readonly problems: readonly ProblemRow[];
  readonly commonProblems: readonly ProblemRow[];
}

interface ProblemRow {
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
}

export interface OperationContext extends ReferenceWords {
  readonly language: Locale;
  readonly origin: string;
  readonly examples: Readonly<Record<string, object>>;
  /** Names of the objects that have a section of their own. */
  readonly objects: ReadonlySet<string>;
}

/** Prepares an operation for its section. */
export function viewOperation(endpoint: AnyEndpoint, context: OperationContext): OperationView {
  const { name, method, path, summary, description, response } = endpoint;
  const { describe, examples, objects } = context;
  const { title: responseName = endpoint.file?.mediaType ?? '' } = response;
  const isApart = objects.has(responseName);
  return {
    id: name,
    group: path.split('/')[2] ?? '',
    title: describe(summary),
    method: method.toUpperCase(),
    path: path.replaceAll(/:(\w+)/g, '{$1}'),
    scope: scopeOf(endpoint.permission),
    isWrite: method !== 'get',
    description: inlineCode(describe(description)),
    tables: tablesOf(endpoint, context),
    exampleRequest: exampleCurl(endpoint, context.origin),
    status: endpoint.status,
    response: responseName,
    responseHref: isApart ? `#${objectAnchor(responseName)}` : undefined,
    responseRows: isApart ? [] : fieldRows(response, context),
    exampleResponse: endpoint.file
      ? (fileExamples[endpoint.file.mediaType] ?? '…')
      : highlightJson(examples[name]),
    problems: problemRows(endpoint.problems, context),
    commonProblems: problemRows(commonProblems(method), context),
  };
}

/** How a file begins, by its type. */
const fileExamples: Readonly<Record<string, string>> = {
  'application/pdf': '%PDF-1.7 …',
  'text/csv': 'row,reference,item_key,outcome,charge,problem,text …',
};

function tablesOf(endpoint: AnyEndpoint, words: ReferenceWords): FieldTable[] {
  const { t } = words;
  const tables = [
    { caption: t('docs.path-fields'), schema: pathSchema(endpoint) },
    { caption: t('docs.query-fields'), schema: endpoint.query },
    { caption: t('docs.body-fields'), schema: endpoint.documentedBody ?? endpoint.body },
  ];
  return tables.flatMap(({ caption, schema }) =>
    schema ? [{ caption, rows: fieldRows(schema, words) }] : [],
  );
}

function pathSchema({ path }: AnyEndpoint): ObjectSchema | undefined {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  if (names.length === 0) return undefined;
  const field = { type: 'string', description: PATH_ID_DESCRIPTION } as const;
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, field])),
    required: names,
  };
}

function problemRows(codes: readonly ProblemCode[], { language }: OperationContext): ProblemRow[] {
  const rows = codes.map((code) => ({
    code,
    status: problems[code].status,
    title: problemTitle(code, language),
  }));
  return rows.sort((left, right) => left.status - right.status);
}
