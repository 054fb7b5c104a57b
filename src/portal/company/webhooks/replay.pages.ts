import { formatCount } from '../../../shared/money.ts';
import { instantOfLocalTime } from '../../../shared/calendar.rules.ts';
import { Problem } from '../../../shared/problem.ts';
import { requireStoredId } from '../../../shared/public-id.rules.ts';
import { KEPT_DAYS, KEPT_MS } from '../../../webhooks/purge-webhooks.ts';
import { replayEvents } from '../../../webhooks/replay-events.ts';
import { testEndpoint } from '../../../webhooks/test-endpoint.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage } from '../../kit/define-page.ts';
import { checkField, dateField, optional, textField, timeField } from '../../kit/form-fields.ts';
import { FieldFaults } from '../../kit/form-state.ts';
import { template } from '../../kit/template.ts';
import { webhookHref } from '../company-links.rules.ts';
import type { FormPageView } from '../form.types.ts';
import { replayView } from './replay.view.rules.ts';
import { endpointIdOf, loadWebhook, webhookPage } from './webhooks.pages.ts';

/** Sends a test event; what became of it shows among the deliveries. */
export const testForm = defineForm({
  name: 'company.webhook-test-form',
  path: '/company/webhooks/:endpoint/test',
  permission: 'webhooks:write',
  fields: {},
  submit: async (deps, { actor, params }) => {
    const endpointId = endpointIdOf(params);
    await testEndpoint(deps, actor, endpointId);
    return endpointId;
  },
  done: (id) => ({ to: webhookHref(id), flash: 'company.webhooks.tested' }),
  page: webhookPage,
});

/** Asks which events are sent again: one, or those since a time. A link may name the one. */
export const replayPage = definePage({
  name: 'company.webhook-replay',
  path: '/company/webhooks/:endpoint/replay',
  permission: 'webhooks:write',
  query: {
    type: 'object',
    properties: { event: { type: 'string', maxLength: 40 } },
    additionalProperties: false,
  } as const,
  load: async (deps, { actor, params, query }) => ({
    ...(await loadWebhook(deps, { actor, params })),
    event: query.event,
  }),
  view: replayView,
  template: template<FormPageView>('company/form'),
});

interface TypedReplay {
  readonly event: string | undefined;
  readonly date: string | undefined;
  readonly time: string | undefined;
  readonly missed: boolean;
}

interface Surrounded {
  readonly now: Date;
  readonly timeZone: string;
}

/** What is sent again. @throws FieldFaults unless it is one event, or those since a time that has been */
function readReplay({ event, date, time = '00:00', missed }: TypedReplay, { now, timeZone }: Surrounded) {
  if (event !== undefined && date !== undefined)
    throw new FieldFaults({ event: { key: 'company.webhooks.fault.event-and-date' } });
  if (event !== undefined) return { eventId: requireStoredId('event', event) };
  if (date === undefined) throw new FieldFaults({ event: { key: 'company.webhooks.fault.event-or-date' } });
  const since = instantOfLocalTime(date, time, timeZone);
  if (since > now) throw new FieldFaults({ date: { key: 'company.webhooks.fault.future' } });
  if (since.getTime() < now.getTime() - KEPT_MS)
    throw new FieldFaults({
      date: { key: 'company.webhooks.fault.too-old', facts: { days: KEPT_DAYS } },
    });
  return { since, onlyMissed: missed };
}

/** Sends events again. */
export const replayForm = defineForm({
  name: 'company.webhook-replay-form',
  path: '/company/webhooks/:endpoint/replay',
  permission: 'webhooks:write',
  fields: {
    event: optional(textField({ label: 'company.webhooks.event', maxLength: 40 })),
    date: optional(dateField('company.webhooks.since-date')),
    time: optional(timeField('company.webhooks.since-time')),
    missed: checkField('company.webhooks.missed'),
  },
  submit: async (deps, { actor, params, input }) => {
    const endpointId = endpointIdOf(params);
    const { timeZone } = deps.config;
    try {
      const what = readReplay(input, { now: deps.clock.now(), timeZone });
      const { events } = await replayEvents(deps, actor, { endpointId, ...what });
      return { endpointId, events, isOne: 'eventId' in what };
    } catch (error) {
      // Of a field, not of the address.
      if (error instanceof Problem && error.code === 'event-not-found')
        throw new FieldFaults({ event: { key: 'company.webhooks.fault.no-event' } });
      throw error;
    }
  },
  done: ({ endpointId, events, isOne }) => ({
    to: webhookHref(endpointId),
    flash: isOne
      ? 'company.webhooks.replayed-one'
      : events === 0
        ? 'company.webhooks.replayed-none'
        : 'company.webhooks.replayed',
    facts: { count: formatCount(events) },
  }),
  page: replayPage,
});
