import { readTypes } from '../../../webhooks/endpoint.queries.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { eventGuides } from '../../messages/event-guides.ts';
import { isMessageKey } from '../../messages/translate.ts';
import { webhookHref } from '../company-links.rules.ts';
import type { FormFieldView, FormPageView } from '../form.types.ts';
import { settingsMark, typeChoices, typeField, typeGroups } from './webhook-form.rules.ts';
import type { LoadedWebhook, ShownEndpoint } from './webhooks.pages.ts';
import { webhookCrumbs } from './webhooks.view.rules.ts';

type Groups = FormPageView['groups'];

/** Asks where events are sent, and which. `newest` is the endpoint after which it is created. */
export function newWebhookView(
  { endpoints }: { readonly endpoints: readonly ShownEndpoint[] },
  frame: ViewFrame,
): FormPageView {
  const { t } = frame;
  return {
    title: t('company.webhooks.new'),
    lead: t('company.webhooks.new-lead'),
    crumbs: [{ href: '/company/webhooks', label: t('company.webhooks.title') }],
    banners: [{ tone: 'info', text: t('company.webhooks.once') }],
    formName: 'company.new-webhook-form',
    action: '/company/webhooks/new',
    hidden: { newest: endpoints[0]?.id ?? '' },
    groups: [
      whereGroup(undefined, frame),
      {
        title: t('company.webhooks.signature'),
        fields: [
          {
            kind: 'check',
            name: 'signing',
            label: t('company.webhooks.signing'),
            hint: t('company.webhooks.signing-hint'),
          },
        ],
      },
      ...typeGroupsOf(undefined, frame),
    ],
    label: t('company.webhooks.create'),
    back: '/company/webhooks',
  };
}

/** Asks for other settings; `seen` marks those that were shown. */
export function editWebhookView({ endpoint }: LoadedWebhook, frame: ViewFrame): FormPageView {
  const { t } = frame;
  const href = webhookHref(endpoint.id);
  return {
    title: t('company.webhooks.edit'),
    lead: t('company.webhooks.edit-lead'),
    crumbs: webhookCrumbs(endpoint, frame),
    banners: [],
    formName: 'company.edit-webhook-form',
    action: `${href}/edit`,
    hidden: { seen: settingsMark(endpoint) },
    groups: [whereGroup(endpoint, frame), ...typeGroupsOf(endpoint, frame)],
    label: t('company.webhooks.save'),
    back: href,
  };
}

function whereGroup(endpoint: ShownEndpoint | undefined, { t }: ViewFrame): Groups[number] {
  return {
    title: t('company.webhooks.where'),
    fields: [
      {
        name: 'url',
        type: 'url',
        label: t('company.webhooks.url'),
        hint: t('company.webhooks.url-hint'),
        value: endpoint?.url ?? '',
      },
      {
        name: 'description',
        label: t('company.webhooks.description'),
        hint: t('company.webhooks.description-hint'),
        value: endpoint?.description ?? '',
        isOptional: true,
      },
    ],
  };
}

/** Whether all or some events are sent, then a box for each type, by what the types are about. */
function typeGroupsOf(endpoint: ShownEndpoint | undefined, { t, language }: ViewFrame): Groups {
  const present = endpoint ? readTypes(endpoint.eventTypes) : null;
  const choice: FormFieldView = {
    kind: 'choices',
    name: 'which',
    label: t('company.webhooks.which-question'),
    value: present === null ? 'all' : 'some',
    options: typeChoices.map((value) => ({
      value,
      label: t(`company.webhooks.which-${value}`),
      hint: t(`company.webhooks.which-${value}-hint`),
    })),
  };
  return [
    { title: t('company.webhooks.which'), fields: [choice] },
    ...typeGroups.map(([about, types]) => ({
      title: aboutText(about, t),
      fields: types.map((type) => ({
        kind: 'check' as const,
        name: typeField(type),
        label: type,
        hint: eventGuides[type][language].replaceAll('`', ''),
        isChecked: present?.includes(type) ?? false,
      })),
    })),
  ];
}

/** What a group of types is about; a group without a text is called as its types are. */
function aboutText(about: string, t: ViewFrame['t']): string {
  const key = `company.webhooks.about.${about}`;
  return isMessageKey(key) ? t(key) : about;
}
