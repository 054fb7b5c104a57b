import { publicId } from '../../../shared/public-id.rules.ts';
import type { ListedDelivery } from '../../../webhooks/delivery.queries.ts';
import type { FactView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { webhookHref } from '../company-links.rules.ts';
import type { ListView } from '../list.types.ts';
import {
  deliveriesTable,
  deliveryBadge,
  deliveryStates,
  nextAttemptAt,
  replayHref,
  resultText,
  sentText,
} from './delivery-words.rules.ts';
import type { LoadedWebhook } from './webhooks.pages.ts';
import { webhookCrumbs } from './webhooks.view.rules.ts';

interface LoadedDeliveries extends LoadedWebhook {
  readonly state: (typeof deliveryStates)[number] | undefined;
  readonly isFirst: boolean;
  readonly deliveries: readonly ListedDelivery[];
  readonly hasMore: boolean;
}

/** A page of deliveries, of one state if it is asked for. */
export function deliveriesView(loaded: LoadedDeliveries, frame: ViewFrame): ListView {
  const { endpoint, deliveries, state, isFirst, hasMore } = loaded;
  const { t } = frame;
  const href = webhookHref(endpoint.id, 'deliveries');
  const last = deliveries.at(-1);
  const chosen = state === undefined ? '' : `state=${state}`;
  return {
    title: t('company.webhooks.deliveries'),
    lead: endpoint.url,
    crumbs: webhookCrumbs(endpoint, frame),
    filter: {
      action: href,
      fields: [
        {
          name: 'state',
          label: t('company.webhooks.state'),
          value: state ?? '',
          options: [
            { value: '', label: t('company.any') },
            ...deliveryStates.map((value) => ({ value, label: t(`company.webhooks.delivery.${value}`) })),
          ],
        },
      ],
      active: state === undefined ? [] : [{ href, label: t(`company.webhooks.delivery.${state}`) }],
      clearHref: href,
      found: t('company.webhooks.kept'),
    },
    table: deliveriesTable({ endpoint, deliveries }, frame),
    pager: {
      first: isFirst ? undefined : `${href}${chosen && `?${chosen}`}`,
      next:
        hasMore && last
          ? `${href}?${chosen && `${chosen}&`}after=${publicId('webhook-delivery', last.delivery.id)}`
          : undefined,
    },
  };
}

interface LoadedDelivery extends LoadedWebhook, ListedDelivery {}

/** One delivery: its event, and every attempt with what was answered. */
export function deliveryView(loaded: LoadedDelivery, frame: ViewFrame): SectionsView {
  const { endpoint, delivery } = loaded;
  const { t, can } = frame;
  const again = endpoint.state === 'enabled' && can('webhooks:write') ? replayHref(delivery) : undefined;
  return {
    title: sentText(loaded, frame),
    headBadge: deliveryBadge(delivery.state, frame),
    crumbs: [
      ...webhookCrumbs(endpoint, frame),
      { href: webhookHref(endpoint.id, 'deliveries'), label: t('company.webhooks.deliveries') },
    ],
    ...(again !== undefined && { actions: [{ href: again, label: t('company.webhooks.again') }] }),
    sections: [
      { id: 'delivery', title: t('company.webhooks.delivery'), facts: factsOf(loaded, frame) },
      { id: 'attempts', title: t('company.webhooks.attempts'), table: attemptsTable(loaded, frame) },
    ],
  };
}

function factsOf({ endpoint, delivery }: LoadedDelivery, { t, format }: ViewFrame): FactView[] {
  const next = nextAttemptAt(delivery, endpoint);
  return [
    { label: t('company.webhooks.kind'), text: t(`company.webhooks.kind.${delivery.kind}`) },
    {
      label: t('company.webhooks.event-id'),
      // A test has no event: its message is named after the delivery.
      text: publicId('event', delivery.eventId ?? delivery.id),
    },
    { label: t('company.webhooks.queued'), text: format.dateTime(delivery.createdAt) },
    ...(next ? [{ label: t('company.webhooks.next'), text: format.dateTime(next) }] : []),
    ...(delivery.finishedAt == null
      ? []
      : [{ label: t('company.webhooks.finished'), text: format.dateTime(delivery.finishedAt) }]),
    { label: t('company.webhooks.delivery-id'), text: publicId('webhook-delivery', delivery.id) },
  ];
}

function attemptsTable({ attempts }: LoadedDelivery, frame: ViewFrame): TableView {
  const { t, format } = frame;
  return {
    caption: t('company.webhooks.attempts'),
    isCaptionUnseen: true,
    columns: [
      { label: t('company.webhooks.number'), isNumber: true },
      { label: t('company.webhooks.began') },
      { label: t('company.webhooks.took'), isNumber: true },
      { label: t('company.webhooks.attempt-result') },
      { label: t('company.webhooks.response'), isLong: true },
    ],
    rows: attempts.map((attempt) => ({
      cells: [
        format.count(attempt.number),
        format.dateTime(attempt.startedAt),
        t('company.webhooks.milliseconds', { count: format.count(attempt.durationMs) }),
        resultText(attempt, frame),
        attempt.response ?? '',
      ],
    })),
    empty: { title: t('company.webhooks.no-attempts'), text: t('company.webhooks.no-attempts-text') },
  };
}
