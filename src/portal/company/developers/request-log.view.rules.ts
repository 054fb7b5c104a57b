import {
  requestOutcomes,
  type ListedRequest,
  type ReadRequest,
} from '../../../request-log/request-log.queries.ts';
import { MAX_SUCCEEDED_PER_MINUTE, MAX_REFUSED_PER_MINUTE } from '../../../request-log/note-request.ts';
import type { BadgeView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import type { ListView } from '../list.types.ts';

const HOME = '/company/request-log';

interface RequestQuery {
  readonly request?: string | undefined;
  readonly outcome?: '' | (typeof requestOutcomes)[number] | undefined;
  readonly path?: string | undefined;
  readonly key?: string | undefined;
  readonly since?: string | undefined;
  readonly after?: string | undefined;
}

interface LoadedRequests {
  readonly query: RequestQuery;
  readonly keys: readonly { readonly id: string; readonly label: string }[];
  readonly counts: { readonly seen: number; readonly logged: number };
  readonly keptDays: number;
  readonly requests: readonly ListedRequest[];
  readonly hasMore: boolean;
}

/** A page of requests, and what is in the list. */
export function requestLogView(loaded: LoadedRequests, frame: ViewFrame): ListView {
  const { query, keys, counts, keptDays, requests, hasMore } = loaded;
  const { t, format } = frame;
  const last = requests.at(-1);
  const labels = new Map(keys.map(({ id, label }) => [id, label]));
  const words: Readonly<Record<string, string | undefined>> = {
    request: query.request,
    outcome: query.outcome ? t(`company.request-log.outcome.${query.outcome}`) : undefined,
    path: query.path,
    key: query.key ? (labels.get(query.key) ?? query.key) : undefined,
    since: query.since ? t('company.request-log.since-text', { date: format.date(query.since) }) : undefined,
  };
  return {
    title: t('company.request-log.title'),
    lead: t('company.request-log.lead', {
      logged: format.count(counts.logged),
      seen: format.count(counts.seen),
      days: keptDays,
    }),
    banners: [
      {
        tone: 'info',
        text: t('company.request-log.which', {
          succeeded: MAX_SUCCEEDED_PER_MINUTE,
          refused: MAX_REFUSED_PER_MINUTE,
        }),
      },
    ],
    filter: {
      action: HOME,
      fields: [
        { name: 'request', label: t('company.request-log.id'), value: query.request ?? '' },
        {
          name: 'outcome',
          label: t('company.request-log.result'),
          value: query.outcome ?? '',
          options: [
            { value: '', label: t('company.any') },
            ...requestOutcomes.map((value) => ({ value, label: t(`company.request-log.outcome.${value}`) })),
          ],
        },
        { name: 'path', label: t('company.request-log.path'), value: query.path ?? '', hint: '/v1/charges' },
        {
          name: 'key',
          label: t('company.request-log.key'),
          value: query.key ?? '',
          options: [
            { value: '', label: t('company.any') },
            ...keys.map(({ id, label }) => ({ value: id, label })),
          ],
        },
        { name: 'since', label: t('company.request-log.since'), type: 'date', value: query.since ?? '' },
      ],
      active: Object.entries(words).flatMap(([name, label]) =>
        label ? [{ href: hrefWith(query, { [name]: undefined, after: undefined }), label }] : [],
      ),
      clearHref: HOME,
      found: t('company.request-log.kept', { days: keptDays }),
    },
    table: requestTable(requests, frame),
    pager: {
      first: query.after === undefined ? undefined : hrefWith(query, { after: undefined }),
      next: hasMore && last ? hrefWith(query, { after: last.id }) : undefined,
    },
  };
}

function hrefWith(query: RequestQuery, change: RequestQuery): string {
  const entries = Object.entries({ ...query, ...change }).filter(([, value]) => value);
  const search = new URLSearchParams(entries as [string, string][]).toString();
  return search === '' ? HOME : `${HOME}?${search}`;
}

function requestTable(requests: readonly ListedRequest[], frame: ViewFrame): TableView {
  const { t, format } = frame;
  return {
    caption: t('company.request-log.title'),
    isCaptionUnseen: true,
    isDense: true,
    isWide: true,
    columns: [
      { label: t('company.request-log.at') },
      { label: t('company.request-log.request') },
      { label: t('company.request-log.result') },
      { label: t('company.request-log.took'), isNumber: true },
      { label: t('company.request-log.key') },
      { label: t('company.request-log.id'), isLong: true },
    ],
    rows: requests.map((request) => ({
      cells: [
        format.dateTime(request.at),
        { text: `${request.method} ${request.route}`, href: `${HOME}/${request.id}` },
        { badge: resultBadge(request) },
        t('company.webhooks.milliseconds', { count: format.count(request.durationMs) }),
        request.label ?? '',
        request.requestId,
      ],
    })),
    empty: { title: t('company.request-log.none'), text: t('company.request-log.none-text') },
  };
}

function resultBadge({ status, problem }: Pick<ListedRequest, 'status' | 'problem'>): BadgeView {
  const text = problem === null ? String(status) : `${status} ${problem}`;
  if (status < 400) return { tone: 'good', text };
  return { tone: status < 500 ? 'warn' : 'bad', text };
}

/** One request with what was sent and answered. */
export function loggedRequestView(request: ReadRequest, { t, format }: ViewFrame): SectionsView {
  const bodies = [
    ['sent', request.requestBody],
    ['answered', request.responseBody],
  ] as const;
  return {
    title: `${request.method} ${request.path}`,
    headBadge: resultBadge(request),
    crumbs: [{ href: HOME, label: t('company.request-log.title') }],
    sections: [
      {
        id: 'request',
        title: t('company.request-log.request'),
        facts: [
          { label: t('company.request-log.at'), text: format.dateTime(request.at) },
          { label: t('company.request-log.id'), text: request.requestId },
          { label: t('company.request-log.route'), text: request.route },
          {
            label: t('company.request-log.result'),
            text: String(request.status),
            ...(request.problem !== null && { note: request.problem }),
          },
          {
            label: t('company.request-log.took'),
            text: t('company.webhooks.milliseconds', { count: format.count(request.durationMs) }),
          },
          {
            label: t('company.request-log.key'),
            text: request.label ?? '',
            note: `tbn_${request.apiKeyId}_…`,
          },
          { label: 'Idempotency-Key', text: request.idempotencyKey ?? t('company.request-log.nothing') },
          { label: t('company.request-log.address'), text: request.address },
        ],
        ...(request.problem !== null && {
          links: [{ href: `/problems/${request.problem}`, label: t('company.request-log.to-problem') }],
        }),
      },
      ...bodies.map(([name, body]) => ({
        id: name,
        title: t(`company.request-log.${name}`),
        ...(body === null ? { text: t('company.request-log.no-body') } : { code: body }),
      })),
    ],
  };
}
