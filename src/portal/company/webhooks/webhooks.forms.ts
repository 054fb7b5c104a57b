import type { Actor } from '../../../access/actor.ts';
import { publishedTypes, type PublishedType } from '../../../published-events/published-types.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { Problem } from '../../../shared/problem.ts';
import { createEndpoint } from '../../../webhooks/create-endpoint.ts';
import { deleteEndpoint } from '../../../webhooks/delete-endpoint.ts';
import { editEndpoint } from '../../../webhooks/edit-endpoint.ts';
import { readTypes } from '../../../webhooks/endpoint.queries.ts';
import { MAX_URL } from '../../../webhooks/endpoint-url.rules.ts';
import { rotateSecret } from '../../../webhooks/rotate-secret.ts';
import { defineForm, defineRevealingForm } from '../../kit/define-form.ts';
import { checkField, choiceField, optional, textField } from '../../kit/form-fields.ts';
import { template } from '../../kit/template.ts';
import { webhookHref } from '../company-links.rules.ts';
import type { SecretView } from '../form.types.ts';
import {
  readTypeChoice,
  settingsMark,
  typeChoices,
  typeField,
  type TypeChoice,
} from './webhook-form.rules.ts';
import { overlapHours, type WebhookMove } from './webhook-moves.rules.ts';
import { createdView, rotatedView } from './webhook-moves.view.rules.ts';
import {
  editWebhookPage,
  endpointIdOf,
  loadWebhook,
  moveWebhookPage,
  newWebhookPage,
  rotatePage,
  webhookMoveOf,
} from './webhooks.pages.ts';

const settingFields = {
  url: textField({ label: 'company.webhooks.url', maxLength: MAX_URL }),
  description: optional(textField({ label: 'company.webhooks.description', maxLength: 120 })),
  which: choiceField('company.webhooks.which', typeChoices),
  ...Object.fromEntries(
    publishedTypes.map((type) => [typeField(type), checkField('company.webhooks.which')]),
  ),
};

interface TypedSettings {
  readonly url: string;
  readonly description?: string;
  readonly which: TypeChoice;
}

function readSettings(input: object, present: readonly PublishedType[] | null) {
  const { url, description, which: choice } = input as unknown as TypedSettings;
  const ticked = input as Readonly<Record<string, unknown>>;
  return { url, description, eventTypes: readTypeChoice({ choice, input: ticked, present }) };
}

/** Creates an endpoint and shows its secret once. The same page creates one: sent again, it is refused. */
export const newWebhookForm = defineRevealingForm({
  name: 'company.new-webhook-form',
  path: '/company/webhooks/new',
  permission: 'webhooks:write',
  stepUp: true,
  fields: {
    newest: optional(textField({ label: 'company.webhooks.id', maxLength: 26 })),
    signing: checkField('company.webhooks.signing'),
    ...settingFields,
  },
  submit: (deps, { actor, input }) => {
    const { newest, signing } = input as unknown as { newest?: string; signing: boolean };
    const settings = readSettings(input, null);
    const created = { ...settings, hasSigningKey: signing, seenNewest: newest ?? null };
    return createEndpoint(deps, actor, created);
  },
  reveal: { view: createdView, template: template<SecretView>('company/secret') },
  page: newWebhookPage,
});

/** Changes the settings, unless somebody else has changed them since they were shown. */
export const editWebhookForm = defineForm({
  name: 'company.edit-webhook-form',
  path: '/company/webhooks/:endpoint/edit',
  permission: 'webhooks:write',
  stepUp: true,
  fields: { seen: optional(textField({ label: 'company.webhooks.id', maxLength: 32 })), ...settingFields },
  submit: async (deps, { actor, params, input }) => {
    const { endpoint } = await loadWebhook(deps, { actor, params });
    const types = readTypes(endpoint.eventTypes);
    if ((input as unknown as { seen?: string }).seen !== settingsMark(endpoint))
      throw new Problem('illegal-state', { facts: { reason: 'changed-since' } });
    const { description = null, ...settings } = readSettings(input, types);
    return editEndpoint(deps, actor, { endpointId: endpoint.id, description, ...settings });
  },
  done: ({ id }) => ({ to: webhookHref(id), flash: 'company.webhooks.edited' }),
  page: editWebhookPage,
});

/** Replaces the secret and shows the new one once; sent again from the same page, it is refused. */
export const rotateForm = defineRevealingForm({
  name: 'company.webhook-secret-form',
  path: '/company/webhooks/:endpoint/secret',
  permission: 'webhooks:write',
  stepUp: true,
  fields: {
    overlap: choiceField('company.webhooks.overlap', overlapHours),
    until: optional(textField({ label: 'company.webhooks.overlap', maxLength: 30 })),
  },
  submit: (deps, { actor, params, input: { overlap, until } }) =>
    rotateSecret(deps, actor, {
      endpointId: endpointIdOf(params),
      overlapHours: Number(overlap),
      seenUntil: until === undefined ? null : new Date(until),
    }),
  reveal: { view: rotatedView, template: template<SecretView>('company/secret') },
  page: rotatePage,
});

const moves: Readonly<
  Record<WebhookMove, (deps: ServiceDeps, actor: Actor, endpointId: string) => Promise<unknown>>
> = {
  enable: (deps, actor, endpointId) => editEndpoint(deps, actor, { endpointId, state: 'enabled' }),
  disable: (deps, actor, endpointId) => editEndpoint(deps, actor, { endpointId, state: 'disabled' }),
  delete: deleteEndpoint,
};

/** Disables an endpoint, enables it, or deletes it. */
export const moveWebhookForm = defineForm({
  name: 'company.move-webhook-form',
  path: '/company/webhooks/:endpoint/:move',
  permission: 'webhooks:write',
  stepUp: true,
  fields: {},
  submit: async (deps, { actor, params }) => {
    const move = webhookMoveOf(params['move']);
    const id = endpointIdOf(params);
    await moves[move](deps, actor, id);
    return { id, move };
  },
  done: ({ id, move }) => ({
    to: move === 'delete' ? '/company/webhooks' : webhookHref(id),
    flash: `company.webhooks.${move}-done`,
  }),
  page: moveWebhookPage,
});
