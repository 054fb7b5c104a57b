import { publicId } from '../../../shared/public-id.rules.ts';
import type { ListedDelivery } from '../../../webhooks/delivery.queries.ts';
import type { BadgeView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { isMessageKey } from '../../messages/translate.ts';
import { webhookHref } from '../company-links.rules.ts';
import type { ShownEndpoint } from './webhooks.pages.ts';

export const deliveryStates = ['pending', 'succeeded', 'failed', 'cancelled'] as const;

type DeliveryState = (typeof deliveryStates)[number];
type ShownAttempt = ListedDelivery['attempts'][number];

const TONES = {
  pending: 'warn',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'plain',
} as const satisfies Record<DeliveryState, BadgeView['tone']>;

export function deliveryBadge(state: DeliveryState, { t }: Pick<ViewFrame, 't'>): BadgeView {
  return { tone: TONES[state], text: t(`company.webhooks.delivery.${state}`) };
}

/** What was sent: the type of the event, or that it was a test. */
export function sentText({ delivery, eventType }: ListedDelivery, { t }: Pick<ViewFrame, 't'>): string {
  if (delivery.kind === 'test') return t('company.webhooks.kind.test');
  return eventType ?? t('company.webhooks.event');
}

/** How an attempt ended: the status of the answer, or why there was none. */
export function resultText({ status, error }: ShownAttempt, { t }: Pick<ViewFrame, 't'>): string {
  if (status != null) return `HTTP ${status}`;
  const key = `company.webhooks.error.${error ?? ''}`;
  return isMessageKey(key) ? t(key) : t('company.webhooks.error.connection-failed');
}

/** When a delivery is tried next: not while its endpoint is left alone. Undefined for one that is over. */
export function nextAttemptAt(
  { state, nextAttemptAt: dueAt }: ListedDelivery['delivery'],
  { pausedUntil }: Pick<ShownEndpoint, 'pausedUntil'>,
): Date | undefined {
  if (state !== 'pending') return undefined;
  return pausedUntil != null && pausedUntil > dueAt ? pausedUntil : dueAt;
}

export const deliveryHref = ({ endpointId, id }: ListedDelivery['delivery']) =>
  webhookHref(endpointId, `deliveries/${publicId('webhook-delivery', id)}`);

/** The page that sends the event of a delivery again; undefined where there is none. */
export function replayHref({ endpointId, eventId }: ListedDelivery['delivery']): string | undefined {
  return eventId == null
    ? undefined
    : `${webhookHref(endpointId, 'replay')}?event=${publicId('event', eventId)}`;
}

interface Listed {
  readonly endpoint: ShownEndpoint;
  readonly deliveries: readonly ListedDelivery[];
}

/** A list of deliveries, each with how its last attempt ended. */
export function deliveriesTable({ endpoint, deliveries }: Listed, frame: ViewFrame): TableView {
  const { t, format, can } = frame;
  const writes = can('webhooks:write') && endpoint.state === 'enabled';
  return {
    caption: t('company.webhooks.deliveries'),
    isCaptionUnseen: true,
    isDense: true,
    isWide: true,
    columns: [
      { label: t('company.webhooks.event') },
      { label: t('company.webhooks.queued') },
      { label: t('company.webhooks.state') },
      { label: t('company.webhooks.attempts'), isNumber: true },
      { label: t('company.webhooks.result') },
      { label: t('company.webhooks.response'), isLong: true },
      { label: t('company.webhooks.next') },
      ...(writes ? [{ label: t('company.webhooks.act') }] : []),
    ],
    rows: deliveries.map((listed) => {
      const { delivery, attempts } = listed;
      const last = attempts.at(-1);
      const next = nextAttemptAt(delivery, endpoint);
      const again = replayHref(delivery);
      return {
        cells: [
          {
            text: sentText(listed, frame),
            href: deliveryHref(delivery),
            ...(delivery.kind === 'replay' && { note: t('company.webhooks.kind.replay') }),
          },
          format.dateTime(delivery.createdAt),
          { badge: deliveryBadge(delivery.state, frame) },
          format.count(attempts.length),
          last ? { text: resultText(last, frame), note: format.dateTime(last.startedAt) } : '',
          last?.response ?? '',
          next ? format.dateTime(next) : '',
          ...(writes ? [again === undefined ? '' : { text: t('company.webhooks.again'), href: again }] : []),
        ],
      };
    }),
    empty: { title: t('company.webhooks.no-deliveries'), text: t('company.webhooks.no-deliveries-text') },
  };
}
