import { publicId } from '../../../shared/public-id.rules.ts';
import { FAILING_LIMIT_MS } from '../../../webhooks/delivery-schedule.rules.ts';
import { healthOf } from '../../../webhooks/endpoint-health.rules.ts';
import { readTypes } from '../../../webhooks/endpoint.queries.ts';
import type { FactView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView, SectionView } from '../../kit/sections.types.ts';
import { webhookHref } from '../company-links.rules.ts';
import { deliveriesTable } from './delivery-words.rules.ts';
import { healthBadge, typesText, webhookName } from './webhooks.view.rules.ts';
import type { LoadedWebhook, LoadedWebhookPage } from './webhooks.pages.ts';

/** One endpoint: what is wrong with it, what was sent lately, what can be done, and its settings. */
export function webhookView(loaded: LoadedWebhookPage, frame: ViewFrame): SectionsView {
  const { endpoint, deliveries } = loaded;
  const { t, can } = frame;
  const writes = can('webhooks:write');
  return {
    title: webhookName(endpoint),
    lead: endpoint.url,
    headBadge: healthBadge(endpoint, frame),
    crumbs: [{ href: '/company/webhooks', label: t('company.webhooks.title') }],
    ...(writes && {
      actions: [{ href: webhookHref(endpoint.id, 'edit'), label: t('company.webhooks.edit') }],
    }),
    banners: troubleOf(loaded, frame),
    sections: [
      {
        id: 'deliveries',
        title: t('company.webhooks.newest'),
        table: deliveriesTable({ endpoint, deliveries }, frame),
        links:
          deliveries.length === 0
            ? []
            : [{ href: webhookHref(endpoint.id, 'deliveries'), label: t('company.webhooks.all-deliveries') }],
      },
      ...(writes ? [actsOf(loaded, frame)] : []),
      { id: 'settings', title: t('company.webhooks.settings'), facts: settingsOf(loaded, frame) },
    ],
  };
}

/** What is wrong, and what to do about it. */
function troubleOf(
  { endpoint }: LoadedWebhook,
  { t, can, format }: ViewFrame,
): NonNullable<SectionsView['banners']> {
  const health = healthOf(endpoint);
  const { failingSince, stateChangedAt } = endpoint;
  if (health === 'failing' && failingSince != null) {
    const until = new Date(failingSince.getTime() + FAILING_LIMIT_MS);
    return [
      {
        tone: 'warn',
        title: t('company.webhooks.failing', { since: format.dateTime(failingSince) }),
        text: t('company.webhooks.failing-text', { until: format.dateTime(until) }),
        link: { href: '/docs#webhooks', label: t('company.webhooks.to-guide') },
      },
    ];
  }
  if (health !== 'off' && health !== 'given-up' && health !== 'gone') return [];
  const enable = { href: webhookHref(endpoint.id, 'enable'), label: t('company.webhooks.enable') };
  return [
    {
      tone: health === 'off' ? 'info' : 'bad',
      title: t(`company.webhooks.disabled-${health}`, { at: format.dateTime(stateChangedAt) }),
      text: t(health === 'off' ? 'company.webhooks.off-text' : 'company.webhooks.repair-text'),
      ...(can('webhooks:write') && { link: enable }),
    },
  ];
}

/** What can be done: a disabled endpoint is sent nothing, so it takes no test and no replay. */
function actsOf({ endpoint }: LoadedWebhook, { t }: ViewFrame): SectionView {
  const isEnabled = endpoint.state === 'enabled';
  const to = (act: 'replay' | 'secret' | 'enable' | 'disable' | 'delete') => ({
    href: webhookHref(endpoint.id, act),
    label: t(`company.webhooks.${act}`),
  });
  return {
    id: 'acts',
    title: t('company.webhooks.acts'),
    text: t(isEnabled ? 'company.webhooks.acts-text' : 'company.webhooks.acts-disabled'),
    buttons: isEnabled
      ? [
          {
            action: webhookHref(endpoint.id, 'test'),
            name: 'test',
            value: 'yes',
            label: t('company.webhooks.test'),
          },
        ]
      : [],
    links: [
      ...(isEnabled ? [to('replay')] : []),
      to('secret'),
      to(isEnabled ? 'disable' : 'enable'),
      to('delete'),
    ],
  };
}

function settingsOf({ endpoint, now }: LoadedWebhook, frame: ViewFrame): FactView[] {
  const { t, format } = frame;
  const { previousSecretUntil, publicKey, pausedUntil, lastSucceededAt } = endpoint;
  const types = readTypes(endpoint.eventTypes) ?? [];
  const isPaused = endpoint.state === 'enabled' && pausedUntil != null && pausedUntil > now;
  const isOverlapping = previousSecretUntil != null && previousSecretUntil > now;
  return [
    { label: t('company.webhooks.url'), text: endpoint.url },
    { label: t('company.webhooks.description'), text: endpoint.description ?? '' },
    {
      label: t('company.webhooks.which'),
      text: typesText(endpoint, frame),
      ...(types.length > 2 && { note: types.join(t('company.and')) }),
    },
    {
      label: t('company.webhooks.secret-name'),
      text: t('company.webhooks.secret-kept'),
      ...(isOverlapping && {
        note: t('company.webhooks.overlaps', { until: format.dateTime(previousSecretUntil) }),
      }),
    },
    ...(publicKey == null ? [] : [{ label: t('company.webhooks.public-key'), text: publicKey }]),
    {
      label: t('company.webhooks.accepted'),
      text: lastSucceededAt == null ? t('company.webhooks.never') : format.dateTime(lastSucceededAt),
    },
    ...(isPaused
      ? [
          {
            label: t('company.webhooks.paused'),
            text: format.dateTime(pausedUntil),
            note: t('company.webhooks.paused-note'),
          },
        ]
      : []),
    { label: t('company.webhooks.id'), text: publicId('webhook-endpoint', endpoint.id) },
    { label: t('company.webhooks.created'), text: format.dateTime(endpoint.createdAt) },
  ];
}
