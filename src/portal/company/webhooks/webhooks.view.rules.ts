import { publishedTypes } from '../../../published-events/published-types.ts';
import { MAX_ENDPOINTS } from '../../../webhooks/create-endpoint.ts';
import { healthOf, type EndpointHealth } from '../../../webhooks/endpoint-health.rules.ts';
import { readTypes } from '../../../webhooks/endpoint.queries.ts';
import type { BadgeView, CellView, CrumbView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { webhookHref } from '../company-links.rules.ts';
import type { ShownEndpoint } from './webhooks.pages.ts';

const TONES = {
  untried: 'plain',
  delivering: 'good',
  failing: 'warn',
  off: 'plain',
  'given-up': 'bad',
  gone: 'bad',
} as const satisfies Record<EndpointHealth, BadgeView['tone']>;

/** What an endpoint is called: as its company describes it, or the host it is on. */
export const webhookName = ({ url, description }: ShownEndpoint) => description ?? new URL(url).host;

/** The trail to what is done on an endpoint. */
export const webhookCrumbs = (endpoint: ShownEndpoint, { t }: Pick<ViewFrame, 't'>): CrumbView[] => [
  { href: '/company/webhooks', label: t('company.webhooks.title') },
  { href: webhookHref(endpoint.id), label: webhookName(endpoint) },
];

/** How an endpoint does, in words. */
export function healthBadge(endpoint: ShownEndpoint, { t }: Pick<ViewFrame, 't'>): BadgeView {
  const health = healthOf(endpoint);
  return { tone: TONES[health], text: t(`company.webhooks.health.${health}`) };
}

/** Which events are sent: all, those few by their names, or how many types. */
export function typesText({ eventTypes }: ShownEndpoint, { t, format }: ViewFrame): string {
  const types = readTypes(eventTypes);
  if (types === null) return t('company.webhooks.all-types');
  if (types.length <= 2) return types.join(t('company.and'));
  return t('company.webhooks.some-types', {
    count: format.count(types.length),
    all: format.count(publishedTypes.length),
  });
}

/** Since when it is as it is: failing, or disabled. */
function sinceCell(endpoint: ShownEndpoint, { format }: ViewFrame): CellView {
  const { state, failingSince, stateChangedAt } = endpoint;
  if (state !== 'enabled') return format.dateTime(stateChangedAt);
  return failingSince == null ? '' : format.dateTime(failingSince);
}

/** The endpoints of the company with how each does. */
export function webhooksView(
  { endpoints }: { readonly endpoints: readonly ShownEndpoint[] },
  frame: ViewFrame,
): SectionsView {
  const { t, can, format } = frame;
  const mayAdd = can('webhooks:write') && endpoints.length < MAX_ENDPOINTS;
  return {
    title: t('company.webhooks.title'),
    lead: t('company.webhooks.lead'),
    ...(mayAdd && {
      actions: [{ href: '/company/webhooks/new', label: t('company.webhooks.new'), isPrimary: true }],
    }),
    banners:
      endpoints.length < MAX_ENDPOINTS
        ? []
        : [{ tone: 'info', text: t('company.webhooks.full', { max: MAX_ENDPOINTS }) }],
    sections: [
      {
        id: 'endpoints',
        title: t('company.webhooks.endpoints'),
        table: {
          caption: t('company.webhooks.endpoints'),
          isCaptionUnseen: true,
          isDense: true,
          isWide: true,
          columns: [
            { label: t('company.webhooks.url'), isLong: true },
            { label: t('company.webhooks.which') },
            { label: t('company.webhooks.state') },
            { label: t('company.webhooks.since') },
            { label: t('company.webhooks.accepted') },
          ],
          rows: endpoints.map((endpoint) => ({
            cells: [
              {
                text: endpoint.url,
                href: webhookHref(endpoint.id),
                ...(endpoint.description != null && { note: endpoint.description }),
              },
              typesText(endpoint, frame),
              { badge: healthBadge(endpoint, frame) },
              sinceCell(endpoint, frame),
              endpoint.lastSucceededAt == null
                ? t('company.webhooks.never')
                : format.dateTime(endpoint.lastSucceededAt),
            ],
          })),
          empty: {
            title: t('company.webhooks.none'),
            text: t('company.webhooks.none-text'),
            href: '/docs#webhooks',
            label: t('company.webhooks.to-guide'),
          },
        },
      },
      {
        id: 'guide',
        title: t('company.webhooks.guide'),
        text: t('company.webhooks.guide-text'),
        links: [{ href: '/docs#webhooks', label: t('company.webhooks.to-guide') }],
      },
    ],
  };
}
