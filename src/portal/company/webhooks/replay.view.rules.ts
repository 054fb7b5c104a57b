import type { ViewFrame } from '../../kit/define-page.ts';
import { webhookHref } from '../company-links.rules.ts';
import type { FormPageView } from '../form.types.ts';
import type { LoadedWebhook } from './webhooks.pages.ts';
import { webhookCrumbs } from './webhooks.view.rules.ts';

interface LoadedReplay extends LoadedWebhook {
  /** The event that a link names. */
  readonly event: string | undefined;
}

/** Asks which events are sent again, and says since when the endpoint may have missed some. */
export function replayView({ endpoint, event }: LoadedReplay, frame: ViewFrame): FormPageView {
  const { t, format } = frame;
  const href = webhookHref(endpoint.id);
  const { failingSince, lastSucceededAt, state } = endpoint;
  const missedSince = failingSince ?? lastSucceededAt;
  return {
    title: t('company.webhooks.replay'),
    lead: t('company.webhooks.replay-lead'),
    crumbs: webhookCrumbs(endpoint, frame),
    banners: state === 'enabled' ? [] : [{ tone: 'warn', text: t('company.webhooks.acts-disabled') }],
    formName: 'company.webhook-replay-form',
    action: `${href}/replay`,
    groups: [
      {
        title: t('company.webhooks.replay-one'),
        fields: [
          {
            name: 'event',
            label: t('company.webhooks.event'),
            hint: t('company.webhooks.event-hint'),
            value: event ?? '',
            isOptional: true,
          },
        ],
      },
      {
        title: t('company.webhooks.replay-since'),
        fields: [
          {
            name: 'date',
            type: 'date',
            label: t('company.webhooks.since-date'),
            isOptional: true,
            ...(missedSince != null && {
              hint: t(
                failingSince == null ? 'company.webhooks.since-accepted' : 'company.webhooks.since-failing',
                { at: format.dateTime(missedSince) },
              ),
            }),
          },
          {
            name: 'time',
            type: 'time',
            label: t('company.webhooks.since-time'),
            hint: t('company.webhooks.since-time-hint'),
            isOptional: true,
          },
          {
            kind: 'check',
            name: 'missed',
            label: t('company.webhooks.missed'),
            hint: t('company.webhooks.missed-hint'),
            isChecked: true,
          },
        ],
      },
    ],
    label: t('company.webhooks.replay-go'),
    back: href,
  };
}
