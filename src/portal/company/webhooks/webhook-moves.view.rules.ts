import { publicId } from '../../../shared/public-id.rules.ts';
import type { EndpointWithSecret } from '../../../webhooks/create-endpoint.ts';
import type { FactView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { webhookHref } from '../company-links.rules.ts';
import type { SecretView } from '../form.types.ts';
import { overlapHours, type WebhookMove } from './webhook-moves.rules.ts';
import { typesText, webhookCrumbs } from './webhooks.view.rules.ts';
import type { LoadedWebhook, ShownEndpoint } from './webhooks.pages.ts';

function factsOf(endpoint: ShownEndpoint, frame: ViewFrame): FactView[] {
  const { t } = frame;
  return [
    { label: t('company.webhooks.url'), text: endpoint.url },
    { label: t('company.webhooks.description'), text: endpoint.description ?? '' },
    { label: t('company.webhooks.which'), text: typesText(endpoint, frame) },
  ];
}

/** Asks before an endpoint is disabled, enabled or deleted. */
export function moveWebhookView(
  { endpoint, move }: LoadedWebhook & { readonly move: WebhookMove },
  frame: ViewFrame,
): SectionsView {
  const { t } = frame;
  return {
    title: t(`company.webhooks.${move}-title`),
    crumbs: webhookCrumbs(endpoint, frame),
    sections: [],
    confirm: {
      title: t(`company.webhooks.${move}-question`),
      texts: [t(`company.webhooks.${move}-text`)],
      facts: factsOf(endpoint, frame),
      formName: 'company.move-webhook-form',
      action: webhookHref(endpoint.id, move),
      label: t(`company.webhooks.${move}`),
      back: webhookHref(endpoint.id),
      isDanger: move !== 'enable',
    },
  };
}

/** Asks for how long the secret until now signs too. `until` marks the rotation before, as it was shown. */
export function rotateView({ endpoint, now }: LoadedWebhook, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  const { previousSecretUntil: until } = endpoint;
  return {
    title: t('company.webhooks.secret'),
    crumbs: webhookCrumbs(endpoint, frame),
    sections: [],
    confirm: {
      title: t('company.webhooks.secret-question'),
      texts: [t('company.webhooks.secret-text'), t('company.webhooks.once')],
      facts: factsOf(endpoint, frame),
      ...(until != null &&
        until > now && {
          banner: {
            tone: 'warn' as const,
            text: t('company.webhooks.secret-overlaps', { until: format.dateTime(until) }),
          },
        }),
      fields: [
        {
          name: 'overlap',
          label: t('company.webhooks.overlap'),
          hint: t('company.webhooks.overlap-hint'),
          value: '24',
          options: overlapHours.map((value) => ({ value, label: t(`company.webhooks.overlap-${value}`) })),
        },
      ],
      hidden: [{ name: 'until', value: until?.toISOString() ?? '' }],
      formName: 'company.webhook-secret-form',
      action: webhookHref(endpoint.id, 'secret'),
      label: t('company.webhooks.secret'),
      back: webhookHref(endpoint.id),
    },
  };
}

/** Shows the secret of a new endpoint once. */
export function createdView(created: EndpointWithSecret, frame: ViewFrame): SecretView {
  return { ...secretOf(created, frame), title: frame.t('company.webhooks.created-title') };
}

/** Shows the secret of a rotation once, with the time until which the former one signs too. */
export function rotatedView(rotated: EndpointWithSecret, frame: ViewFrame): SecretView {
  const { t, format } = frame;
  const { previousSecretUntil: until } = rotated.endpoint;
  const shown = secretOf(rotated, frame);
  const text =
    until == null
      ? t('company.webhooks.former-ended')
      : t('company.webhooks.overlaps', { until: format.dateTime(until) });
  return {
    ...shown,
    title: t('company.webhooks.rotated-title'),
    banners: [...shown.banners, { tone: until == null ? 'warn' : 'info', text }],
  };
}

function secretOf({ endpoint, secret }: EndpointWithSecret, { t }: ViewFrame): Omit<SecretView, 'title'> {
  const { id, url, publicKey } = endpoint;
  return {
    banners: [{ tone: 'warn', text: t('company.webhooks.now') }],
    secretTitle: t('company.webhooks.secret-name'),
    copy: { name: 'webhook-secret', text: secret },
    facts: [
      { label: t('company.webhooks.url'), text: url },
      { label: t('company.webhooks.id'), text: publicId('webhook-endpoint', id) },
      ...(publicKey == null ? [] : [{ label: t('company.webhooks.public-key'), text: publicKey }]),
    ],
    back: webhookHref(id),
    backLabel: t('company.webhooks.to-endpoint'),
  };
}
